"""What the codes of damaged cells mean, and of remarks on cells that are taken as they are."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CAUSES"]

ERROR, WARNING = Severity.ERROR, Severity.WARNING

SHOWN = mark("The site is updated, and shows the text like this.")

CAUSES: tuple[Explained, ...] = (
    Explained(
        "spreadsheet-error", ERROR, mark("No cell holds an error of a spreadsheet in the place of a value."),
        "cell", "#REF!", "320812001001001",
    ),
    Explained("blank", ERROR, mark("A cell that looks empty is empty."), "cell", "␣", "–"),
    Explained(
        "zero-name", ERROR, mark("A column of words holds no 0 that stands for an empty cell."),
        "cell", "0", "–",
    ),
    Explained(
        "placeholder", ERROR, mark("A cell without content is empty, and holds no sign for that."),
        "cell", "/", "–",
    ),
    Explained(
        "placeholder-required", ERROR, mark("A required cell holds more than a sign for nothing."),
        "cell", "/", "320812001001001",
    ),
    Explained(
        "stray-space", ERROR, mark("Codes, days, numbers and words of a list hold no spaces that do not belong there."),
        "cell", "A01␣", "A01",
    ),
    Explained(
        "invisible-character", ERROR, mark("Codes, days, numbers and words of a list hold no invisible characters."),
        "cell", "A01�", "A01",
    ),
    Explained(
        "leading-apostrophe", ERROR, mark("No apostrophe stands before a value."),
        "cell", "'320812001001001", "320812001001001",
    ),
    Explained(
        "full-width", ERROR, mark("Codes, days and numbers are written in half-width signs."),
        "cell", "２０２６-03-05", "2026-03-05",
    ),
    Explained(
        "dash-sign", ERROR, mark("The sign in codes and days is the hyphen of the keyboard."),
        "cell", "2026—03—05", "2026-03-05",
    ),
    Explained("code-with-more", ERROR, mark("A code stands alone in its cell."), "cell", '="A01"', "A01"),
    Explained(
        "phone-form", ERROR, mark("A telephone number is written with hyphens behind its area code, and alone."),
        "cell", "(010)12345", "12345",
    ),
    Explained("look-alike", ERROR, mark("Digits are no letters that look like them."), "cell", "AO1", "A01"),
    Explained(
        "letter-case", ERROR, mark("Capital and small letters are written as the column asks."),
        "cell", "a01", "A01",
    ),
    Explained(
        "scientific-code", ERROR, mark("A code is text, no number that Excel abbreviates."),
        "cell", "3.20812001001001E+14", "320812001001001",
    ),
    Explained("scientific-lost", ERROR, mark("A code has all its digits."), "cell", "3.20812E+14", "320812001001001"),
    Explained(
        "code-as-decimal", ERROR, mark("A code is text, no number with decimals."),
        "cell", "320812001001001.0", "320812001001001",
    ),
    Explained("leading-zeros", ERROR, mark("A code keeps the zeros that it begins with."), "cell", "A1", "A01"),
    Explained("stray-sign", ERROR, mark("A code has no signs but its own."), "cell", "A-01", "A01"),
    Explained(
        "wrong-length", ERROR, mark("A code has as many characters as its column asks."),
        "cell", "32081200100100", "320812001001001",
    ),
    Explained("date-form", ERROR, mark("A day is written like 2026-03-05."), "cell", "2026/3/5", "2026-03-05"),
    Explained(
        "date-with-time", ERROR, mark("A column of days holds no times."),
        "cell", "2026-03-05 00:00:00", "2026-03-05",
    ),
    Explained(
        "date-serial", ERROR, mark("A day is no number that Excel counts days with."),
        "cell", "46086", "2026-03-05",
    ),
    Explained("date-order", ERROR, mark("A day can be read in one way only."), "cell", "3/5/2026", "2026-03-05"),
    Explained("date-short-year", ERROR, mark("A year has four digits."), "cell", "26-3-5", "2026-03-05"),
    Explained(
        "date-incomplete", ERROR, mark("A day has a year, a month and a day."),
        "cell", "2026-03", "2026-03-05",
    ),
    Explained("no-such-day", ERROR, mark("A day exists: its month has so many."), "cell", "2026-02-30", "2026-02-28"),
    Explained("no-such-month", ERROR, mark("A month is one of 1 to 12."), "cell", "2026-13-05", "2026-03-05"),
    Explained(
        "time-form", ERROR, mark("A time is written like 2026-03-05T08:00:00."),
        "cell", "2026/3/5 8:00", "2026-03-05T08:00:00",
    ),
    Explained(
        "time-missing", ERROR, mark("A column of times holds days with their times."),
        "cell", "2026-03-05", "2026-03-05T08:00:00",
    ),
    Explained("day-missing", ERROR, mark("A time has a day."), "cell", "8:00", "2026-03-05T08:00:00"),
    Explained(
        "time-zone", ERROR, mark("A time is that of the place, without a time zone."),
        "cell", "2026-03-05T08:00:00+08:00", "2026-03-05T08:00:00",
    ),
    Explained("no-such-time", ERROR, mark("A time exists."), "cell", "2026-03-05 25:00", "2026-03-05T05:00:00"),
    Explained("thousands", ERROR, mark("A number has no separators between its digits."), "cell", "1,024", "1024"),
    Explained("unit", ERROR, mark("A number has no unit beside it."), "cell", "¥312", "312"),
    Explained("percent", ERROR, mark("A number is no percentage."), "cell", "92.5%", "92.5"),
    Explained("numeral", ERROR, mark("A number is written in digits."), "cell", "thirty", "30"),
    Explained("whole-as-decimal", ERROR, mark("A whole number has no decimals."), "cell", "312.0", "312"),
    Explained(
        "too-many-decimals", ERROR, mark("A number has no more decimals than its column keeps."),
        "cell", "12.345", "12.34",
    ),
    Explained("scientific-number", ERROR, mark("A number is written out."), "cell", "1.024E+3", "1024"),
    Explained("boolean-word", ERROR, mark("Yes and no are written as the column asks."), "cell", "√", mark("yes")),
    Explained(
        "enum-label", ERROR, mark("A word of a list is written as in the schema."),
        "cell", mark("Street"), mark("street"),
    ),
    Explained(
        "traditional", ERROR, mark("A word of a list is written in the characters of the list."),
        "cell", "ok-", "ok",
    ),
    Explained(
        "enum-near", ERROR, mark("A cell holds one of the words of its column, and none that is like it."),
        "cell", mark("resolve"), mark("resolved"),
    ),
    Explained(
        "merged-cells", ERROR, mark("No cell is merged with the one above: each row has its own value."),
        "cell", "A01 | –", "A01 | A01",
    ),
    Explained(
        "unseen-character", WARNING, mark("A text holds no characters without width."),
        "cell", mark("Main�Street"), mark("Main Street"),
        mark("The site is updated; whoever searches for the words does not find them."),
    ),
    Explained(
        "spaces-around", WARNING, mark("No spaces stand before or after a text."),
        "cell", "␣A", "A",
        mark("The site is updated; the spaces are published with the text."),
    ),
    Explained(
        "garbled-text", WARNING, mark("A text is legible, read in the right encoding."),
        "cell", "Main Str\ufffd\ufffd", mark("Main Street"),
        SHOWN,
    ),
    Explained(
        "garbled-file", ERROR, mark("Most words of a file are legible, read in the right encoding."),
        "file", "Ma\ufffd\ufffdn Str\ufffd\ufffdt", mark("Main Street"),
    ),
    Explained(
        "lost-character", WARNING, mark("No character of a text was lost."),
        "cell", mark("Main Stre?t"), mark("Main Street"),
        mark("The site is updated, and shows the sign in the place of the character."),
    ),
    Explained(
        "odd-year", WARNING, mark("Days lie in the years that a community's tables tell of."),
        "cell", "1900-01-01", "2026-01-01",
        mark("The site is updated; figures that are made from the day are wrong if it is."),
    ),
    Explained(
        "odd-phone", WARNING, mark("Somebody answers at a telephone number."),
        "cell", "123", "12345",
        mark("The site is updated, and residents call a number that nobody answers."),
    ),
    Explained(
        "rounded-code", WARNING, mark("A code of more than 15 digits was not rounded by Excel."),
        "cell", "320812001001001000", "320812001001001123",
        mark("The site is updated; the row may belong to something else."),
    ),
    Explained(
        "file-path", WARNING, mark("A text is no place of a file on a computer."),
        "cell", "C:\\map.docx", mark("See the map below"),
        mark("The site is updated, and shows the name of the folder, which often names a person."),
    ),
    Explained(
        "zero-text", WARNING, mark("A column of words holds no 0 that a formula made of an empty cell."),
        "cell", "0", "–",
        mark("The site is updated, and shows 0 as if it were a name."),
    ),
    Explained(
        "blank-text", WARNING, mark("A text that looks empty is empty."), "cell", "␣", "–",
        mark("The site is updated; the spaces are published."),
    ),
    Explained(
        "escaped-text", WARNING, mark("A text holds no signs that programs write for others."),
        "cell", "Main&nbsp;Street", mark("Main Street"), SHOWN,
    ),
    Explained(
        "radical", WARNING, mark("Characters are themselves and no signs that look like them."),
        "cell", "\u2f76", "\u7c73",
        mark("The site is updated; whoever searches for the words does not find them."),
    ),
    Explained(
        "apostrophe", WARNING, mark("No apostrophe of Excel stands before a text."),
        "cell", mark("'Main Street"), mark("Main Street"), SHOWN,
    ),
    Explained(
        "empty-word", WARNING, mark("A text without content is empty, and holds no word for that."),
        "cell", "n/a", "–", SHOWN,
    ),
    Explained(
        "odd-name", WARNING, mark("What is required as a name or a text is one."),
        "cell", "45000", mark("Main Street"), SHOWN,
    ),
)  # fmt: skip
