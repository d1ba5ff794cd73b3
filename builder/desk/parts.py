"""All that the desk asks of the parts that read, mend and report: nothing else of it calls them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from builder import fix, load, pipeline, report
from builder.checked import Checked, Opened
from builder.desk.difference import Difference, Row, difference
from builder.model import Address, Finding, Findings, Message, Quote, Report, Resource
from builder.model.finding import Spot
from builder.model.legible import shown

__all__ = [
    "Arrived", "Change", "File", "arrived", "document", "html", "named", "recognised", "workbook",
]  # fmt: skip

File = report.File

ZIP = b"PK\x03\x04"
"""How a workbook begins, whatever it is called."""

LARGEST_SAMPLE = 50
"""Mended cells that the page names; all of them are in the mended file."""


class Change(NamedTuple):
    """One cell that is written otherwise, as staff may read it; or words about the file, with row 0 or a row alone."""

    row: int
    column: str
    words: Message
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it may be saved: `data` as it lies in the package, None where there is nothing to be tried there.

    `csv`: with what can be mended, to be downloaded. `refused`: why it cannot be saved. `taken`: what `data` was made
    as; `is_moved`: its rows stand elsewhere than in the file called `name` that was brought. `lost`: rows that would
    go, where they are so many that somebody is to be asked. `is_readable`: whether it has cells that can be coloured.
    """

    name: str
    data: bytes | None
    csv: bytes
    refused: Message | None
    difference: Difference | None
    change_count: int
    changes: tuple[Change, ...]
    dropped: tuple[str, ...]
    taken: fix.Taken
    is_moved: bool
    is_added: bool
    lost: int
    is_readable: bool


def content(path: Path) -> bytes | None:
    """Return the bytes of a file of the package, None where there is none."""
    return path.read_bytes() if path.is_file() else None


def recognised(opened: Opened, name: str, data: bytes) -> Sequence[Resource]:
    """Return the table that a file is of; several or none where that is not sure."""
    return fix.recognised(opened.package, name, data)


def arrived(
    opened: Opened, resource: Resource, path: str, name: str, data: bytes, *, is_mended: bool, is_added: bool
) -> Arrived:
    """Return what a file called `name` would become as the file `path` of the package.

    Columns that may not be there are left out whether or not cells are mended. `is_added`: its rows come behind those
    that are there.
    """
    is_workbook = data.startswith(ZIP)
    former = fix.former(resource, path, content(opened.package.root / path))
    unwanted = opened.unwanted(resource.name)
    taken = mended = fix.taken(resource, name, data, unwanted, former)
    if not is_mended and not is_workbook:
        taken = fix.taken(resource, name, data, unwanted, former, is_mended=False)
    if is_added:
        taken, mended = (fix.appended(resource, item, former) for item in (taken, mended))
    raw = next((item for item in taken.dropped if item.publish == "counts" and item.filled), None)
    refused = replace(fix.RAW, values=raw.values) if raw else taken.refused
    told, lost = None, 0
    if not refused:
        gone = fix.difference(resource, former, taken.header, taken.rows).lost
        lost = gone if opened.loses(resource.name, len(former.rows), gone) else 0
        rows = [{key: cell for key, cell in zip(taken.header, row, strict=True) if key} for row in taken.rows]
        told = legible(opened, resource, difference(resource, former.rows, rows, taken.numbers[1:]))
    sample = fix.told(resource, name, mended.changes[:LARGEST_SAMPLE], is_sure=mended.is_sure)
    is_own = bool(refused) or not (is_mended or is_workbook or is_added or taken.dropped)
    new = data if is_own else taken.data
    return Arrived(
        name, None if refused and is_workbook else fix.packed(path, new), mended.data, refused, told,
        len(mended.changes), tuple(Change(item.address.row, item.column, item.message, item.value, item.mended)
              for item in opened.told(sample)),
        tuple(item.title for item in taken.dropped), taken, not is_own and not is_added, is_added, lost,
        not is_added and not (refused and isinstance(load.grid(name, data, resource, titled=True), load.Trouble)),
    )  # fmt: skip


def legible(opened: Opened, resource: Resource, told: Difference | None) -> Difference | None:
    """Return a difference without the codes of rows that staff may not read on a page."""

    def may_be_read(row: Row) -> bool:
        return all(
            opened.policy.quotes(Quote(resource.name, name, text, fix.is_formal(resource.schema[name], text)))
            for name, text in zip(resource.schema.primary_key, row.key, strict=True)
        )

    for rows in (told.added, told.removed, told.changed) if told else ():
        rows[:] = [row if may_be_read(row) else row._replace(key=()) for row in rows]
    return told


def document(found: Checked, language: str, arrived: Mapping[str, Arrived]) -> report.Document:
    """Return the report; cells of files that `arrived` (path in the package →) are told where they stand there."""
    groups: tuple[Findings, ...] = found.report.groups
    for path, item in arrived.items():
        if item.is_moved:
            groups = tuple(Moved(group, path, item) for group in groups)
    codes = pipeline.codes(found.tables.package)
    return report.document(replace(found, report=Report(groups, found.report.row_counts)), language, codes)


def named(told: report.Document, arrived: Mapping[str, Arrived]) -> report.Document:
    """Return a report in which files are called as they were brought."""
    names = {shown(path): shown(item.name) for path, item in arrived.items() if not item.is_added}
    return replace(told, files=tuple(replace(file, path=names.get(file.path, file.path)) for file in told.files))


def html(told: report.Document) -> str:
    """Return the whole report as a page that needs nothing else."""
    return report.as_html(told)


def workbook(
    found: Checked, language: str, arrived: Mapping[str, Arrived], target: tuple[Resource, str], file: tuple[str, bytes]
) -> bytes:
    """Return the clerk's own file (name, bytes) as a workbook whose wrong cells are coloured; `target`: what it is."""
    (resource, path), (name, data) = target, file
    grid = load.grid(name, data, resource, titled=True)
    rows = None if isinstance(grid, load.Trouble) else grid.rows
    numbers = arrived[path].taken.numbers if path in arrived else ()
    return report.coloured(document(found, language, arrived), path, rows, numbers[0] if numbers else 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """Findings of which those in one file are told where they stand in the file that it was made from."""

    findings: Findings
    path: str
    arrived: Arrived

    def __iter__(self) -> Iterator[Finding]:
        return self.moved(self.findings)

    def spots(self) -> Counter[Spot]:
        """Return how many findings there are of each kind in each place."""
        return self.findings.spots()

    def sample(self, limit: int) -> Iterator[Finding]:
        """Make the first `limit` findings of each kind in each place."""
        return self.moved(self.findings.sample(limit))

    def moved(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings with their addresses."""
        taken, name = self.arrived.taken, self.arrived.name
        for item in findings:
            path, row, letter = item.address
            if path == self.path:
                message = replace(item.message, values=taken.values(item.message.values, path, shown(name)))
                address = Address(path, taken.number(row) or row, taken.letter(letter))
                item = replace(item, address=address, message=message)
            yield item
