"""Why a file, or a place in it, cannot be read, in words: the cause and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from builder.language import mark
from builder.load.doubt import reading
from builder.load.text import Undecodable
from builder.model import Address, Finding, Message, Resource, Severity

__all__ = [
    "AGAIN", "CUT", "SAVE_AS", "UNREADABLE", "Trouble", "bomb", "broken_archive", "empty_file", "finding",
    "not_a_table", "undecodable", "uneven",
]  # fmt: skip

UNREADABLE = "unreadable-file"
DAMAGED, CUT, ENCODING, KIND = "damaged-file", "cut-file", "wrong-encoding", "not-a-table"

SAVE_AS = mark("Open it in Excel and save it as “CSV UTF-8 (comma delimited)”.")

AGAIN = mark(
    "Export or copy it again from where it came from. Do not open and save this one: what is lost would stay lost."
)

FROM_TEXT = mark(
    "In Excel take “Data → From Text/CSV”, choose {encoding} as the file origin, look whether it can be read, and save "
    "it as “CSV UTF-8 (comma delimited)”."
)


class Trouble(NamedTuple):
    """`row` and `letter`: where in the file, as Excel shows it; 0 and "" for the file as a whole."""

    code: str
    message: Message
    row: int = 0
    letter: str = ""
    severity: Severity = Severity.ERROR


def finding(trouble: Trouble, resource: str, path: str) -> Finding:
    """Return a trouble as the finding about a file of a resource."""
    address = Address(path, trouble.row, trouble.letter)
    return Finding(trouble.code, trouble.severity, resource, address, trouble.message)


# ── bytes that are no text ───────────────────────────────────────────────────────────────────────

TEXTS = {
    "nul": (DAMAGED, mark("byte {offset} is NUL, so this is not a text file"), AGAIN),
    "nul-tail": (
        CUT, mark("from byte {offset} on the file holds nothing but NUL: it was not written to its end"), AGAIN
    ),
    "cut": (CUT, mark("the file ends in the middle of a character: its end is missing"), AGAIN),
    "damaged": (DAMAGED, mark("byte {offset} is not valid UTF-8: the file is damaged"), AGAIN),
    "mixed": (
        DAMAGED, mark("from here on the file is in another encoding: two files were joined that do not fit together"),
        mark("Put each of the two exports into a file of its own, or export all rows at once."),
    ),
    "unknown": (ENCODING, mark("byte {offset} belongs neither to UTF-8 nor to GB18030"), SAVE_AS),
    "doubtful": (
        ENCODING,
        mark("the encoding is in doubt at byte {offset}: the cell is “{utf8}” in UTF-8, "
             "“{gb18030}” in GB18030 and “{western}” in Windows-1252"),
        SAVE_AS,
    ),
    "utf-16": (ENCODING, mark("the file is UTF-16 and lacks the mark that says so at its beginning"), FROM_TEXT),
    "utf-32": (ENCODING, mark("the file is written in UTF-32, which no spreadsheet writes"), SAVE_AS),
    "big5": (
        ENCODING, mark("the file is in the encoding of Taiwan and Hong Kong (Big5): this cell is “{big5}”"), FROM_TEXT
    ),
    "shift_jis": (
        ENCODING, mark("the file is in the encoding of Japan (Shift-JIS): this cell is “{shift_jis}”"), FROM_TEXT
    ),
    "western": (
        ENCODING, mark("the file is in a Western encoding (Windows-1252): this cell is “{western}”"), FROM_TEXT
    ),
}  # fmt: skip

ORIGINS = {
    "utf-16": "1200: Unicode", "big5": "950: Big5", "shift_jis": "932: Shift-JIS", "western": "1252: Windows",
}  # fmt: skip
"""Reason → what Excel calls the encoding."""

QUOTING = ("doubtful", "big5", "shift_jis", "western")


def undecodable(resource: Resource, data: bytes, why: Undecodable) -> Trouble:
    """Return the trouble that bytes are no text; of some the cell is quoted, for those who may read it."""
    code, text, hint = TEXTS[why.reason]
    values: dict[str, object] = {"offset": why.offset, "encoding": ORIGINS.get(why.reason, "")}
    row, letter = 0, ""
    if why.reason in QUOTING:
        row, letter, quotes = reading(resource, data, why.offset)
        values |= quotes
    elif why.reason in ("damaged", "mixed", "cut"):
        row = data.count(b"\n", 0, why.offset) + 1
    return Trouble(code, Message(text, hint, values), row, letter)


# ── bytes of another kind ────────────────────────────────────────────────────────────────────────

IMPORT = mark("Give the file its own ending, {suffix}, and run `mingge import` with it.")
LOOK = mark("Open it in Excel, look whether all rows are there, and save it as “CSV UTF-8 (comma delimited)”.")
EXPORT = mark("Export the table again, as CSV or as an Excel workbook.")
COPY = mark("Copy the table into Excel and save it as “CSV UTF-8 (comma delimited)”.")
AS_BOOK = mark("Open it in Excel or WPS and save it as a workbook (.xlsx).")
UNPACK = mark("Unpack it first.")

KINDS = {
    "html": (mark("this is a web page, not a table; a system that exports often calls one .xls or .csv"), LOOK),
    "login": (
        mark("this is a web page that asks to log in, not a table: the export was saved after you were logged out"),
        mark("Log in again and export once more. Do not open and save this one: there is no table in it."),
    ),
    "page": (
        mark("this is a web page without a table"),
        mark("Export the table again. Do not open and save this one: there is no table in it."),
    ),
    "answer": (
        mark("this is what a web server answers when it cannot give the file"),
        mark("Fetch the file again from where it came from, or export it again."),
    ),
    "lfs": (
        mark("this is only a pointer of Git LFS: the table itself was not fetched"),
        mark("Run `git lfs pull` in this folder."),
    ),
    "diff": (
        mark("this is a list of changes (a diff of Git), not the table"),
        mark("Fetch the whole file again from the repository."),
    ),
    "conflict": (
        mark("two versions of this file were not joined: Git has marked the places by <<<<<<< and >>>>>>>"),
        mark("At each of these places decide for one of the two versions, and delete the three lines of marks."),
    ),
    "xml": (mark("this is an XML file that was renamed"), LOOK),
    "json": (mark("this is a JSON file that was renamed"), EXPORT),
    "pdf": (mark("this is a PDF that was renamed"), EXPORT),
    "rtf": (mark("this is a text document that was renamed"), COPY),
    "docx": (mark("this is a text document that was renamed"), COPY),
    "xls": (mark("this is a workbook of the old kind (.xls)"), AS_BOOK),
    "xlsb": (mark("this is a binary workbook (.xlsb)"), AS_BOOK),
    "xlsm": (mark("this is a workbook with macros (.xlsm), which is not opened here"), AS_BOOK),
    "ods": (mark("this is an OpenDocument spreadsheet (.ods)"), AS_BOOK),
    "numbers": (mark("this is a spreadsheet of Apple’s Numbers"), mark("In Numbers, export it to Excel (.xlsx).")),
    "gz": (mark("this is a compressed file that was renamed"), UNPACK),
    "zip": (mark("this is a compressed file that was renamed"), UNPACK),
    "archive": (mark("this is a compressed file that was renamed"), UNPACK),
    "picture": (mark("this is a picture"), EXPORT),
    "xlsx": (mark("this is an Excel workbook that was renamed to .csv"), IMPORT),
    "csv": (mark("this is no workbook: a CSV file was renamed to .xlsx"), IMPORT),
}


def not_a_table(kind: str) -> Trouble:
    """Return the trouble that a file is of another `kind` than its name says."""
    text, hint = KINDS[kind]
    return Trouble(KIND, Message(text, hint, {"suffix": f".{kind}"}))


# ── others ───────────────────────────────────────────────────────────────────────────────────────


def empty_file() -> Trouble:
    """Return the trouble of a file without a sign in it."""
    hint = mark("Export it again; it must at least have its header row.")
    return Trouble(UNREADABLE, Message(mark("the file is empty"), hint))


def broken_archive() -> Trouble:
    """Return the trouble of a .gz that is cut off, or is none."""
    hint = mark("Copy or compress the file again from where it came from.")
    return Trouble(UNREADABLE, Message(mark("this is not a complete .gz file"), hint))


def bomb() -> Trouble:
    """Return the trouble of a .gz that holds far more than a table."""
    hint = mark("Export the table again; if it is right, put it in without compressing it.")
    return Trouble(UNREADABLE, Message(mark("what is packed in this .gz file is too large for a table"), hint))


def uneven(separator: str) -> Trouble:
    """Return the trouble that no row has as many cells as the header."""
    text = mark("the header is separated by “{sign}”, but no row below it has as many cells")
    hint = mark("Export the table again, so that header and rows are separated by the same sign.")
    return Trouble("wrong-separator", Message(text, hint, {"sign": SIGNS.get(separator, separator)}), 1)


SIGNS = {"\t": "Tab"}
"""How a separator is called that cannot be seen."""
