"""What is to be said of a cell that its field takes: damage that no rule sees, and text that does harm elsewhere.

- Characters that nobody sees, some of which turn the text after them around. They are shown as U+FFFD.
- What a spreadsheet would run when the file is opened (OWASP, “CSV Injection”). The cell is published as it is.
  Numbers, telephone numbers and dashes begin with the same signs and are no formula: nothing in them can run.
- What a program left in the place of text: its own error, a 0 for an empty cell, blanks, a wrong encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.language import mark
from builder.mend import (
    BLANK,
    EDGES,
    ERROR,
    INVISIBLE,
    SPACES,
    SUSPECT,
    garbled,
    is_lossy,
    is_odd_phone,
    is_odd_year,
    is_rounded,
)
from builder.model import Field
from builder.validate.typed import CONTROL

__all__ = ["CONTROL_CHARACTER", "FORMULA", "ODD_TEXT", "SENTENCES", "faults", "remarks"]

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
    "unseen-character": (
        mark("the cell holds a character that nobody can see, and that no search finds"),
        mark("Type the cell again instead of pasting it."),
    ),
    "spaces-around": (
        mark("there are spaces before or after the text"),
        mark("Delete them, or run mingge fix."),
    ),
    "garbled-text": (
        mark("“{value}” was read in a wrong encoding at some time and is not legible"),
        mark("Open the original file and copy the text again; do not save the file that shows it like this."),
    ),
    "lost-character": (
        mark("in “{value}” a ? or □ stands where a rare character was lost"),
        mark("Write the character again, and save the file as “CSV UTF-8”."),
    ),
    "odd-year": (
        mark("is the year in “{value}” right?"),
        mark("Correct the year; if it is right, give the column limits of its own in the schema."),
    ),
    "odd-phone": (
        mark("can anybody be reached at “{value}”? The number has a digit too many or too few, or is made up"),
        mark("Write the number of the office with its area code, like 0517-00000000."),
    ),
    "rounded-code": (
        mark("“{value}” ends in zeros from its 16th digit: Excel keeps only 15 and replaces the others by 0"),
        mark("Look the code up where it came from, and set the column to “Text” in Excel before pasting it."),
    ),
    "file-path": (
        mark("“{value}” is the place of a file on somebody's computer"),
        mark("Write what readers shall see; nobody else can open that place."),
    ),
    "zero-text": (
        mark("the cell is 0, which is what a formula of Excel makes of an empty cell"),
        mark("Clear the cell, or write the text."),
    ),
}
"""Code → what is wrong and what to do."""

HIDDEN = re.compile(CONTROL)
UNSEEN = "\u00ad\u200b\u2060\ufeff"
"""Characters without width. Joiners are parts of signs and names in some scripts."""

SIGNS = (*"=+-@\t\r", *"＝＋－＠")
"""What a formula begins with; the full-width signs are made narrow by some input methods and programs."""

HARMLESS = re.compile(r"[-+－＋]?[-－0-9０-９ .,%()（）]*(?:(?:转|分机) ?[0-9]+)?")
"""A number, a telephone number with or without an extension, or dashes: nothing that names a cell or a function."""

PATH = r"^(?:[A-Za-z]:\\|\\\\[A-Za-z]|file://)"
ZERO = re.compile(r"0(?:\.0+)?")

ODD_TEXT = (
    f"^[{re.escape(''.join(SIGNS))}]|{CONTROL}|[{UNSEEN}]|^[{SPACES}{INVISIBLE}]|[{SPACES}{INVISIBLE}]$|#|^0(?:[.]0+)?$"
    f"|{PATH}|^[1-9][0-9]{{15}}|{SUSPECT}"
)
"""Text of which something may be to be said, for Arrow: whatever it does not match is plainly fine."""


def faults(value: str, field: Field) -> str:
    """Return the code of the error that a cell is which no rule of its field refuses, "" for none."""
    if field.type != "string" or not value:
        return ""
    if ERROR.search(value):
        return "spreadsheet-error"
    if field.required and not BLANK.sub("", value):
        return "blank"
    if field.required and is_zero(value, field):
        return "zero-name"
    return ""


def remarks(value: str, field: Field) -> Iterator[str]:
    """Yield the codes of what is to be said of a cell. Values that the schema lists are the schema's business."""
    if is_odd_year(value, field):
        yield "odd-year"
    if field.type != "string":
        return
    limits = field.descriptor.get("constraints", {})
    is_garbled = "enum" not in limits and garbled(value) is not None
    if HIDDEN.search(value) and not is_garbled:
        yield CONTROL_CHARACTER
    if "enum" in limits:
        return
    if value.startswith(SIGNS) and not HARMLESS.fullmatch(value):
        yield FORMULA
    elif EDGES.search(value):
        yield "spaces-around"
    elif any(sign in value for sign in UNSEEN):
        yield "unseen-character"
    elif is_garbled:
        yield "garbled-text"
    elif is_lossy(value):
        yield "lost-character"
    elif is_odd_phone(value, field):
        yield "odd-phone"
    elif "pattern" in limits and is_rounded(value):
        yield "rounded-code"
    elif re.match(PATH, value):
        yield "file-path"
    elif is_zero(value, field):
        yield "zero-text"


def is_zero(value: str, field: Field) -> bool:
    """Return whether a 0 stands in a column of words: its length is limited, which that of codes is not."""
    limits = field.descriptor.get("constraints", {}).keys()
    is_words = bool(limits & {"minLength", "maxLength"}) and not limits & {"pattern", "enum"}
    return is_words and ZERO.fullmatch(value) is not None
