"""What tables of counts are made with: the package's words, the limits of its categories, what was published before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from builder.control import Status, protected, protected_pairs, revisable
from builder.model import Policy, Tables, Tree
from builder.subjects.case.quarters import MEASURES, TABLE
from builder.subjects.case.units import Ints, Units
from builder.subjects.correction import Before, may_change, refuse, shown_before
from builder.subjects.counts import NO_ITEM, STATUSES
from builder.subjects.subject import Closing

__all__ = ["Limit", "Making", "Sums", "Words", "making", "sums"]

QUARTERS = 4

Sums: TypeAlias = Mapping[tuple[str, str, str], int]
"""(measure, place, item) → what the quarters of a year add up to."""


class Words(NamedTuple):
    """What the package calls measures and statuses, by role; "" where it has no word: that table is not made."""

    measure: Mapping[str, str]
    status: Mapping[str, str]

    def rows(
        self, measure: str, item: str, codes: tuple[str, ...], values: Ints, statuses: npt.NDArray[np.int8]
    ) -> pd.DataFrame:
        """Return the cells of one table."""
        names = {Status.SHOWN: None, Status.FEWER: self.status["fewer"], Status.WITHHELD: self.status["withheld"]}
        return pd.DataFrame({
            "place_id": list(codes),
            "measure": self.measure[measure],
            "item": item or NO_ITEM,
            "count": pd.Series(values, dtype="Int64").mask(statuses != Status.SHOWN, pd.NA),
            "status": [names[Status(status)] for status in statuses],
        })  # fmt: skip


class Limit(NamedTuple):
    """The smallest count of a category that is shown, and whether its zeros tell something too."""

    least: int
    zero_is_sensitive: bool


class Making(NamedTuple):
    """What all tables are made with: `limits` by category, those not listed, and those counted down to the grids."""

    tables: Tables
    tree: Tree
    words: Words
    limits: Mapping[str, Limit]
    hidden: tuple[str, ...]
    counted: frozenset[str]
    least: int
    before: Before
    period: str

    def order(self, table: Units, item: str) -> Ints:
        """Return which of several units is hidden first for another's sake: a lot drawn anew for each table.

        Anybody can draw it again, and it knows no count. By code it would always fall on the same streets. What units
        have of their own (`Units.whole`) comes before all others: it is printed nowhere, so hiding it costs nothing.
        """
        lots = [hashlib.sha256(f"{self.period} {item} {code}".encode()).digest()[:7] for code in table.codes]
        drawn = np.array([int.from_bytes(lot, "big") for lot in lots], dtype=np.int64)
        return np.concatenate((drawn, np.full(np.count_nonzero(table.own), -1, dtype=np.int64)))

    def statuses(self, measure: str, item: str, table: Units, values: Ints, limit: Limit) -> npt.NDArray[np.int8]:
        """Return what of a table may be shown. Raises BuilderError for a correction that would tell of somebody."""
        (least, zero), number, order = limit, len(table.codes), self.order(table, item)
        parent, whole = table.whole(values)
        if self.before is None:
            return protected(whole, parent, least, zero_is_sensitive=zero, order=order)[:number]
        old = [self.before.get((measure, code, item or NO_ITEM)) for code in table.codes]
        is_told = np.array([count is not None for count in old])
        _, known = table.whole(np.array([count or 0 for count in old], dtype=np.int64))
        is_part_told = [bool(is_told[n] and is_told[table.parent == n].all()) for n in parent[number:]]
        is_told = np.concatenate((is_told, np.array(is_part_told, dtype=np.bool_)))
        told = np.where(is_told, Status.SHOWN, Status.WITHHELD).astype(np.int8)
        known = np.where(is_told, known, 0)
        found = revisable(known, told, whole, parent, least, zero_is_sensitive=zero, order=order)
        if found.status is None:
            refuse(measure, item, [table.codes[n] for n in found.in_the_way if n < number], least)
        return found.status[:number]

    def pair_statuses(self, table: Units, good: Ints, bad: Ints, closed: Ints) -> npt.NDArray[np.int8]:
        """Return where satisfied and dissatisfied may be shown; `closed`: how many there are can be counted."""
        (parent, first), (_, second), (_, upper) = (table.whole(values) for values in (good, bad, closed))
        order = self.order(table, "")
        return protected_pairs(first, second, parent, upper, self.least, order=order)[: len(table.codes)]

    def knowing(self, sums: Sums) -> Making:
        """Return the same where `sums` are known from other tables, before a correction as after it."""
        return self if self.before is None else self._replace(before={**self.before, **sums})

    def may_change(self, measure: str, item: str, codes: tuple[str, ...], values: Ints, least: int) -> None:
        """Raise BuilderError where a number that is part of no other would tell of somebody by its change."""
        may_change(self.before, measure, item or NO_ITEM, dict(zip(codes, values.tolist(), strict=True)), least)


def making(tables: Tables, tree: Tree, policy: Policy, closing: Closing) -> Making:
    """Return what the tables of a period are made with."""
    levels, limits, words = policy.levels["case"], limits_of(tables, policy), words_of(tables)
    hidden = tuple(sorted(set(limits) - levels.itemised))
    before = shown_before(words.measure, closing)
    return Making(tables, tree, words, limits, hidden, levels.counted, policy.minimum_cell, before, closing.name)


def words_of(tables: Tables) -> Words:
    """Return the package's word for each role."""

    def word(field: str, role: str) -> str:
        return min(tables.values(TABLE, field, role), default="")

    return Words({role: word("measure", role) for role in MEASURES}, {role: word("status", role) for role in STATUSES})


def limits_of(tables: Tables, policy: Policy) -> Mapping[str, Limit]:
    """Return category → its limit: its own, never below the package's."""
    category = tables["case_category"].drop_duplicates("category_id").dropna(subset="category_id")
    none = pd.Series(pd.NA, index=category.index)
    own = category.get("minimum_cell", none).fillna(0).astype(int)
    zero = category.get("hides_zero", none).fillna(False).astype(bool)
    return {
        str(code): Limit(max(policy.minimum_cell, least), bool(hides))
        for code, least, hides in zip(category["category_id"], own, zero, strict=True)
    }


def sums(make: Making, closing: Closing) -> Sums:
    """Return (measure, area, item) → what the quarters of a year add up to, where all four are shown."""
    frame = closing.known[closing.known["period"].str.startswith(f"{closing.name}-")]
    roles = {word: role for role, word in make.words.measure.items() if word}
    return {
        (roles[str(measure)], str(place), str(item)): int(part["count"].sum())
        for (measure, place, item), part in frame.groupby(["measure", "place_id", "item"])
        if len(part) == QUARTERS and part["count"].notna().all() and measure in roles
    }
