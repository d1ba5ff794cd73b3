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
STRANGE = (UNKNOWN, NAMELESS, TWICE)


class Place(NamedTuple):
    """One header: its position, and what stands there."""

    position: int
    cell: str


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
    strange: list[Place] = []
    twice: list[tuple[Place, Field]] = []
    findings: list[Finding] = []
    for place in (Place(*item) for item in enumerate(part.header)):
        field = known.get(plain_header(place.cell))
        if not plain_header(place.cell):
            findings += nameless(resource, part, place.position)
        elif field is None:
            strange.append(place)
        elif field.name in found:
            twice.append((place, field))
        else:
            found[field.name] = str(place.position)
    left = [field for field in fields if field.name not in found]
    # what only staff may read is not in a package that anybody may
    missed = [field for field in left if field.publish not in unwanted]
    needed = [field for field in missed if field.required or field.name in figures]
    meant = likely(strange, left)
    findings += [unknown(resource, part, place, meant.get(place), needed, others) for place in strange]
    findings += [second(resource, part, place, field, found, needed) for place, field in twice]
    findings.sort(key=lambda item: item.address.letter.rjust(3))
    told = [field.name for field in meant.values()]
    findings += [absent(resource, part, field, field in needed) for field in missed if field.name not in told]
    return Header(found, tuple(findings), frozenset(field.name for field in needed))


def likely(strange: Iterable[Place], left: Sequence[Field]) -> Mapping[Place, Field]:
    """Return which field a header that is not known probably means, of those that no column is; each at most once."""
    names = {plain_header(text): field for field in left for text in (field.title, field.name, *field.aliases)}
    found: dict[Place, Field] = {}
    for place in strange:
        near = difflib.get_close_matches(plain_header(place.cell), names, n=1, cutoff=NEAR)
        if near and names[near[0]] not in found.values():
            found[place] = names[near[0]]
    return found


def titles(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.title for field in fields)


def unknown(
    resource: Resource,
    part: TextPart,
    place: Place,
    meant: Field | None,
    needed: Sequence[Field],
    others: Iterable[Resource],
) -> Finding:
    """Return the error, which names the column by its letter.

    What stands there is not repeated: a file may lack its header, or have it in one line with the first row, and then
    it is a person's cell. What it is like is a word of the schema.
    """
    text, mended = mark("the column “{header}” is not known"), None
    other = next((item for item in others if item.schema.named(place.cell)), None)
    if meant:
        text = mark("the column “{header}” is not known, and the column “{near}” ({name}) is missing")
        hint = mark("If that is meant, write “{near}” into cell {header}1. Do not delete the column.")
        near = meant.name if place.cell.isascii() and not meant.title.isascii() else meant.title
        mended = Quote(resource.name, meant.name, near, is_formal=True)
    elif needed:
        hint = mark("If it is one of those that are missing ({missing}), write that name into cell {header}1.")
    elif plain_header(place.cell) in COUNTING:
        hint = mark("It counts the rows, which the table does not need: delete this column.")
    elif other:
        text = mark("the column “{header}” is not known here: it belongs to the table “{other}”")
        hint = mark("Move it to that table, or delete it here.")
    else:
        hint = mark("The table is complete without it: delete the column, or have it added to the schema.")
    values = {
        "header": letter(place.position), "near": mended.text if mended else "", "missing": titles(needed),
        "name": meant.name if meant else "", "other": other.title if other else "",
    }  # fmt: skip
    address = Address(part.path, 1, letter(place.position))
    return Finding(UNKNOWN, Severity.ERROR, resource.name, address, Message(text, hint, values), mended=mended)


def nameless(resource: Resource, part: TextPart, position: int) -> Iterable[Finding]:
    """Yield the error that cells stand below an empty header; a column that holds nothing at all is none."""
    if count := filled(part.columns[position]):
        text = mark("the header of column {header} is empty, but {count} cells below it are filled")
        hint = mark("Write the name of the column into cell {header}1, or empty these cells if they are of no column.")
        message = Message(text, hint, {"header": letter(position), "count": count})
        yield Finding(NAMELESS, Severity.ERROR, resource.name, Address(part.path, 1, letter(position)), message)


def second(
    resource: Resource,
    part: TextPart,
    place: Place,
    field: Field,
    found: Mapping[str, str],
    needed: Sequence[Field],
) -> Finding:
    """Return the error that two columns are one field’s."""
    first = int(found[field.name])
    empty = [position for position in (place.position, first) if not filled(part.columns[position])]
    if empty:
        hint = mark("Delete column {empty}, which is empty.")
    elif needed:
        hint = mark("If one of them is a column that is missing ({missing}), write that name above it.")
    else:
        hint = mark("Compare columns {first} and {header}, and keep the one whose cells are right.")
    values = {
        "title": field.title, "first": letter(first), "header": letter(place.position), "missing": titles(needed),
        "empty": letter(empty[0]) if empty else "",
    }  # fmt: skip
    text = mark("there are two columns for “{title}”")
    address = Address(part.path, 1, letter(place.position))
    return Finding(TWICE, Severity.ERROR, resource.name, address, Message(text, hint, values))


def absent(resource: Resource, part: TextPart, field: Field, is_needed: bool) -> Finding:
    """Return an error for a column that a figure, the tree or the schema cannot do without, else a warning."""
    values = {"title": field.title, "name": field.name}
    text = mark("the column “{title}” ({name}) is missing")
    if is_needed:
        code, severity = MISSING, Severity.ERROR
        fix = mark("Add the column; its header may be the Chinese title or the English name.")
    else:
        code, severity = ABSENT, Severity.WARNING
        fix = mark("Add the column, empty if need be, or take the field out of the schema.")
    return Finding(code, severity, resource.name, Address(part.path, 1), Message(text, fix, values))
