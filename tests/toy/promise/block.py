"""Promises on a page."""

from dataclasses import dataclass
from typing import ClassVar

from builder.model import Block, Figure, Json, Late, Ratio, Unit
from builder.subjects.edition import Edition
from builder.subjects.subject import Column
from tests.toy.promise.definitions import KEPT
from tests.toy.promise.measure import PromiseFacts, Promises


@dataclass(frozen=True, slots=True)
class PromiseBlock(Block):
    """Promises of a unit."""

    template: ClassVar[str] = "promise.html"
    anchor: ClassVar[str] = "promise"

    promises: Promises


def block(facts: PromiseFacts, unit: Unit, _edition: Edition) -> PromiseBlock:
    """Return the promises of a unit."""
    return PromiseBlock(facts.of(unit))


def figures(found: PromiseBlock, _unit: Unit, _edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of promises."""
    return (Figure(KEPT.name, KEPT.anchor, KEPT.of(found.promises)),)


def totals(facts: PromiseFacts, _edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of promises."""
    return (Figure(KEPT.name, KEPT.anchor, facts.total),)


def columns(_facts: PromiseFacts, _edition: Edition, _are_grids: bool) -> tuple[Column[PromiseFacts], ...]:
    """Return the column of the table that puts children side by side."""

    def kept(facts: PromiseFacts, unit: Unit) -> Ratio:
        return KEPT.of(facts.of(unit))

    return (Column(KEPT.name, KEPT.anchor, kept, "fewest promises kept first"),)


def document(found: PromiseBlock) -> Json:
    """Return the block for data.json."""
    return found.promises._asdict()


def always(_facts: PromiseFacts) -> bool:
    """Return that a promise can be overdue."""
    return True


def overdue(facts: PromiseFacts, unit: Unit) -> int:
    """Return how many promises of a unit are broken."""
    return facts.of(unit).broken


def listed(facts: PromiseFacts) -> tuple[Late, ...]:
    """Return the broken promises."""
    return facts.late
