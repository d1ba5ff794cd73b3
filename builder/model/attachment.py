"""Files that rows name: attachments, photos. A field whose schema says `"attachment": true` holds their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FOLDER", "KINDS", "LARGEST", "SAFE", "Attachment", "Attachments", "named"]

FOLDER = "attachments"
"""Where they lie in a package; below the site's root those of rows that have no page of their own."""

LARGEST = 10 * 10**6
"""Bytes. Who opens it stands in a stairwell with a telephone."""

KINDS: Mapping[str, str] = {"pdf": "pdf", "png": "png", "jpg": "jpeg", "jpeg": "jpeg"}
"""Suffix → what the bytes must be."""

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,95}\.(?:" + "|".join(KINDS) + ")")
"""A name that is the same in every address and every file system."""


def named(cell: str) -> tuple[str, ...]:
    """Return the names of files in a cell, which semicolons keep apart."""
    return tuple(name for part in re.split("[;\uff1b]", cell) if (name := part.strip()))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the package's folder. `kind`: what its bytes are, "" for anything else; `size` in bytes.

    `sha256` in hexadecimal; "" where the file was not read to its end because it is too large. `carried`: the first
    thing that it says beside what it shows, such as Exif; "" for nothing. `danger`: the first thing that it would do to
    whoever opens it, such as JavaScript, or how large it would become; "" for nothing.
    """

    name: str
    path: Path
    kind: str
    size: int
    sha256: str
    carried: str
    danger: str = ""


Attachments = Mapping[str, Attachment]
"""Every file of the folder by its name."""
