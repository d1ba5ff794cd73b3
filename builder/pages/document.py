"""data.json beside each grid page: the page's figures for programs. Its shape is version 1 and documented in
docs/metrics.md; a field is never renamed or removed within a version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.model import Json
from builder.pages.grid import GridPage
from builder.pages.sources import Sources
from builder.subjects.shape import COUNT, DATE, FLAG, TEXT, among, listed, maybe, record
from builder.subjects.subject import AnySubject

__all__ = ["VERSION", "document", "shape"]

VERSION = "1"

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document(source: Sources, page: GridPage) -> Json:
    """Return the JSON object of one grid. A block that the package has no resource for is absent."""
    scope = source.edition.scope
    subjects = {subject.name: subject for subject in source.subjects}
    return {
        "version": VERSION,
        "kind": "grid",
        "demonstration": source.edition.settings.demonstration,
        "grid_id": page.grid_id,
        "name": page.name,
        "areas": [{"area_id": link.path.split("/")[1], "name": link.label} for link in page.breadcrumbs],
        "as_of": scope.as_of.isoformat(),
        "period": {"start": scope.period.start.isoformat(), "end": scope.period.end.isoformat()},
        "household_count": page.household_count,
        "branch": {"branch_id": page.branch.path.split("/")[1], "name": page.branch.label} if page.branch else None,
        "files": [f"{table}.csv" for table in source.guide.slices.get(page.grid_id, ())],
        **{block.anchor: subjects[block.anchor].document(block) for block in page.blocks},
    }


def shape(subjects: Sequence[AnySubject]) -> Mapping[str, Json]:
    """Return the JSON Schema of data.json, of a package that has these subjects."""
    area, branch = record(area_id=TEXT, name=TEXT), record(branch_id=TEXT, name=TEXT)
    parts: dict[str, Json] = {subject.name: subject.shape for subject in subjects}
    return {
        "$schema": DIALECT,
        "title": "data.json",
        **record(
            tuple(parts),
            version=among(VERSION), kind=among("grid"), demonstration=FLAG, grid_id=TEXT, name=TEXT, areas=listed(area),
            as_of=DATE, period=record(start=DATE, end=DATE), household_count=maybe(COUNT), branch=maybe(branch),
            files=listed(TEXT), **parts,
        ),
    }  # fmt: skip
