"""What of others lies in our own files, as its authors published it: no lock file names it, so it is named here."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from builder.supply.parts import Part

__all__ = ["vendored"]

FOLDER = ("log", "browser")


def vendored() -> tuple[Part, ...]:
    """Return the parts that are files of ours. `hashes`: SHA-256 of the file as it is shipped."""
    folder = files("builder").joinpath(*FOLDER)
    code, licence = "noble-ed25519.js", "noble-ed25519.LICENSE.txt"
    digest = hashlib.sha256(folder.joinpath(code).read_bytes()).hexdigest()
    text = folder.joinpath(licence).read_text(encoding="utf-8")
    return (Part("@noble/ed25519", "3.2.0", (digest,), "MIT", ((licence, text),), (), is_npm=True),)
