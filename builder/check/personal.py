"""Personal data in what is about to be published: in every public cell, and in the text of PDFs that rows name.

Nobody can lower this rule. What is found is quoted in its masked form only; a reviewed row of the table of waivers
lets it pass until it expires.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pandas as pd

from builder import gate
from builder.gate import Allowed, Hit
from builder.language import mark
from builder.model import (
    Address,
    Attachment,
    Attachments,
    Field,
    Finding,
    Findings,
    Issue,
    Listed,
    Message,
    Package,
    Quote,
    Severity,
    Table,
    Tables,
    named,
)
from builder.model.attachment import FOLDER
from builder.model.finding import Spot, first_of_each
from builder.rules import Check

__all__ = ["findings", "rules", "unwaived"]

CODE, UNREAD = "personal-data", "personal-data-unread"
RULE = mark("What is published holds no personal data: nothing that somebody could be called, met or told apart by.")
RULE_UNREAD = mark("A PDF that a row names can be read, so that its text can be searched for personal data.")
RULE_EXPIRED = mark("A waiver is in force.")
RULE_UNUSED = mark("A waiver is needed.")
EXPIRED, UNUSED = "waiver-expired", "waiver-unused"

SHORT = 10**9
"""A whole number above this has as many digits as a telephone number."""

DECIMALS = 3
"""Of a degree: about a hundred metres."""

POSITIONS = ("经度", "纬度", "坐标", "latitude", "longitude", "lat", "lon", "lng")
"""Names and titles of columns of numbers that say where something is."""


def rules(package: Package) -> Iterator[Check]:
    """Yield what is looked for, as rules for the page that lists them and for packages that would lower one."""
    for resource in package.resources.values():
        public = [field for field in resource.schema.fields if field.publish == "public"]
        if public:
            yield rule(resource.name, CODE, Severity.ERROR, RULE)
        if any(field.attachment for field in public):
            yield rule(resource.name, UNREAD, Severity.ERROR, RULE_UNREAD)
        if resource.name == gate.WAIVERS:
            yield rule(resource.name, EXPIRED, Severity.WARNING, RULE_EXPIRED)
            yield rule(resource.name, UNUSED, Severity.WARNING, RULE_UNUSED)


def rule(resource: str, code: str, severity: Severity, sentence: str) -> Check:
    return Check(code, severity, resource, (), sentence, "", "", nothing, is_structural=True)


def nothing(_tables: Tables, _as_of: date) -> Iterable[Issue]:
    """Find nothing: what these rules forbid is looked for in all tables together."""
    return ()


Held = Mapping[object, tuple[Hit, ...]]
"""Content of a cell → what it holds."""


def findings(tables: Tables, as_of: date, files: Attachments) -> tuple[Findings, ...]:
    """Return the personal data in public columns and named PDFs, and what is wrong with waivers."""
    allowed, seen, groups = gate.allowed(tables, as_of), Seen(set()), list[Findings]()
    for table, field in public(tables):
        place = (table.resource.name, field.name)
        left = {}
        for cell, hits in held(table.frame[field.name], field).items():
            if kept := allowed.left(seen.note(place, hits), place):
                left[cell] = kept
        groups += [Cells(table, field, left)] if left else []
        for file in documents(table, field, files):
            groups.append(Listed(tuple(document(table, field, file, allowed, seen))))
    groups.append(Listed(tuple(waivers(tables, as_of, seen))))
    return tuple(groups)


def unwaived(tables: Tables, as_of: date, files: Attachments) -> Iterator[tuple[str, str, str, str]]:
    """Yield table, column, kind and digest of all that is found and that nothing allows, each once."""
    allowed, told = gate.allowed(tables, as_of), dict[tuple[str, str, str, str], None]()
    for table, field in public(tables):
        place = (table.resource.name, field.name)
        every = [hit for hits in held(table.frame[field.name], field).values() for hit in hits]
        for file in documents(table, field, files):
            with suppress(gate.UnreadableError):  # there is nothing that could be waived
                every += gate.hits(gate.pdf_text(file.path))
        told |= dict.fromkeys((*place, hit.kind.value, hit.digest) for hit in allowed.left(every, place))
    return iter(told)


def public(tables: Tables) -> Iterator[tuple[Table, Field]]:
    """Yield every column that is published."""
    for table in tables.tables.values():
        for field in table.resource.schema.fields:
            if field.publish == "public" and field.name in table.frame:
                yield table, field


@dataclass(frozen=True, slots=True)
class Seen:
    """Every hit so far by its place, allowed or not: a waiver that is for none of them is not needed."""

    places: set[tuple[str, str, str]]

    def note(self, place: tuple[str, str], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Note `hits` in a column and return them."""
        self.places.update((*place, hit.digest) for hit in hits)
        return hits


def held(column: pd.Series, field: Field) -> Held:
    """Return what the distinct cells of a column hold, of those that hold anything."""
    if field.type == "string":
        return dict(gate.found(gate.texts(column)).items())
    if field.type == "integer":
        numbers = (int(number) for number in column[(column.abs() > SHORT).fillna(False)].unique())
        return {number: hits for number in numbers if (hits := gate.hits(str(number)))}
    if field.type == "number" and is_position(field):
        numbers = (number for number in column.dropna().unique() if round(number, DECIMALS) != number)
        return {number: (Hit(gate.Kind.COORDINATE, 0, len(str(number)), str(number)),) for number in numbers}
    return {}


def is_position(field: Field) -> bool:
    return field.title.lower().startswith(POSITIONS) or field.name.startswith(POSITIONS)


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells of one column hold, told row by row when it is asked for."""

    table: Table
    field: Field
    held: Held

    def __iter__(self) -> Iterator[Finding]:
        for row, cell in self.rows().items():
            for hit in self.held[cell]:
                yield finding(self.table, self.field, hit, self.table.address(int(str(row)), self.field.name))

    def rows(self) -> pd.Series:
        """Return the cells that hold anything."""
        column = self.table.frame[self.field.name]
        return column[column.isin(list(self.held))]

    def spots(self) -> Counter[Spot]:
        """Return how many hits there are of each kind in each file."""
        name, cells, places = self.table.resource.name, self.rows(), Counter[Spot]()
        starts = [*(part.start for part in self.table.parts), len(self.table.frame)]
        for part, end in zip(self.table.parts, starts[1:], strict=True):
            inside = cells[(cells.index >= part.start) & (cells.index < end)]
            for cell, count in inside.value_counts().items():
                for hit in self.held[cell] if count else ():
                    text = gate.SENTENCES[hit.kind]
                    places[Spot(Severity.ERROR, CODE, name, part.path, self.field.title, text)] += int(count)
        return places

    def sample(self, limit: int) -> Iterator[Finding]:
        """Make the first `limit` findings of each kind in each file."""
        return first_of_each(self, limit)


def finding(table: Table, field: Field, hit: Hit, address: Address) -> Finding:
    """Return the finding for one hit, which it quotes in its masked form."""
    value = Quote(table.resource.name, field.name, hit.masked)
    message = Message(gate.SENTENCES[hit.kind], gate.HINTS[hit.kind], {"value": value})
    return Finding(CODE, Severity.ERROR, table.resource.name, address, message, field.title, value)


def documents(table: Table, field: Field, files: Attachments) -> Iterator[Attachment]:
    """Yield the PDFs that a column names, each once."""
    cells = table.frame[field.name].dropna().unique() if field.attachment else ()
    names = dict.fromkeys(name for cell in cells for name in named(cell))
    return (files[name] for name in names if name in files and files[name].kind == "pdf")


def document(table: Table, field: Field, file: Attachment, allowed: Allowed, seen: Seen) -> Iterator[Finding]:
    """Yield what a PDF holds, or that nobody can say what."""
    place, address = (table.resource.name, field.name), Address(f"{FOLDER}/{file.name}")
    try:
        hits = seen.note(place, gate.hits(gate.pdf_text(file.path)))
    except gate.UnreadableError:
        message = Message(
            mark("the text of this PDF cannot be searched for personal data: it is broken, locked or very long"),
            mark("Save it once more as PDF without a password, in parts of at most 200 pages."),
        )
        yield Finding(UNREAD, Severity.ERROR, table.resource.name, address, message, field.title)
        return
    for hit in allowed.left(hits, place):
        yield finding(table, field, hit, address)


def waivers(tables: Tables, as_of: date, seen: Seen) -> Iterator[Finding]:
    """Yield a warning for each waiver that has expired, and for each that nothing needs."""
    if gate.WAIVERS not in tables:
        return
    table = tables.tables[gate.WAIVERS]
    for row, resource, field, digest, end in table.frame[
        ["resource", "field", "digest", "expires_date"]
    ].itertuples(name=None):
        is_needed = resource not in tables.package.resources or (resource, field, digest) in seen.places
        if pd.notna(end) and end < pd.Timestamp(as_of):
            code, text = EXPIRED, mark("this waiver has expired")
            hint = mark("Take the personal data out, or have the waiver reviewed and renewed.")
        elif not is_needed:
            code, text = UNUSED, mark("nothing needs this waiver any more")
            hint = mark("Delete the row: it would let the same number pass if it came back.")
        else:
            continue
        address = table.address(row, "digest")
        title = table.resource.schema["digest"].title
        yield Finding(code, Severity.WARNING, gate.WAIVERS, address, Message(text, hint), title)
