"""A workbook that tells by itself whether anybody has changed it since: a property holds the sum over all other parts.

The sum is of names and CRCs, which stand in the archive's directory, so nothing has to be unpacked. It keeps apart what
we wrote and what somebody saved, not what a forger writes.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

__all__ = ["is_stamped", "stamped"]

PART = "docProps/custom.xml"
PROPERTY = re.compile(rb'(name="mingge report"[^>]*>\s*<vt:lpwstr>)([0-9a-f]{64})(?=</vt:lpwstr>)')

LARGEST = 1 << 16
"""Bytes of the properties: ours take 400."""


def stamped(data: bytes) -> bytes:
    """Return a workbook that has the property with its sum in it. Raises ValueError when it has no such property."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as written:
        digest, found = total(source).encode(), 0
        for item in source.infolist():
            content = source.read(item)
            if item.filename == PART:
                content, found = PROPERTY.subn(lambda match: match[1] + digest, content)
            written.writestr(item, content)
    if not found:
        raise ValueError("the workbook has no place for a sum")
    return target.getvalue()


def is_stamped(source: Path | bytes) -> bool:
    """Return whether a file is a workbook of ours as it was written."""
    try:
        with ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            if archive.getinfo(PART).file_size > LARGEST:
                return False
            found = PROPERTY.search(archive.read(PART))
            return found is not None and found[2] == total(archive).encode()
    except (BadZipFile, KeyError, RuntimeError, NotImplementedError, zlib.error):  # what no workbook of ours raises
        return False


def total(archive: ZipFile) -> str:
    found = hashlib.sha256()
    for item in archive.infolist():
        if item.filename != PART:
            found.update(f"{item.filename}\0{item.CRC}\0".encode("utf-8", "surrogatepass"))
    return found.hexdigest()
