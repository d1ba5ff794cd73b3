"""Promises of every unit, and those that are overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from builder.frames import late, text, walk
from builder.model import Late, Level, Ratio, Scope, Unit
from tests.toy.promise.count import COUNTED
from tests.toy.promise.protect import PromisePublished


class Promises(NamedTuple):
    """Promises of one unit."""

    made: int
    kept: int
    broken: int


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """`units[level]`: unit → its promises. `late`: what is overdue, longest first."""

    units: Mapping[Level, Mapping[str, Promises]]
    total: Ratio
    late: tuple[Late, ...]

    def of(self, unit: Unit) -> Promises:
        """Return the promises of a unit."""
        return self.units[unit.level].get(unit.code, Promises(0, 0, 0))


def measure(published: PromisePublished, scope: Scope) -> PromiseFacts:
    """Return the facts of what may be published."""
    units = {
        level: {unit: Promises(*map(int, rows[0])) for unit, rows in walk(frame, COUNTED)}
        for level, frame in published.tallies.items()
    }
    rows = published.rows[published.rows["days"] > 0]
    tops = [units["area"][top] for top in scope.tree.tops]
    return PromiseFacts(
        units=units,
        total=Ratio(sum(item.kept for item in tops), sum(item.made for item in tops)),
        late=late(rows, "promise", "promise_id", text(rows, "title"), "due_date"),
    )
