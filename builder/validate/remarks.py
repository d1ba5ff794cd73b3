"""Text that may stand in its cell but does harm elsewhere: warnings, with what to do about them.

- Characters that nobody sees, some of which turn the text after them around. They are shown as U+FFFD.
- What a spreadsheet would run when the file is opened (OWASP, “CSV Injection”). The cell is published as it is.
  Numbers, telephone numbers and dashes begin with the same signs and are no formula: nothing in them can run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from builder.language import mark
from builder.validate.typed import CONTROL

__all__ = ["CONTROL_CHARACTER", "FORMULA", "SENTENCES", "remarks"]

CONTROL_CHARACTER, FORMULA = "control-character", "formula"

SENTENCES: Mapping[str, tuple[str, str]] = {
    CONTROL_CHARACTER: (
        mark("the cell holds an invisible control character, shown as � on the site"),
        mark("Type the cell again instead of pasting it."),
    ),
    FORMULA: (
        mark("“{value}” begins like a formula"),
        mark("Excel may run it instead of showing it: begin the cell with a word, or write the sign after the text."),
    ),
}
"""Code → what is wrong and what to do."""

HIDDEN = re.compile(CONTROL)

SIGNS = (*"=+-@\t\r", *"＝＋－＠")
"""What a formula begins with; the full-width signs are made narrow by some input methods and programs."""

HARMLESS = re.compile(r"[-+－＋]?[-－0-9０-９ .,%()（）]*(?:(?:转|分机) ?[0-9]+)?")
"""A number, a telephone number with or without an extension, or dashes: nothing that names a cell or a function."""


def remarks(value: str, field: Mapping[str, Any]) -> Iterator[str]:
    """Yield the codes of what is to be said of a text cell. Values that the schema lists are the schema's business."""
    if field.get("type", "string") != "string":
        return
    if HIDDEN.search(value):
        yield CONTROL_CHARACTER
    if value.startswith(SIGNS) and not HARMLESS.fullmatch(value) and "enum" not in field.get("constraints", {}):
        yield FORMULA
