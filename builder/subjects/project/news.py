"""Projects in time: each stage that was done."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language import mark
from builder.model import News, Unit
from builder.subjects.edition import Edition
from builder.subjects.project.block import NAMES, listing_of
from builder.subjects.project.measure import ProjectFacts
from builder.subjects.project.stages import STAGES

__all__ = ["news"]

REACHED = mark("Project {stage}: {title}")


def news(facts: ProjectFacts, unit: Unit, edition: Edition) -> Iterator[News]:
    """Yield every stage that a project of a grid or a branch has behind it."""
    listing = listing_of(facts, unit)
    for row in listing.rows(unit.code) if listing else ():
        place = edition.names.grid(row.grid_id) if row.grid_id else edition.names.branch(row.branch_id)
        for stage, day in zip(STAGES, row.actual, strict=True):
            if row.project_id and day:
                name = edition.translate(NAMES[stage])
                yield News(
                    date=day,
                    key=f"project-{row.project_id}-{stage}",
                    title=edition.say(REACHED, stage=name, title=row.title),
                    text=place.label,
                    path=f"{place.path}#project",
                )
