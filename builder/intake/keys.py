"""The key of opaque identifiers: it lies outside of every repository, and whoever has it can link rows to persons."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["new_key", "read_key"]

BYTES = 32


def new_key(path: Path) -> None:
    """Write a new key, for its owner alone to read. Raises BuilderError when there is a file already."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
    except FileExistsError:
        raise BuilderError(
            mark("{path} exists"), mark("a key that was replaced would give every row another identifier"), path=path
        ) from None
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"), mark("check the name and its permissions"),
            path=path, error=error.strerror or error,
        ) from error  # fmt: skip


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
