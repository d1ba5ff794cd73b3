"""The files that rows name: what lies in the package's folder of attachments, each looked at once.

Nothing is judged here, save that a link out of the package is refused: a check says which files are as they must be.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.load.carried import carried
from builder.load.files import NotAFileError, TooLargeError, content, inside, refuse_link_out
from builder.load.safe import danger
from builder.model import Attachment, Attachments, Package
from builder.model.attachment import FOLDER, LARGEST

__all__ = ["attachments"]

TAIL = 1024
"""Bytes at the end of a PDF that must say that it ends (ISO 32000-1, annex H, note 18)."""


def attachments(package: Package) -> Attachments:
    """Return every file of the folder by name; none where no schema has such a field. Raises BuilderError.

    Files that the system hides, such as .DS_Store, are nobody's.
    """
    if not any(field.attachment for resource in package.resources.values() for field in resource.schema.fields):
        return {}
    folder = inside(package.root, FOLDER, f"datapackage.json: {FOLDER}")
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=FOLDER, error=error.strerror,
        ) from None  # fmt: skip
    for name in names:
        refuse_link_out(package.root, folder / name, f"datapackage.json: {FOLDER}")
    return {name: looked_at(folder / name) for name in names}


def looked_at(path: Path) -> Attachment:
    """Return what a file is; something that is no file, or cannot be opened, is of no kind."""
    try:
        data = content(path, LARGEST)
    except TooLargeError:
        return Attachment(path.name, path, "", path.stat().st_size, "", "")
    except (NotAFileError, OSError):
        return Attachment(path.name, path, "", 0, "", "")
    found = kind(data)
    digest = hashlib.sha256(data).hexdigest()
    return Attachment(path.name, path, found, len(data), digest, carried(found, data), danger(found, data))


def kind(data: bytes) -> str:
    """Return what the bytes are by how they begin and end: pdf, png, jpeg, or "" for anything else."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-TAIL:]:
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82"):
        return "png"
    if data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return "jpeg"
    return ""
