"""From the counts that may be published to facts: totals, categories, months and medians of every unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

import pandas as pd

from builder.calendar.periods import months as months_of
from builder.frames import (
    Listing,
    count,
    excuses,
    iso,
    late,
    pairs,
    present,
    records,
    summed,
    survival_median,
    text,
    walk,
)
from builder.model import Late, Level, Period, Scope, Status, added
from builder.subjects.case.cuts import CUTS
from builder.subjects.case.facts import (
    UNTOLD,
    CaseFacts,
    CaseRow,
    Cell,
    Cells,
    Limits,
    Months,
    Signal,
    Totals,
    UnitCases,
)
from builder.subjects.case.protect import CasePublished
from builder.subjects.case.tally import COUNTED, CaseTally, RatingTally

__all__ = ["measure"]

STATUS = {status.value: status for status in Status}
Values: TypeAlias = tuple[tuple[str, CaseTally], ...]


def measure(published: CasePublished, scope: Scope) -> CaseFacts:
    """Return the facts of what may be published."""
    quiet: Months = tuple((name, 0, 0) for name in scope.months)
    span = compared(published.since, scope)
    units: dict[Level, Mapping[str, UnitCases]] = {
        level: of_level(published, level, quiet, span) for level in published.days
    }
    nothing = UnitCases(CaseTally(), (), quiet, tuple(0 if name else None for name in span))
    tops = [units["area"].get(top, nothing).tally for top in scope.tree.tops]
    names = pairs(published.categories, "category_id", "name")
    quarters = by_unit(published.quarters)
    last = next((name for name in reversed(published.closed) if "-" in name), "")
    ratings = whole_ratings(quarters, last, scope.tree.tops)
    return CaseFacts(
        units=units,
        quiet=nothing,
        total=Totals(
            received=sum(item.received for item in tops),
            response=added(*(item.response for item in tops)),
            on_time=added(*(item.on_time for item in tops)),
            ratings=ratings,
            rated=last if ratings else "",
        ),
        rows=Listing(text(published.rows, "grid_id"), row_columns(published.rows, names), CaseRow),
        late=overdue(published.rows, names),
        names=names,
        groups=pairs(published.categories, "category_id", "group"),
        itemised=published.itemised,
        counted=published.counted,
        least=least(published),
        closed=published.closed,
        quarters=quarters,
        revised=frozenset(published.quarters.loc[published.quarters["revision"] > 1, "period"]),
        has_limits=published.has_limits,
        resolves=published.resolves,
        signals=signals(published.signals),
        are_tested=published.are_tested,
        limits=limits(published.categories),
    )


def limits(frame: pd.DataFrame) -> tuple[Limits, ...]:
    """Return what is promised of each category, in the order of the table."""
    return tuple(
        Limits(
            present(row, "name"), count(row, "respond_limit_days"), count(row, "resolve_limit_days"),
            present(row, "limit_unit"), present(row, "day_kind"), present(row, "disclosure"),
        )
        for row in records(frame)
    )  # fmt: skip


def by_unit(frame: pd.DataFrame) -> Mapping[str, Cells]:
    """Return unit → (period, measure, item) → its cell."""
    found: dict[str, dict[tuple[str, str, str], Cell]] = {}
    columns = (text(frame, name) for name in ("unit", "period", "measure", "item", "status"))
    for unit, period, measure, item, status, number in zip(*columns, frame["count"], strict=True):
        cell = Cell(None if status else int(number), status)
        found.setdefault(unit, {})[period, measure, item] = cell
    return found


def whole_ratings(quarters: Mapping[str, Cells], last: str, tops: Sequence[str]) -> RatingTally | None:
    """Return the ratings of the quarter `last` in all topmost areas; None where one of them hides its own."""
    cells = [
        [quarters.get(top, {}).get((last, name, ""), UNTOLD).number for top in tops]
        for name in ("satisfied", "dissatisfied")
    ] if last else []  # fmt: skip
    numbers = [number for row in cells for number in row]
    if not numbers or None in numbers or not sum(filter(None, numbers)):
        return None
    good, bad = (sum(filter(None, row)) for row in cells)
    return RatingTally(good, bad)


def least(published: CasePublished) -> Mapping[str, int]:
    """Return category → the smallest count of it that is shown."""
    frame = published.categories
    own = frame["minimum_cell"].fillna(0).tolist() if "minimum_cell" in frame else [0] * len(frame)
    return {
        code: max(int(number), published.minimum_cell)
        for code, number in zip(text(frame, "category_id"), own, strict=True)
    }


def compared(since: date | None, scope: Scope) -> tuple[str, ...]:
    """Return for each month of the period the same a year before, "" where it cannot be laid beside it.

    Not a month that is not over, nor one before the year that is counted, nor one that the data covers in part.
    """
    year_before = [f"{int(name[:4]) - 1}{name[4:]}" for name in scope.months]
    reach = months_of(Period(date(scope.period.start.year - 1, scope.period.start.month, 1), scope.as_of))[0]
    is_over = (scope.as_of + timedelta(days=1)).day == 1
    over = [*(True for _ in scope.months[:-1]), is_over]
    return tuple(
        name if ended and since and name >= reach and since.isoformat() <= f"{name}-01" else ""
        for name, ended in zip(year_before, over, strict=True)
    )


def signals(frame: pd.DataFrame) -> Mapping[str, tuple[Signal, ...]]:
    """Return the months that stand out, area by area."""
    found: dict[str, list[Signal]] = {}
    months = [day[:7] for day in iso(frame, "month")]
    columns = (text(frame, "unit"), text(frame, "category_id"), months, frame["received"], frame["usual"])
    for area, category, month, received, usual in zip(*columns, strict=True):
        found.setdefault(area, []).append(Signal(area, category, month, int(received), float(usual)))
    return {area: tuple(rows) for area, rows in found.items()}


def of_level(
    published: CasePublished, level: Level, quiet: Months, span: tuple[str, ...]
) -> Mapping[str, UnitCases]:
    """Return the cases of every unit of one level; `span`: the months a year before."""
    whole, part = medians(published.days[level])
    trend, earlier = monthly(published.months[level], quiet, span)
    cuts = across(published, level)
    none = tuple(0 if name else None for name in span)
    total = summed(published.tallies[level], ["unit"], list(COUNTED))
    totals = {unit: rows[0] for unit, rows in walk(total, COUNTED)}
    found = {}
    for unit, rows in walk(published.tallies[level], ["category_id", *COUNTED]):
        categories = tuple((str(name), tally(numbers, part.get((unit, str(name))))) for name, *numbers in rows)
        found[unit] = UnitCases(
            tally=tally(totals[unit], whole.get(unit)), categories=categories, months=trend.get(unit, quiet),
            before=earlier.get(unit, none), cuts=cuts.get(unit, ()),
        )  # fmt: skip
    for unit in sorted({*trend, *earlier} - set(found)):  # nothing is left of them but what they had a year before
        found[unit] = UnitCases(CaseTally(), (), trend.get(unit, quiet), earlier.get(unit, none))
    return found


def across(published: CasePublished, level: Level) -> Mapping[str, tuple[tuple[str, Values], ...]]:
    """Return the cases of every unit by each cut."""
    if level not in published.cuts:
        return {}
    lengths: dict[tuple[str, ...], list[tuple[int, int, int]]] = {}
    for unit, rows in walk(published.cut_days[level], ["cut", "value", "days", "resolved", "censored"]):
        for name, value, *histogram in rows:
            days, resolved, censored = histogram
            lengths.setdefault((unit, name, value), []).append((days, resolved, censored))
    found = {}
    for unit, rows in walk(published.cuts[level], ["cut", "value", *COUNTED]):
        by_cut: dict[str, list[tuple[str, CaseTally]]] = {}
        for name, value, *numbers in rows:
            histogram = lengths.get((unit, name, value), [])
            middle = survival_median(histogram, sum(r + c for _, r, c in histogram))
            by_cut.setdefault(name, []).append((value, tally(numbers, middle)))
        # values in the order of their size, what is not recorded last
        found[unit] = tuple(
            (name, tuple(sorted(by_cut[name], key=lambda item: (item[0] == "", -item[1].received, item[0]))))
            for name in CUTS
            if name in by_cut
        )
    return found


def tally(numbers: Sequence[Any], median_days: int | None) -> CaseTally:
    """Return the tally of `numbers`, which are in the order of COUNTED."""
    return CaseTally(**dict(zip(COUNTED, numbers, strict=True)), median_days=median_days)


def medians(days: pd.DataFrame) -> tuple[dict[str, int | None], dict[tuple[str, str], int | None]]:
    """Return the median of every unit, and of every unit and category."""
    part: dict[tuple[str, str], int | None] = {}
    for unit, rows in walk(days, ["category_id", "days", "resolved", "censored"]):
        by_category: dict[str, list[tuple[int, int, int]]] = {}
        for category, *days_and_counts in rows:
            by_category.setdefault(str(category), []).append(tuple(days_and_counts))
        for category, histogram in by_category.items():
            part[unit, category] = survival_median(histogram, sum(r + c for _, r, c in histogram))
    total = summed(days, ["unit", "days"], ["resolved", "censored"])
    whole = {
        unit: survival_median(rows, sum(r + c for _, r, c in rows))
        for unit, rows in walk(total, ["days", "resolved", "censored"])
    }
    return whole, part


def monthly(
    frame: pd.DataFrame, quiet: Months, span: tuple[str, ...]
) -> tuple[dict[str, Months], dict[str, tuple[int | None, ...]]]:
    """Return for each unit every month of the period in order, with 0 where nothing was received or resolved.

    And what was received in the months `span`, None where there is none to be laid beside.
    """
    total = summed(frame, ["unit", "month"], ["received", "resolved"])
    total["month"] = [day[:7] for day in iso(total, "month")]
    result: dict[str, Months] = {}
    earlier: dict[str, tuple[int | None, ...]] = {}
    for unit, rows in walk(total, ["month", "received", "resolved"]):
        known = {month: (received, resolved) for month, received, resolved in rows}
        result[unit] = tuple((name, *known.get(name, (0, 0))) for name, _, _ in quiet)
        earlier[unit] = tuple(known.get(name, (0, 0))[0] if name else None for name in span)
    return result, earlier


def row_columns(rows: pd.DataFrame, names: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return the columns of CaseRow by name."""
    words = ("case_id", "channel", "stage", "handler_kind", "method", "outcome")
    days = ("received_date", "responded_date", "resolved_date", "limit_date")
    return {
        **{name: text(rows, name) for name in words},
        **{name: iso(rows, name) for name in days},
        "category": [names.get(code, code) for code in text(rows, "category_id")],
        **excuses(rows),
        "status": [STATUS[value] for value in rows["status"]],
        "days": rows["days"].tolist(),
        "days_late": rows["days_late"].tolist(),
    }


def overdue(rows: pd.DataFrame, names: Mapping[str, str]) -> tuple[Late, ...]:
    """Return the overdue cases that may be listed, longest overdue first."""
    found = rows[rows["status"] == Status.OVERDUE]
    titles = [names.get(code, code) for code in text(found, "category_id")]
    return late(found.assign(days=found["days_late"]), "case", "case_id", titles, "limit_date")
