"""What a published figure means, said once: ratios are computed from it, and the page of definitions is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.model.measure import Ratio, alone

__all__ = ["Definition"]


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure. `anchor`: where it stands on the page of definitions; all texts are message ids.

    A ratio has `numerator` and `denominator`: counts that are added up, by their names in a tally, and `counts` says
    what each is called. A number that is a part of nothing has a numerator alone. Any other figure has its `formula` in
    words. `exclusions`: what is left out; `source`: the columns it is made from, a standard, a publication. `needs`:
    tables, or columns as `table.column`, of which a package has at least one where the figure occurs; () for any.
    """

    anchor: str
    name: str
    meaning: str
    exclusions: str
    source: str
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    counts: Mapping[str, str] = field(default_factory=dict)
    formula: str = ""
    needs: tuple[str, ...] = ()

    def of(self, tally: Any) -> Ratio:
        """Return the figure of a tally whose attributes are the counts; a count of None (hidden) counts as 0."""
        top, bottom = (sum(getattr(tally, name) or 0 for name in names) for names in (self.numerator, self.denominator))
        return Ratio(top, bottom) if self.denominator else alone(top)
