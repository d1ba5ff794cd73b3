"""data.json beside each grid page: the page's figures for programs. Its shape is version 1 and documented in
docs/metrics.md; a field is never renamed or removed within a version.
"""

from __future__ import annotations

from builder.model import Json
from builder.pages.grid import GridPage
from builder.pages.sources import Sources

__all__ = ["VERSION", "document"]

VERSION = "1"


def document(source: Sources, page: GridPage) -> Json:
    """Return the JSON object of one grid. A block that the package has no resource for is absent."""
    scope = source.edition.scope
    subjects = {subject.name: subject for subject in source.subjects}
    return {
        "version": VERSION,
        "kind": "grid",
        "grid_id": page.grid_id,
        "name": page.name,
        "areas": [{"area_id": link.path.split("/")[1], "name": link.label} for link in page.breadcrumbs],
        "as_of": scope.as_of.isoformat(),
        "period": {"start": scope.period.start.isoformat(), "end": scope.period.end.isoformat()},
        "household_count": page.household_count,
        "branch": {"branch_id": page.branch.path.split("/")[1], "name": page.branch.label} if page.branch else None,
        **{block.anchor: subjects[block.anchor].document(block) for block in page.blocks},
    }
