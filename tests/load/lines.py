"""Sentences about the project's files, with and without the place at which something is wrong."""

from __future__ import annotations

import re

from builder.errors import BuilderError
from builder.language import fill

__all__ = ["placeless", "places", "sentences"]

PLACE = re.compile(r"(?<=json|.yml):([0-9]+):([0-9]+)")


def placeless(text: str) -> str:
    """Return a sentence without line and column: most tests are about the words."""
    return PLACE.sub("", text)


def places(text: str) -> list[tuple[int, int]]:
    """Return the lines and columns that a text names."""
    return [(int(line), int(column)) for line, column in PLACE.findall(text)]


def sentences(error: BuilderError) -> list[tuple[str, str]]:
    """Return (what is wrong, what to do) of every mistake that an error tells, in English."""
    messages = [each.message for each in error.each]
    return [(fill(str, item.text, item.values), fill(str, item.hint, item.values)) for item in messages]
