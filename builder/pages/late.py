"""What is overdue as it is shown on a page: how much, and the first of it with names and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model import Late, LateItem, Level, Unit
from builder.pages.sources import Sources
from builder.subjects.edition import Edition
from builder.subjects.subject import AnySubject

__all__ = ["LateLine", "items", "line", "overdue_count", "with_deadlines"]

FIRST = 3
"""Overdue items named on a page's first screen; the sections below have them all."""


@dataclass(frozen=True, slots=True)
class LateLine:
    """What is overdue on a page: the first `items` of `count`, and where all of it stands ("": nowhere else).

    `parts`: (subject, how many), where more than one has something overdue.
    """

    items: tuple[LateItem, ...]
    count: int
    more: str
    parts: tuple[tuple[str, int], ...] = ()


def with_deadlines(source: Sources, level: Level = "grid") -> tuple[AnySubject, ...]:
    """Return the subjects in which something can be overdue, of those that have figures of a level."""
    return tuple(
        subject
        for subject in source.having(level)
        if subject.deadlines and subject.deadlines.can_be(source.facts(subject))
    )


def overdue_count(source: Sources, unit: Unit) -> int:
    """Return how much of a unit is overdue."""
    return sum(
        subject.deadlines.count(source.facts(subject), unit)
        for subject in with_deadlines(source, unit.level)
        if subject.deadlines
    )


def items(source: Sources, found: Sequence[Late]) -> tuple[LateItem, ...]:
    """Return overdue items with names and links."""
    words = {s.name: source.edition.translate(s.deadlines.word) for s in source.subjects if s.deadlines}
    return tuple(shown(source.edition, item, words[item.subject]) for item in found)


def shown(edition: Edition, item: Late, word: str) -> LateItem:
    branch = edition.names.branch(item.branch) if item.branch else None
    place = edition.names.grid(item.grid) if item.grid else edition.names.branch(item.branch)
    return LateItem(
        what=word, title=item.title, place=place, branch=branch, limit_date=item.limit_date, days=item.days,
        reason=item.reason, expected_date=item.expected_date,
    )  # fmt: skip


def line(source: Sources, found: Sequence[Late], count: int, more: str) -> LateLine:
    """Return the first of what is overdue; `more` is needed only when there is more."""
    first, of = items(source, found[:FIRST]), Counter(item.subject for item in found)
    parts = tuple((source.edition.title(item.name), of[item.name]) for item in source.subjects if of[item.name])
    return LateLine(
        items=first, count=count, more=more if len(first) < count else "", parts=parts if len(parts) > 1 else ()
    )
