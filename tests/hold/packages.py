"""Nights of a small package: what is held, what is built instead, and what is kept for the next night."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from builder import hold, pipeline
from builder.hold import Settled
from builder.model import Finding
from builder.pipeline import Checked
from tests.packages import BRANCH_TABLES, GRIDS, csv, no_clock, quiet, write_package

__all__ = ["FIRST", "Nights", "duties", "duty", "grids"]

FIRST = date(2026, 10, 31)
DUTIES = "duty_id,branch_id,grid_id,category,title,frequency,due_date,done_date"
FEEDBACK = "feedback_id,duty_id,grid_id,received_date"


def duty(number: int, due: str = "2026-10-01", grid: str = GRIDS[0]) -> str:
    return f"D{number:08},B00000002,{grid},安全巡查,巡查{number},一次,{due},"


def duties(count: int, *more: str) -> str:
    return csv(DUTIES, [*(duty(number) for number in range(1, count + 1)), *more])


def grids(*codes: str) -> str:
    return csv(
        "grid_id,name,area_id,kind,opened_date,closed_date",
        [f"{code},{number}格,990001001001,综合,2020-01-01," for number, code in enumerate(codes)],
    )


def terms(*codes: str) -> str:
    return csv("branch_id,grid_id,role,from_date,to_date", [f"B00000002,{code},主责,2020-01-01," for code in codes])


class Nights:
    """A private package in `folder`/package, with what is kept beside it. `told`: findings of the last night."""

    def __init__(self, folder: Path, count: int = 30, settings: Mapping[str, object] | None = None) -> None:
        names = ("area", "branch")
        tables = {name: BRANCH_TABLES[name] for name in names}
        tables |= {"grid": grids(*GRIDS), "branch_grid": terms(*GRIDS), "duty": duties(count)}
        self.package, self.kept = write_package(folder / "package", tables, settings), folder / "kept"
        self.day, self.judged, self.told = FIRST, 0, tuple[Finding, ...]()

    def write(self, name: str, text: str) -> None:
        (self.package / name).write_text(text, encoding="utf-8")

    def settled(self, accepted: Collection[str] = (), *, is_kept: bool = True) -> Settled:
        """Return what a night settles on, and keep it as a build does that succeeds."""
        self.judged = 0

        def judge(instead: Mapping[Path, bytes], without: Collection[Path]) -> Checked:
            self.judged += 1
            return pipeline.check(
                self.package, no_clock, quiet, self.day, is_locked=False, instead=instead, without=without
            )

        def tell(found: Checked) -> None:
            self.told = tuple(found.report.findings)

        with hold.kept(self.kept) as folder:
            opened = pipeline.opened(self.package)
            done = hold.settle(opened, folder, judge, tell, accepted)
            if is_kept and not done.found.errors:
                folder.keep(done.state, self.package)
        return done

    def night(self, accepted: Collection[str] = ()) -> dict[str, tuple[str, str, Sequence[str]]]:
        """Return path → as_of, since, kinds of what one night holds, and go on to the next day."""
        done = self.settled(accepted)
        assert not done.found.errors
        self.day += timedelta(1)
        return {item.path: (item.as_of, item.since, tuple(item.kinds)) for item in done.held}
