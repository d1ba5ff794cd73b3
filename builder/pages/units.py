"""What all pages of a unit have in common: the subjects' blocks, their key figures and their headings."""

from __future__ import annotations

from typing import NamedTuple

from builder.model import Block, Figure, Link, OnDuty, Unit
from builder.pages.compare import above, beside, with_rest
from builder.pages.sources import Sources
from builder.subjects.subject import AnySubject

__all__ = ["Blocks", "blocks", "breadcrumbs", "listed_in_all"]


class Blocks(NamedTuple):
    """The blocks of one unit in the order of the subjects, what the first screen says of them, and who is on duty."""

    found: tuple[tuple[AnySubject, Block], ...]
    figures: tuple[Figure, ...]
    on_duty: tuple[OnDuty, ...]
    contents: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> tuple[Block, ...]:
        """The blocks alone."""
        return tuple(block for _, block in self.found)


def blocks(source: Sources, unit: Unit) -> Blocks:
    """Return every subject's block for a unit."""
    edition, areas = source.edition, above(source, unit)
    made = ((subject, subject.block(source.facts(subject), unit, edition)) for subject in source.having(unit.level))
    found = tuple((subject, block) for subject, block in made if block is not None)
    return Blocks(
        found=found,
        figures=tuple(
            with_rest(source, beside(source, figure, block.anchor, areas), listed(source, subject, unit))
            for subject, block in found
            for figure in subject.figures(block, unit, edition)
        ),
        on_duty=tuple(item for subject, block in found for item in subject.on_duty(block)),
        contents=tuple((block.anchor, edition.title(subject.name)) for subject, block in found),
    )


def listed(source: Sources, subject: AnySubject, unit: Unit) -> int:
    """Return how much of a subject the page lists that has what is overdue in an area; 0 for other units."""
    if unit.level != "area" or subject.deadlines is None:
        return 0
    if unit.code in source.edition.tree.tops:
        return listed_in_all(source, subject)
    return subject.deadlines.count(source.facts(subject), unit)


def listed_in_all(source: Sources, subject: AnySubject) -> int:
    """Return how much of a subject overdue/ counts."""
    return sum(item.subject == subject.name for item in source.late.everything)


def breadcrumbs(source: Sources, grid: str) -> tuple[Link, ...]:
    """Return the areas of a grid from the top down."""
    return tuple(source.edition.names.area(area) for area in source.edition.tree.areas_of.get(grid, ()))
