"""File names and values as they may stand in a message: one line that every terminal, log and page can write.

A name that is not UTF-8 reaches Python as lone surrogates, which nothing can encode; a control character, or
one that turns the text after it around, would make the line look like something else.
"""

from __future__ import annotations

import json

from builder.model.legible import is_plain, shown

__all__ = ["brief", "is_plain", "shown"]

LONGEST = 60
"""Characters of a value that a message repeats."""


def brief(value: object) -> str:
    """Return the beginning of a value of a descriptor or a configuration, as JSON writes it."""
    text = shown(json.dumps(value, ensure_ascii=False, default=str, skipkeys=True))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
