"""Which column is which field: by name, Chinese title or alias, however it is spaced; everything else is a finding.

No advice here takes away a column that may be one which the table needs.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from builder.language import mark
from builder.model import Address, Field, Finding, Message, Quote, Resource, Severity, TextPart, letter, plain_header
from builder.validate.encoded import filled

__all__ = ["Header", "columns"]

NEAR = 0.6
"""How like a name a header must be to be taken for it."""

COUNTING = frozenset({"序号", "行号", "顺序号", "no", "no.", "№", "#", "index"})
"""How people head a column that counts the rows."""


class Header(NamedTuple):
    """`places`: field → position (the frame's column name). `lacking`: needed fields without a column."""

    places: Mapping[str, str]
    findings: tuple[Finding, ...]
    lacking: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether each header is a column's own, so that every cell is surely of the column that it was read as."""
        return not any(item.code in STRANGE for item in self.findings)


UNKNOWN, NAMELESS, TWICE, MISSING, ABSENT = (
    "unknown-column", "nameless-column", "duplicate-column", "missing-column", "absent-column"
)  # fmt: skip
STRANGE = (UNKNOWN, NAMELESS, TWICE, "exchanged-headers")


def columns(
    resource: Resource,
    part: TextPart,
    figures: frozenset[str],
    unwanted: Collection[str] = (),
    others: Iterable[Resource] = (),
) -> Header:
    """Return which column of a file is which field, and findings about its header.

    `figures`: the fields that figures or the tree are made from, which no file may leave out. `unwanted`: those fields
    with this `publish` need not be there. `others`: tables that a header may be of instead.
    """
    fields = resource.schema.fields
    known = {plain_header(text): field for field in fields for text in (field.name, field.title, *field.aliases)}
    found: dict[str, str] = {}
    odd: list[Odd] = []
    for position, cell in enumerate(part.header):
        field = known.get(plain_header(cell))
        if field and field.name not in found:
            found[field.name] = str(position)
        elif plain_header(cell) or filled(part.columns[position]):
            odd.append(Odd(position, cell, field))
    left = [field for field in fields if field.name not in found]
    # what only staff may read is not in a package that anybody may
    missed = [field for field in left if field.publish not in unwanted]
    needed = [field for field in missed if field.required or field.name in figures]
    meant = likely(odd, left, needed, missed)
    head = Context(resource, part, found, tuple(needed), tuple(others))
    findings = [told(head, item, meant.get(item.position)) for item in odd]
    names = [field.name for field, _ in meant.values()]
    findings += [absent(head, field, field in needed) for field in missed if field.name not in names]
    return Header(found, tuple(findings), frozenset(field.name for field in needed))


class Odd(NamedTuple):
    """A header that is no column's own: where it stands, and the field that has a column already, if it is a second."""

    position: int
    cell: str
    field: Field | None


class Context(NamedTuple):
    """What a finding about a header says besides the header."""

    resource: Resource
    part: TextPart
    found: Mapping[str, str]
    needed: tuple[Field, ...]
    others: tuple[Resource, ...]


Meant = tuple[Field, bool]
"""The field that is probably meant, and whether the header is like its name."""


def likely(
    odd: Sequence[Odd], left: Sequence[Field], needed: Sequence[Field], missed: Sequence[Field]
) -> Mapping[int, Meant]:
    """Return position → the field that an odd header probably means, of those that no column is; each at most once.

    It is like the name, or it is the only odd one where only one column is missing.
    """
    names = {plain_header(text): field for field in left for text in (field.title, field.name, *field.aliases)}
    found: dict[int, Meant] = {}
    taken: set[str] = set()
    for item in odd:
        near = difflib.get_close_matches(plain_header(item.cell), names, n=1, cutoff=NEAR) if not item.field else []
        if near and names[near[0]].name not in taken:
            found[item.position] = names[near[0]], True
            taken.add(names[near[0]].name)
    rest = [item for item in odd if item.position not in found and plain_header(item.cell) not in COUNTING]
    for fields in (needed, missed):
        open_fields = [field for field in fields if field.name not in taken]
        if len(rest) == len(open_fields) == 1:
            return {**found, rest[0].position: (open_fields[0], False)}
        if open_fields:
            break
    return found


def told(head: Context, item: Odd, meant: Meant | None) -> Finding:
    """Return the error about a header, which names the column by its letter.

    What stands there is not repeated: a file may lack its header, or have it in one line with the first row, and then
    it is a person's cell. What it is like is a word of the schema.
    """
    field = meant[0] if meant else None
    is_ascii = bool(item.cell) and item.cell.isascii()
    near = (field.name if is_ascii and not field.title.isascii() else field.title) if field else ""
    values: dict[str, object] = {
        "header": letter(item.position), "near": near, "name": field.name if field else "",
        "title": field.title if field else "", "missing": tuple(other.title for other in head.needed),
        "count": filled(head.part.columns[item.position]),
    }  # fmt: skip
    words = second if item.field else nameless if not plain_header(item.cell) else unknown
    code, message = words(head, item, field, values)
    mended = Quote(head.resource.name, meant[0].name, near, is_formal=True) if meant and meant[1] else None
    address = Address(head.part.path, 1, letter(item.position))
    return Finding(code, Severity.ERROR, head.resource.name, address, message, mended=mended)


IF_MEANT = mark("If that is meant, write “{near}” into cell {header}1. Do not delete the column.")
IF_MISSING = mark("If it is one of those that are missing ({missing}), write that name into cell {header}1.")

Values = dict[str, object]


def unknown(head: Context, item: Odd, field: Field | None, values: Values) -> tuple[str, Message]:
    """Return what is said of a header that is no name."""
    if field:
        text = mark("the column “{header}” is not known, and the column “{title}” ({name}) is missing")
        return UNKNOWN, Message(text, IF_MEANT, values)
    text = mark("the column “{header}” is not known")
    if plain_header(item.cell) in COUNTING:
        return UNKNOWN, Message(text, COUNTS, values)
    if head.needed:
        return UNKNOWN, Message(text, IF_MISSING, values)
    owners = [other for other in head.others if other.schema.named(item.cell)]
    if len(owners) == 1 and plain_header(item.cell) not in COMMON:
        text = mark("the column “{header}” is not known here: it belongs to the table “{other}”")
        values |= {"other": owners[0].title}
        return UNKNOWN, Message(text, mark("Move it to that table, or delete it here."), values)
    hint = mark("The table is complete without it: delete the column, or have it added to the schema.")
    return UNKNOWN, Message(text, hint, values)


COUNTS = mark("It counts the rows, which the table does not need: delete this column.")

COMMON = frozenset({"备注", "说明", "名称", "标题", "note", "notes", "name", "title"})
"""Headers that any table might have."""


def nameless(head: Context, item: Odd, field: Field | None, values: Values) -> tuple[str, Message]:
    """Return what is said of cells below an empty header; a column that holds nothing at all is none."""
    if field:
        text = mark("the header of column {header} is empty, and the column “{title}” ({name}) is missing")
        return NAMELESS, Message(text, IF_MEANT, values)
    text = mark("the header of column {header} is empty, but {count} cells below it are filled")
    hint = mark("Write the name of the column into cell {header}1, or empty these cells if they are of no column.")
    return NAMELESS, Message(text, hint, values)


def second(head: Context, item: Odd, field: Field | None, values: Values) -> tuple[str, Message]:
    """Return what is said of a second column for one field."""
    assert item.field is not None  # noqa: S101 - that is what makes it a second one
    first = int(head.found[item.field.name])
    values |= {"twice": item.field.title, "first": letter(first)}
    text = mark("there are two columns for “{twice}”")
    if field:
        text = mark("there are two columns for “{twice}”, {first} and {header}, and “{title}” ({name}) is missing")
        return TWICE, Message(text, mark("Look which of the two is “{title}”, and write that name above it."), values)
    if empty := [position for position in (item.position, first) if not filled(head.part.columns[position])]:
        values |= {"empty": letter(empty[0])}
        return TWICE, Message(text, mark("Delete column {empty}, which is empty."), values)
    if head.needed:
        return TWICE, Message(text, IF_MISSING, values)
    hint = mark("Compare columns {first} and {header}, and keep the one whose cells are right.")
    return TWICE, Message(text, hint, values)


def absent(head: Context, field: Field, is_needed: bool) -> Finding:
    """Return an error for a column that a figure, the tree or the schema cannot do without, else a warning."""
    values = {"title": field.title, "name": field.name}
    text = mark("the column “{title}” ({name}) is missing")
    if is_needed:
        code, severity = MISSING, Severity.ERROR
        fix = mark("Add the column; its header may be the Chinese title or the English name.")
    else:
        code, severity = ABSENT, Severity.WARNING
        fix = mark("Add the column, empty if need be, or take the field out of the schema.")
    message = Message(text, fix, values)
    return Finding(code, severity, head.resource.name, Address(head.part.path, 1), message, field.title)
