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
from builder.language import mark
from builder.model import Address, Finding, Findings, Message, Quote, Report, Resource
from builder.model.finding import Spot

__all__ = [
    "Arrived", "Change", "File", "arrived", "document", "html", "packed", "recognised", "workbook",
]  # fmt: skip

File = report.File

LARGEST_SAMPLE = 50
"""Mended cells that the page names; all of them are in the mended file."""

RAW = Message(
    mark("this is a raw export: column {letter} “{title}” is private, and {count} cells of it are filled"),
    mark("Put it into the private folder, and bring in what may be published with `mingge intake`."),
)


class Change(NamedTuple):
    """One cell that is written otherwise, as staff may read it; or words about the file, with row 0 or a row alone."""

    row: int
    column: str
    words: Message
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it may be saved: `data` as it lies in the package, `csv` without packing. `refused`: why it cannot."""

    data: bytes
    csv: bytes
    refused: Message | None
    difference: Difference | None
    change_count: int
    changes: tuple[Change, ...]
    dropped: tuple[str, ...]
    taken: fix.Taken


def content(path: Path) -> bytes | None:
    """Return the bytes of a file of the package, None where there is none."""
    return path.read_bytes() if path.is_file() else None


def recognised(opened: Opened, name: str, data: bytes) -> Sequence[Resource]:
    """Return the table that a file is of; several or none where that is not sure."""
    return fix.recognised(opened.package, name, data)


def arrived(opened: Opened, resource: Resource, path: str, name: str, data: bytes) -> Arrived:
    """Return what a file called `name` would become as the file `path` of the package."""
    former = fix.former(resource, path, content(opened.package.root / path))
    taken = fix.taken(resource, name, data, opened.unwanted(resource.name), former)
    raw = next((item for item in taken.dropped if item.publish == "counts" and item.filled), None)
    refused = replace(RAW, values=raw.values) if raw else taken.refused
    told = None
    if not refused:
        rows = [{key: cell for key, cell in zip(taken.header, row, strict=True) if key} for row in taken.rows]
        told = legible(opened, resource, difference(resource, former.rows, rows, taken.numbers[1:]))
    sample = fix.told(resource, name, taken.changes[:LARGEST_SAMPLE], is_sure=taken.is_sure)
    return Arrived(
        fix.packed(path, taken.data), taken.data, refused, told, len(taken.changes),
        tuple(Change(item.address.row, item.column, item.message, item.value, item.mended)
              for item in opened.told(sample)),
        tuple(item.title for item in taken.dropped), taken,
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


def packed(path: str, data: bytes) -> bytes:
    """Return the bytes of a CSV as they lie in the file `path`."""
    return fix.packed(path, data)


def document(found: Checked, language: str, arrived: Mapping[str, Arrived]) -> report.Document:
    """Return the report; cells of files that `arrived` (path in the package →) are told where they stand there."""
    groups: tuple[Findings, ...] = found.report.groups
    for path, item in arrived.items():
        groups = tuple(Moved(group, path, item.taken) for group in groups)
    codes = pipeline.codes(found.tables.package)
    return report.document(replace(found, report=Report(groups, found.report.row_counts)), language, codes)


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
    taken: fix.Taken

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
        numbers = self.taken.numbers
        for item in findings:
            path, row, letter = item.address
            if path == self.path:
                number = numbers[row - 1] if 0 < row <= len(numbers) else row
                item = replace(item, address=Address(path, number, self.taken.letter(letter)))
            yield item
