"""Feedback on a page: how it was answered, the questions with their replies, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.language import mark
from builder.model import Block, Entry, Figure, Json, Late, Status, Unit
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.feedback.definitions import FOLLOWED, REPLY, SATISFIED
from builder.subjects.feedback.measure import FeedbackFacts, FeedbackRow
from builder.subjects.feedback.tally import FeedbackTally, RatingTally
from builder.subjects.subject import Column

__all__ = [
    "FeedbackBlock", "FeedbackCategoryRow", "FeedbackRecords", "block", "columns", "document", "figures", "has_limits",
    "listed", "overdue", "record_count", "records", "totals",
]  # fmt: skip


class FeedbackCategoryRow(NamedTuple):
    """One category of feedback with its tally, without a median."""

    name: str
    tally: FeedbackTally


@dataclass(frozen=True, slots=True)
class FeedbackBlock(Block):
    """Feedback of a unit: `rows` are the newest 20 of `row_count`; `more`: path of the full list or "".

    `ratings`: those of the whole package in `quarter`, on the page of a topmost area alone; None elsewhere and where
    they are too few. `is_whole`: whether it is such a page.
    """

    template: ClassVar[str] = "feedback.html"
    anchor: ClassVar[str] = "feedback"

    tally: FeedbackTally
    categories: tuple[FeedbackCategoryRow, ...]
    rows: tuple[FeedbackRow, ...]
    row_count: int
    more: str
    is_whole: bool
    ratings: RatingTally | None
    quarter: str = ""

    @property
    def late_rows(self) -> tuple[FeedbackRow, ...]:
        """Those of `rows` that are overdue still: they stand open on the page."""
        return tuple(item for item in self.rows if item.status == Status.OVERDUE)

    @property
    def other_rows(self) -> tuple[FeedbackRow, ...]:
        """The rest of `rows`, folded."""
        return tuple(item for item in self.rows if item.status != Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class FeedbackRecords(Block):
    """Every question of a grid."""

    template: ClassVar[str] = "feedback_records.html"
    anchor: ClassVar[str] = "feedback"

    rows: tuple[FeedbackRow, ...]

    def entries(self) -> tuple[Entry, ...]:
        """Return an entry of each question, by the year in which it was received."""
        return tuple(Entry(row.received_date[:4], self.anchor, "", row.status) for row in self.rows)

    def of(self, year: str, *, is_folded: bool) -> FeedbackRecords:
        """Return the questions that were received in a year; every one of them folds by itself."""
        return FeedbackRecords(tuple(row for row in self.rows if row.received_date[:4] == year))


def block(facts: FeedbackFacts, unit: Unit, edition: Edition) -> FeedbackBlock | None:
    """Return the feedback of a unit, listed for a grid only; None for a branch that answers for no grid."""
    level, code = unit
    if level == "branch" and code not in edition.places.terms:
        return None
    found = facts.of(unit)
    count = record_count(facts, unit)
    is_whole = level == "area" and edition.tree.tops == (code,) and not edition.tree.kind
    return FeedbackBlock(
        tally=found.tally,
        categories=tuple(FeedbackCategoryRow(name, tally) for name, tally in found.categories),
        rows=facts.rows.rows(code, NEWEST) if count else (),
        row_count=count,
        more=edition.records(unit),
        is_whole=is_whole,
        ratings=facts.ratings if is_whole else None,
        quarter=facts.quarter,
    )


def records(facts: FeedbackFacts, unit: Unit, _edition: Edition) -> FeedbackRecords | None:
    """Return every question of a grid; None elsewhere."""
    return FeedbackRecords(facts.rows.rows(unit.code)) if unit.level == "grid" else None


def record_count(facts: FeedbackFacts, unit: Unit) -> int:
    """Return how many questions are listed one by one: of a grid all."""
    return facts.rows.count(unit.code) if unit.level == "grid" else 0


def has_limits(facts: FeedbackFacts) -> bool:
    """Return whether a reply can be overdue."""
    return facts.has_limits


def overdue(facts: FeedbackFacts, unit: Unit) -> int:
    """Return how many replies a unit owes."""
    return facts.of(unit).tally.overdue


def listed(facts: FeedbackFacts) -> tuple[Late, ...]:
    """Return every question whose reply is overdue."""
    return facts.late


def figures(found: FeedbackBlock, _unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of feedback; nothing where no reply was due."""
    _ = edition.translate
    figure = Figure(
        edition.title("feedback"), REPLY.anchor, found.tally.punctuality, unit=_(mark("questions")),
        note=_(mark("answered in time")),
    )  # fmt: skip
    return (figure,) if found.tally.punctuality.denominator else ()


def totals(facts: FeedbackFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of feedback; rates that have no denominator are left out."""
    _, ratings = edition.translate, facts.ratings
    found = (
        (REPLY, facts.total.punctuality),
        *(((SATISFIED, ratings.satisfaction), (FOLLOWED, ratings.follow_up)) if ratings else ()),
    )
    return tuple(Figure(_(item.name), item.anchor, ratio) for item, ratio in found if ratio.denominator)


def columns(facts: FeedbackFacts, edition: Edition, _are_grids: bool) -> tuple[Column[FeedbackFacts], ...]:
    """Return the columns of the table that puts children side by side; none where replies have no limits."""
    column = Column[FeedbackFacts](
        edition.translate(REPLY.name), REPLY.anchor, lambda facts, unit: facts.of(unit).tally.punctuality
    )
    return (column,) if facts.has_limits else ()


def document(found: FeedbackBlock) -> Json:
    """Return the block for data.json."""
    return {
        **counts(found.tally),
        "median_days": found.tally.median_days,
        "categories": [{"name": row.name, **counts(row.tally)} for row in found.categories],
    }


def counts(tally: FeedbackTally) -> dict[str, Json]:
    return {
        "received": tally.received, "open": tally.open, "overdue": tally.overdue, "reply_kept": tally.reply_kept,
        "reply_late": tally.reply_late, "reply_missing": tally.reply_missing, "replied": tally.replied,
        "changed": tally.changed,
    }  # fmt: skip
