"""The limits that a run is held against, and their verdicts. Ratios first: they hold on any machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean
from typing import NamedTuple

from tests.bench.cells import Checks
from tests.bench.ours import Rendered
from tests.bench.peers import Peers
from tests.bench.wholes import Trials, middle

__all__ = ["Limit", "Results", "growth", "limits", "missed"]


class Results(NamedTuple):
    """All that one run of the benchmark found, by the name of the size; None or absent: not measured."""

    date: str
    command: str
    trials: dict[str, Trials]
    renders: list[Rendered]
    checks: Checks | None
    mkdocs: Peers | None
    hugo: Peers | None


class Limit(NamedTuple):
    """One limit: what it is about, the number found (None: not judged by this run), and how far it may go.

    `least` and `most` include themselves.
    """

    what: str
    found: float | None
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None when it was not judged."""
        if self.found is None:
            return None
        return (self.least is None or self.found >= self.least) and (self.most is None or self.found <= self.most)

    @property
    def verdict(self) -> str:
        return {True: "met", False: "**missed**", None: "not judged"}[self.met]

    @property
    def bounds(self) -> str:
        """The limit in words."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g} to {self.most:g} {self.unit}"
        return f"at most {self.most:g} {self.unit}" if self.most is not None else f"at least {self.least:g} {self.unit}"


def limits(results: Results) -> list[Limit]:
    """Return every limit, in the order of the report."""
    checks, hugo = results.checks, results.hugo
    small, large = results.trials.get("small"), results.trials.get("large")
    return [
        Limit("10,000 grids, 1,000,000 cases, CSV to site ÷ the same before", ratio(large), "×", most=0.35),
        Limit("the 10,000 grid pages ÷ Hugo, wall, all cores", 1 / hugo.ratio if hugo else None, "×", most=0.3),
        Limit("1,000,000 clean case rows: rows a second ÷ stock Frictionless on one core",
              checks.ratio if checks else None, "×", least=25),
        Limit("the same rows, one of them bad: more time", checks.more_seconds if checks else None, "s", most=1),
        Limit("… findings that are not those of stock Frictionless", disagreement(checks), "", most=0),
        Limit("peak memory of all processes (PSS), 10,000 grids, 1,000,000 cases",
              max(trial.cost.memory.pss for trial in large.now) / 1000 if large else None, "GB", most=1.3),
        Limit("a page of 10,000 ÷ a page of 1,000 (user time, warm, by the machine’s pace)",
              growth(results.renders), "×", 0.9, 1.1),
        Limit("370 grids, 20,000 cases, cold ÷ the same before", ratio(small), "×", most=0.4),
        Limit("the site of 10,000 grids", large.now[0].site_mb / 1000 if large else None, "GB", most=1.1),
    ]  # fmt: skip


def ratio(trials: Trials | None) -> float | None:
    """Return our median wall time in that of the former program; None when one of them was not measured."""
    return middle(trials.now) / middle(trials.former) if trials and trials.former else None


def growth(renders: Sequence[Rendered]) -> float | None:
    """Return what a page costs among 10,000 in what one costs among 1,000; None when one was not measured.

    Each in what a fixed piece of work costs at the time: the machine may be twice as fast a minute later.
    """
    medium, large = ([x.later_ms / x.pace for x in renders if x.size.name == name] for name in ("medium", "large"))
    return mean(large) / mean(medium) if medium and large else None


def disagreement(checks: Checks | None) -> float | None:
    return None if checks is None else float(not checks.agree)


def missed(found: Sequence[Limit]) -> Iterator[Limit]:
    """Yield the limits that were judged and not kept."""
    return (limit for limit in found if limit.met is False)
