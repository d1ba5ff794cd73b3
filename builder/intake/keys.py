"""The key of opaque identifiers: it lies outside of every repository, and whoever has it can link rows to persons."""

from __future__ import annotations

import secrets
from pathlib import Path

from builder.errors import BuilderError
from builder.keyfile import put_key
from builder.language import mark

__all__ = ["new_key", "read_key"]

BYTES = 32


def new_key(path: Path) -> None:
    """Write a new key, for its owner alone to read. Raises BuilderError and ToolError.

    It may not lie where something is published from, and never replaces a file.
    """
    hint = mark("a key that was replaced would give every row another identifier")
    put_key(path, secrets.token_hex(BYTES) + "\n", hint)


def read_key(path: Path) -> bytes:
    """Return the key in a file. Raises BuilderError, which never tells what stands there."""
    try:
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=path, error=error.strerror or "",
        ) from None  # fmt: skip
    except ValueError:
        found = b""
    if len(found) != BYTES:
        raise BuilderError(
            mark("{path} is not a key"), mark("make one with `mingge key identifiers FILE`, and keep it safe"),
            path=path,
        )  # fmt: skip
    return found
