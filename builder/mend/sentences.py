"""What is said of a damaged cell: the cause, what to write, and what to do where that is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.language import mark

__all__ = ["SENTENCES", "Sentence"]


class Sentence(NamedTuple):
    """Message ids: `says` names the cause, `hint` says what to write ({mended}), `otherwise` stands where that is not
    known, or may not be told.
    """

    says: str
    hint: str
    otherwise: str


WRITE = mark("Write it as {mended}.")
PERHAPS = mark("Did you mean “{mended}”?")
AGAIN = mark("Type the cell again instead of pasting it.")
AS_TEXT = mark("Set the column to “Text” in Excel first, then write {mended}.")
EXPORT = mark(
    "The lost digits are not in this file any more: look the code up where it came from, and set the column to “Text” "
    "in Excel before pasting it."
)
EXCEL = mark("Look at this cell in Excel: mend its formula, or write the value itself.")
DAY = mark("Write the day like 2026-03-05.")
MOMENT = mark("Write it like 2026-03-05T08:00:00.")
DIGITS = mark("Write digits only, without unit, comma or sign.")
EMPTY = mark("Leave the cell empty if there is nothing to write.")

SENTENCES: Mapping[str, Sentence] = {
    # whatever the column is
    "spreadsheet-error": Sentence(mark("Excel could not work out this cell: “{value}”"), EXCEL, EXCEL),
    "blank": Sentence(
        mark("the cell looks empty, but holds spaces or invisible characters"), mark("Fill it in, or clear it."),
        mark("Fill it in, or clear it."),
    ),
    "zero-name": Sentence(
        mark("the cell is 0, which is what a formula of Excel makes of an empty cell"), mark("Fill it in."),
        mark("Fill it in."),
    ),
    "placeholder": Sentence(mark("“{value}” means that there is nothing"), EMPTY, EMPTY),
    "placeholder-required": Sentence(
        mark("“{value}” means that there is nothing, but this column must be filled in"), mark("Fill it in."),
        mark("Fill it in."),
    ),
    "stray-space": Sentence(
        mark("“{value}” has spaces that do not belong there"), WRITE, mark("Delete the spaces in the cell."),
    ),
    "invisible-character": Sentence(
        mark("“{value}” holds characters that nobody can see"), WRITE, AGAIN,
    ),
    "leading-apostrophe": Sentence(
        mark("“{value}” begins with an apostrophe"), WRITE, mark("Delete the apostrophe."),
    ),
    "full-width": Sentence(
        mark("“{value}” is written in full-width signs"), WRITE,
        mark("Switch the input method to half-width and type it again."),
    ),
    "dash-sign": Sentence(
        mark("“{value}” has a long dash instead of a hyphen"), WRITE, mark("Type the sign - of the keyboard instead."),
    ),
    "look-alike": Sentence(
        mark("“{value}” has letters that look like digits, or the other way round"), PERHAPS,
        mark("Tell O from 0 and l from 1, and type it again."),
    ),
    "letter-case": Sentence(
        mark("“{value}” mixes up capital and small letters"), WRITE, mark("Mind capital and small letters."),
    ),
    "code-with-more": Sentence(
        mark("“{value}” holds more than the code"), PERHAPS, mark("Write the code alone, without a name or signs."),
    ),
    "phone-form": Sentence(
        mark("“{value}” is not written like one telephone number"),
        mark("Write the area code, a hyphen and the number: {mended}."),
        mark("Write one number of the office with its area code, like 0517-00000000."),
    ),
    # codes
    "scientific-code": Sentence(
        mark("Excel has turned the code into a number: “{value}”"), AS_TEXT, EXPORT,
    ),
    "scientific-lost": Sentence(
        mark("Excel has turned the code into a number and kept {kept} of its {count} digits: “{value}”"),
        EXPORT, EXPORT,
    ),
    "code-as-decimal": Sentence(
        mark("Excel has turned the code into a number with decimals: “{value}”"), AS_TEXT,
        mark("Set the column to “Text” in Excel first, then write the code without decimals."),
    ),
    "leading-zeros": Sentence(
        mark("“{value}” is too short: Excel drops the zeros at the beginning of a number"),
        mark("Did you mean “{mended}”? Set the column to “Text” in Excel before writing it."),
        mark("Set the column to “Text” in Excel and write the code with its zeros."),
    ),
    "stray-sign": Sentence(
        mark("“{value}” has a sign that does not belong there"), PERHAPS, mark("Delete the sign."),
    ),
    "wrong-length": Sentence(
        mark("“{value}” has {count} characters, but should have {expected}"),
        mark("Look the code up and write all of it."), mark("Look the code up and write all of it."),
    ),
    # days and moments
    "date-form": Sentence(mark("“{value}” is a day, but not in the form that is read"), WRITE, DAY),
    "date-with-time": Sentence(mark("“{value}” has a time of day, but this column is for days only"), WRITE, DAY),
    "date-serial": Sentence(
        mark("“{value}” is how Excel counts days, not a day"),
        mark("It may be {mended} (or {other} in a file from an old Mac). Set the column to “Date” in Excel and look."),
        mark("Set the column to the date format 2012-03-14 in Excel, and save the file again."),
    ),
    "date-order": Sentence(
        mark("“{value}” may be {first} or {other}"), DAY, mark("Write the day that is meant like 2026-03-05."),
    ),
    "date-short-year": Sentence(
        mark("the year in “{value}” has only two digits"), PERHAPS, mark("Write the year with four digits."),
    ),
    "date-incomplete": Sentence(
        mark("“{value}” lacks the year, the month or the day"), DAY, DAY,
    ),
    "no-such-day": Sentence(
        mark("there is no such day as “{value}”: month {month} of {year} has {days} days"),
        mark("Look the day up and write it like 2026-03-05."), mark("Look the day up and write it like 2026-03-05."),
    ),
    "no-such-month": Sentence(
        mark("there is no such day as “{value}”: there is no month {month}"),
        mark("Are month and day the wrong way round? Write the day like 2026-03-05."),
        mark("Are month and day the wrong way round? Write the day like 2026-03-05."),
    ),
    "time-form": Sentence(mark("“{value}” is a time, but not in the form that is read"), WRITE, MOMENT),
    "time-missing": Sentence(
        mark("“{value}” lacks the time of day"), mark("Add the time, for example {mended}."), MOMENT,
    ),
    "day-missing": Sentence(mark("“{value}” is a time without a day"), MOMENT, MOMENT),
    "time-zone": Sentence(
        mark("“{value}” has a time zone; times here are those of the place"), PERHAPS,
        mark("Write the time of the place, without a time zone."),
    ),
    "no-such-time": Sentence(mark("there is no such time as in “{value}”"), MOMENT, MOMENT),
    # numbers
    "thousands": Sentence(mark("“{value}” has separators between its digits"), WRITE, DIGITS),
    "unit": Sentence(mark("“{value}” is a number with “{unit}”"), WRITE, DIGITS),
    "percent": Sentence(
        mark("“{value}” is written as a percentage"),
        mark("Write {number} if the column counts in hundredths, else the number itself."),
        mark("Write {number} if the column counts in hundredths, else the number itself."),
    ),
    "numeral": Sentence(mark("“{value}” is a number in words"), WRITE, DIGITS),
    "whole-as-decimal": Sentence(mark("“{value}” should be a whole number"), WRITE, mark("Correct the number.")),
    "too-many-decimals": Sentence(
        mark("“{value}” has {count} decimals, at most {most} are kept"), WRITE, mark("Correct the number."),
    ),
    "scientific-number": Sentence(
        mark("Excel shows the number in an abbreviated form: “{value}”"), WRITE,
        mark("Set the column to “Number” in Excel, so that all digits are seen, and save the file again."),
    ),
    # words
    "boolean-word": Sentence(mark("“{value}” is another way to say yes or no"), WRITE, mark("Write {allowed}.")),
    "enum-label": Sentence(
        mark("“{value}” is how the word is shown, not how it is written in the file"), WRITE, mark("Write {allowed}."),
    ),
    "traditional": Sentence(
        mark("“{value}” is written in traditional characters"), WRITE, mark("Write {allowed}."),
    ),
    "enum-near": Sentence(
        mark("“{value}” is not one of: {allowed}"), PERHAPS, mark("Write one of these."),
    ),
}  # fmt: skip
