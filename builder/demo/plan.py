"""What to generate: how much, from which seed, as of which day. Nothing else decides the result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The size, seed and reference day of a demonstration package.

    `cases`: those of the twelve months that end on `as_of`; `earlier`: those of the twelve months before them.
    """

    grids: int
    cases: int
    seed: int
    as_of: date
    earlier: int = 0

    def __post_init__(self) -> None:
        """Raise BuilderError for a size that cannot be generated."""
        if self.grids < 1:
            raise BuilderError(
                mark("demonstration data need at least one grid, not {grids}"),
                mark("ask for more grids"),
                grids=self.grids,
            )
        fewest, both = min(self.cases, self.earlier), self.cases + self.earlier
        if not 0 <= fewest <= both < 10**12:
            raise BuilderError(
                mark("{cases} cases cannot be generated"),
                mark("ask for 0 to 999999999999 cases"),
                cases=fewest if fewest < 0 else both,
            )
        if self.seed < 0:
            raise BuilderError(mark("the seed {seed} is negative"), mark("use 0 or a larger number"), seed=self.seed)

    @property
    def today(self) -> np.datetime64:
        """The day `as_of`, for arithmetic."""
        return np.datetime64(self.as_of, "D")

    @property
    def start(self) -> np.datetime64:
        """The first day of the twelve months that end on `as_of`."""
        leap = self.as_of.month == 2 and self.as_of.day == 29
        year_before = self.as_of.replace(year=self.as_of.year - 1, day=28 if leap else self.as_of.day)
        return np.datetime64(year_before + timedelta(days=1), "D")

    @property
    def before(self) -> Plan:
        """The plan of the twelve months before: `earlier` cases, as of the day before `start`."""
        last = date.fromisoformat(str(self.start - np.timedelta64(1, "D")))
        return replace(self, cases=self.earlier, earlier=0, as_of=last)
