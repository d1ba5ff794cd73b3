"""The text that a PDF carries, as far as it may be looked for: so many pages and characters, and nothing is run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

__all__ = ["MOST_PAGES", "UnreadableError", "pdf_text"]

MOST_PAGES = 200
MOST_CHARACTERS = 2 * 10**6

BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError,
          NotImplementedError, AssertionError, OSError, MemoryError)  # fmt: skip
"""What pypdf raises for a file that is not as it must be: its own errors, and whatever the parts of one can cause."""


class UnreadableError(Exception):
    """Nobody can say what a file holds: it is broken, locked, or longer than is looked at."""


def pdf_text(path: Path) -> str:
    """Return the text of all pages and of the properties of a PDF. Raises UnreadableError."""
    if b" obj" not in path.read_bytes():
        return ""  # nothing in it, so no text either
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a finding says what its remarks would
    try:
        return "\n".join(parts(path))
    except BROKEN as error:
        raise UnreadableError(type(error).__name__) from error


def parts(path: Path) -> Iterator[str]:
    """Yield the text of the properties, and of each page with its notes."""
    reader = PdfReader(path)
    if reader.is_encrypted:
        raise UnreadableError("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableError("pages")
    yield "\n".join(str(value) for key, value in (reader.metadata or {}).items() if "Date" not in key)
    yield "\n".join(str(field.get("/V", "")) for field in (reader.get_fields() or {}).values())
    total = 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if total > MOST_CHARACTERS:
            raise UnreadableError("characters")
        yield text
        for note in page.get("/Annots") or ():
            yield str(note.get_object().get("/Contents", ""))
