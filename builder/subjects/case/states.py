"""The cases of a grid that may be listed, by the state that they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from builder.model import Status
from builder.subjects.case.facts import CaseRow
from builder.subjects.shown import KindOfLate, Shown, by_kind, late_first, newest_first, nothing

__all__ = ["States", "in_states"]


class States(TypedDict):
    """The cases of a grid by their state."""

    overdue: Shown[CaseRow]
    open: Shown[CaseRow]
    late: tuple[KindOfLate[CaseRow], ...]
    done_late: Shown[CaseRow]
    on_time: Shown[CaseRow]
    done: Shown[CaseRow]


def in_states(rows: Sequence[CaseRow]) -> States:
    """Return cases, the newest first, by their state."""
    if not rows:
        none = nothing()
        return States(overdue=none, open=none, late=(), done_late=none, on_time=none, done=none)
    by_state: dict[Status, list[CaseRow]] = {state: [] for state in Status}
    for row in rows:
        by_state[row.status].append(row)
    ended = Counter(row.category for row in rows if row.status in (Status.ON_TIME, Status.LATE, Status.OVERDUE))
    late, done_late = Counter(row.category for row in by_state[Status.LATE]), newest_first(by_state[Status.LATE])
    return States(
        overdue=late_first(by_state[Status.OVERDUE], lambda row: row.days_late),
        open=newest_first(row for row in rows if row.status in (Status.OVERDUE, Status.OPEN)),
        late=by_kind(
            [(name, count, ended[name]) for name, count in late.most_common()], done_late.all, lambda row: row.category
        ),
        done_late=done_late,
        on_time=newest_first(by_state[Status.ON_TIME]),
        done=newest_first(by_state[Status.DONE]),
    )
