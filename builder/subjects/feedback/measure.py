"""From the counts that may be published to facts: tallies and medians of every unit, and rows by grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from builder.frames import Listing, excuses, iso, late, survival_median, text, walk
from builder.model import Late, Level, Scope, Status, Unit
from builder.subjects.feedback.protect import FeedbackPublished
from builder.subjects.feedback.tally import COUNTED, FeedbackTally, RatingTally

__all__ = ["FeedbackFacts", "FeedbackRow", "UnitFeedback", "measure"]

STATUS = {status.value: status for status in Status}
HEADLINE = 40
"""Characters of a question that stand where it is named among other things."""


class FeedbackRow(NamedTuple):
    """One question and its reply; texts may have several lines. `headline`: its beginning, "" where that is all of it.

    `days` to the reply, or waiting so far; `days_late` beyond the limit. `reason`, `expected_date`: as in `Late`.
    """

    feedback_id: str
    category: str
    headline: str
    question: str
    received_date: str
    limit_date: str
    reply: str
    replied_date: str
    replied_by: str
    result: str
    status: Status
    days: int
    days_late: int
    reason: str | None
    expected_date: str | None


class UnitFeedback(NamedTuple):
    """Feedback of one unit: all, and by category."""

    tally: FeedbackTally
    categories: tuple[tuple[str, FeedbackTally], ...]


NONE = UnitFeedback(FeedbackTally(), ())


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """`units[level]`: unit → its feedback. `total`: that of all areas together. `rows`: by grid, newest first.

    `ratings`: what residents thought of the replies of `quarter`; None: no ratings, or too few. `late`: what is
    overdue, longest first. `has_limits`: some of it has, or had, a limit.
    """

    units: Mapping[Level, Mapping[str, UnitFeedback]]
    total: FeedbackTally
    ratings: RatingTally | None
    quarter: str
    rows: Listing[FeedbackRow]
    late: tuple[Late, ...]
    has_limits: bool

    def of(self, unit: Unit) -> UnitFeedback:
        """Return the feedback of a unit; zeros for one that has none."""
        return self.units[unit.level].get(unit.code, NONE)


def measure(published: FeedbackPublished, scope: Scope) -> FeedbackFacts:
    """Return the facts of what may be published."""
    units: dict[Level, Mapping[str, UnitFeedback]] = {
        level: of_level(frame, published.days[level]) for level, frame in published.tallies.items()
    }
    ratings, total = published.ratings, added([units["area"].get(top, NONE).tally for top in scope.tree.tops])
    return FeedbackFacts(
        units=units,
        total=total,
        ratings=RatingTally(**ratings) if ratings else None,
        quarter=published.quarter,
        rows=Listing(text(published.rows, "grid_id"), row_columns(published.rows), FeedbackRow),
        late=overdue(published.rows),
        has_limits="limit_date" in published.rows,
    )


def of_level(frame: pd.DataFrame, days: pd.DataFrame) -> Mapping[str, UnitFeedback]:
    """Return the feedback of every unit of one level."""
    medians = {
        unit: survival_median(rows, sum(replied + censored for _, replied, censored in rows))
        for unit, rows in walk(days, ["days", "replied", "censored"])
    }
    found = {}
    for unit, rows in walk(frame, ["category", *COUNTED]):
        categories = tuple((str(name), tally(numbers)) for name, *numbers in rows)
        whole = added([item for _, item in categories])
        found[unit] = UnitFeedback(replace(whole, median_days=medians.get(unit)), categories)
    return found


def tally(numbers: Sequence[int]) -> FeedbackTally:
    """Return the tally of `numbers`, which are in the order of COUNTED."""
    return FeedbackTally(**dict(zip(COUNTED, numbers, strict=True)))


def added(items: Sequence[FeedbackTally]) -> FeedbackTally:
    return FeedbackTally(**{name: sum(getattr(item, name) for item in items) for name in COUNTED})


def row_columns(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of FeedbackRow by name."""
    questions = text(rows, "question")
    words = ("feedback_id", "category", "reply", "replied_by", "result")
    return {
        **{name: text(rows, name) for name in words},
        **{name: iso(rows, name) for name in ("received_date", "limit_date", "replied_date")},
        "question": questions,
        "headline": ["" if short == whole else short for whole in questions for short in (headline(whole),)],
        **excuses(rows),
        "status": [STATUS[value] for value in rows["status"]],
        "days": rows["days"].tolist(),
        "days_late": rows["days_late"].tolist(),
    }


def headline(question: str) -> str:
    """Return the first line of a question, cut after HEADLINE characters; all of a short one."""
    first, *others = question.strip().splitlines() or [""]
    return f"{first[:HEADLINE]}…" if others or len(first) > HEADLINE else first


def overdue(rows: pd.DataFrame) -> tuple[Late, ...]:
    """Return the overdue questions, longest overdue first."""
    found = rows[rows["status"] == Status.OVERDUE]
    titles = [headline(question) for question in text(found, "question")]
    return late(found.assign(days=found["days_late"]), "feedback", "feedback_id", titles, "limit_date")
