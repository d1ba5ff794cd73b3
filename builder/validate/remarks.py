"""What is to be said of a cell that its field takes: damage that no rule sees, and text that does harm elsewhere.

- Characters that nobody sees, some of which turn the text after them around. They are shown as U+FFFD.
- What a spreadsheet would run when the file is opened (OWASP, “CSV Injection”). The cell is published as it is.
  Numbers, telephone numbers and dashes begin with the same signs and are no formula: nothing in them can run.
- What a program left in the place of text: its own error, a 0 for an empty cell, blanks, a wrong encoding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from builder.language import mark
from builder.mend import (
    APART,
    BLANK,
    EDGES,
    ERROR,
    INVISIBLE,
    SPACES,
    SUSPECT,
    apostrophe,
    diagnose,
    escaped,
    garbled,
    is_lossy,
    is_lossy_name,
    is_nobody,
    is_nothing,
    is_odd_phone,
    is_odd_year,
    is_rounded,
    meant_phone,
    radicals,
)
from builder.model import Field
from builder.validate.typed import CONTROL

__all__ = ["CONTROL_CHARACTER", "FORMULA", "ODD_TEXT", "SENTENCES", "faults", "meant", "remarks"]

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
        mark("Delete these spaces."),
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
        mark("the year in “{value}” is hardly meant"),
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
    "blank-text": (
        mark("the cell looks empty, but holds spaces or invisible characters"),
        mark("Clear the cell."),
    ),
    "escaped-text": (
        mark("“{value}” holds signs of a program (such as &nbsp;, <br> or %E4), which readers would see"),
        mark("Write the text as it shall be read."),
    ),
    "radical": (
        mark("“{value}” has a sign that only looks like the usual character, as copied from a PDF: no search finds it"),
        mark("Type the character again instead of pasting it."),
    ),
    "apostrophe": (
        mark("“{value}” begins with an apostrophe"),
        mark("Delete the apostrophe."),
    ),
    "empty-word": (
        mark("“{value}” means that there is nothing"),
        mark("Leave the cell empty if there is nothing to write."),
    ),
    "odd-name": (
        mark("“{value}” names nothing: it is a trial, a number, a day or a sign"),
        mark("Write the name or the text that residents shall read."),
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
SHORT_DAY = re.compile(r"[0-9]{4}-(?:[0-9]-[0-9]{1,2}|[0-9]{2}-[0-9])")
"""A day without the zeros in its month or its day."""

ZERO = re.compile(r"0(?:\.0+)?|1900[-/]0?1[-/]0{1,2}")

ODD_TEXT = (
    f"^[{re.escape(''.join(SIGNS))}]|{CONTROL}|[{UNSEEN}]|^[{SPACES}{INVISIBLE}]|[{SPACES}{INVISIBLE}]$|#|^0(?:[.]0+)?$"
    f"|{PATH}|^[1-9][0-9]{{15}}|{SUSPECT}|{APART}"
)
"""Text of which something may be to be said, for Arrow: whatever it does not match is plainly fine."""


def faults(value: str, field: Field) -> str:
    """Return the code of the error that a cell is which no rule of its field refuses, "" for none."""
    # Frictionless takes it, but whoever sorts or joins the file by its text does not
    if field.type == "date" and SHORT_DAY.fullmatch(value):
        found = diagnose(value, field)
        return "date-form" if found is not None and found.value else ""
    if field.type != "string" or not value:
        return ""
    if ERROR.search(value):
        return "spreadsheet-error"
    if field.required and not BLANK.sub("", value):
        return "blank"
    if field.required and is_zero(value, field):
        return "zero-name"
    if field.required and is_words(field) and "minLength" in field.descriptor["constraints"] and is_nothing(value):
        return "placeholder-required"
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
    if not BLANK.sub("", value) and value:
        yield "blank-text"
    elif value.startswith(SIGNS) and not HARMLESS.fullmatch(value):
        yield FORMULA
    elif EDGES.search(value):
        yield "spaces-around"
    elif any(sign in value for sign in UNSEEN):
        yield "unseen-character"
    elif is_garbled:
        yield "garbled-text"
    elif is_lossy(value) or is_lossy_name(value, field):
        yield "lost-character"
    elif is_odd_phone(value, field):
        yield "odd-phone"
    elif "pattern" in limits and is_rounded(value):
        yield "rounded-code"
    elif re.match(PATH, value):
        yield "file-path"
    elif is_zero(value, field):
        yield "zero-text"
    elif is_words(field):
        yield from of_words(value, field)


def of_words(value: str, field: Field) -> Iterator[str]:
    """Yield the code of what is to be said of a text in a column of words."""
    if escaped(value) is not None:
        yield "escaped-text"
    elif radicals(value) is not None:
        yield "radical"
    elif apostrophe(value) is not None:
        yield "apostrophe"
    elif is_nothing(value) and not field.required:
        yield "empty-word"
    elif value and is_nobody(value, field):
        yield "odd-name"


MENDS: Mapping[str, Callable[[str], str | None]] = {
    "odd-phone": meant_phone, "garbled-text": garbled, "escaped-text": escaped, "radical": radicals,
    "apostrophe": apostrophe,
}  # fmt: skip


def meant(rule: str, value: str) -> str:
    """Return what a cell that is remarked on should say, "" where that is not known."""
    return (MENDS[rule](value) or "") if rule in MENDS else ""


def is_zero(value: str, field: Field) -> bool:
    """Return whether a 0, or the day that Excel makes of it, stands in a column of words."""
    return is_words(field) and ZERO.fullmatch(value) is not None


def is_words(field: Field) -> bool:
    """Return whether a column holds words: the length of its texts is limited, which that of codes is not."""
    limits = field.descriptor.get("constraints", {}).keys()
    return bool(limits & {"minLength", "maxLength"}) and not limits & {"pattern", "enum"}
