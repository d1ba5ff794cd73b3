"""A file of a package, mended as far as that takes no judgement.

Always holds: a record in which nothing is mended keeps its bytes; a cell changes only into what `mend.clean` is sure
of; no record is lost but blank ones and titles above the header. What was written is read once more, and where it
would say anything else than was meant, the file is left alone.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from builder import load
from builder.fix import words
from builder.fix.plan import Plan, planned, starting
from builder.fix.records import records
from builder.fix.rewritten import COMMA, rewritten
from builder.fix.values import Change, Fixed
from builder.language import mark
from builder.model import Message, Resource, letter

__all__ = ["fixed", "packed", "unpacked"]

LEVEL = 5
"""Of zlib, as for everything that is published."""

WORKBOOK = Message(
    mark("a workbook is never rewritten"), mark("`mingge import` makes a CSV file of it, with the same mends.")
)
OTHERWISE = Message(
    mark("the file was left alone: written anew, it would not say the same"),
    mark("Mend it in Excel; `mingge check` says where."),
)
NO_HEADER = Message(
    mark("the file was left alone: its first row does not name the columns"), mark("`mingge check` says what to do.")
)
PLAIN, MARKED = "utf-8", "utf-8-sig"
NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
SIGNS = {"\t": "Tab"}
HINT = "sep="
"""How the line begins that tells Excel the separator. Excel does not show it, so it is no row."""


def fixed(resource: Resource, name: str, data: bytes, *, in_order: bool = False) -> Fixed:
    """Return the file `name` of `resource` with what can be mended without judgement; the same bytes if nothing can.

    `in_order`: put the columns in the schema's order as well, which a file that must be written anew gets in any case.
    """
    grid = load.grid(name, data, resource, titled=True)
    if isinstance(grid, load.Trouble):
        return Fixed(data, refused=grid.message)
    if grid.kind != "csv":
        return Fixed(data, refused=WORKBOOK)
    encoding, separator = grid.encoding, grid.separator
    del grid  # its rows take a dozen times the file's size
    text, hint = without_hint(unpacked(name, data).decode(encoding).removeprefix("\ufeff"))
    source = list(records(text, separator))
    rows = [record.cells for record in source]
    if not starting(resource.schema, rows):
        return Fixed(data, refused=NO_HEADER)
    whole = tuple(of_the_file(encoding, separator, hint))
    is_anew = any(change.why in (words.ENCODING, words.SEPARATOR) for change in whole)
    plan = planned(resource.schema, rows, in_order=in_order or is_anew)
    found = rewritten(plan, separator, source)
    changes = (*whole, *of_the_columns(plan), *found.changes)
    if not changes:
        return Fixed(data)
    new = "".join(found.texts)
    if [record.cells for record in records(new, COMMA)] != found.rows:
        return Fixed(data, refused=OTHERWISE)
    return Fixed(packed(name, new.encode()), changes, is_sure=plan.head.is_sure)


def without_hint(text: str) -> tuple[str, str]:
    """Return a file without the line that tells Excel the separator, and that line, "" where there is none."""
    first, end, rest = text.partition("\n")
    line = first.strip().strip('"')
    return (rest, line) if end and line.lower().startswith(HINT) and len(line) == len(HINT) + 1 else (text, "")


def of_the_file(encoding: str, separator: str, hint: str) -> Iterator[Change]:
    """Yield what is changed of a file as a whole."""
    if encoding == MARKED:
        yield Change(0, "", "", "", "", words.BOM)
    elif encoding != PLAIN:
        yield Change(0, "", "", NAMES.get(encoding, encoding.upper()), "UTF-8", words.ENCODING)
    if hint:
        yield Change(0, "", "", hint, "", words.HINT)
    if separator != COMMA:
        yield Change(0, "", "", SIGNS.get(separator, separator), COMMA, words.SEPARATOR)


def of_the_columns(plan: Plan) -> Iterator[Change]:
    """Yield which columns are left out, and whether the others change places."""
    for place in plan.extra:
        yield Change(plan.titles + 1, letter(place), "", "", "", words.EXTRA)
    if list(plan.kept) != sorted(plan.kept):
        yield Change(plan.titles + 1, "", "", "", "", words.ORDER)


def unpacked(name: str, data: bytes) -> bytes:
    """Return the bytes of a CSV, unpacked if it is called .gz."""
    return gzip.decompress(data) if name.lower().endswith(".gz") else data


def packed(name: str, data: bytes) -> bytes:
    """Return the bytes of a CSV as they lie in the file: the same every time, without an hour in them."""
    return gzip.compress(data, LEVEL, mtime=0) if name.lower().endswith(".gz") else data
