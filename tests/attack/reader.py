"""Somebody who has the public packages of one night after the other, and nothing else: what the files state.

Knows the words of the schemas, no code of the builder. A cell is (measure, item, period, revision, place). A figure
that was printed otherwise on an earlier night, where it ought to be frozen, is a breach of its own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from tests.attack.adversary import ANY, Interval, Knowledge, breached, tells_of_few

Cell: TypeAlias = tuple[Any, ...]

RECEIVED, PAIR, TOTAL, NO_ITEM = "received", ("satisfied", "dissatisfied"), "all", "-"
KEY = ["period", "place_id", "measure", "item", "revision"]


class Breach(NamedTuple):
    """What somebody works out that no label allows. `kind`: label, pair, unsaid, small, change, difference, figure."""

    kind: str
    cell: Cell
    found: Interval


class Places(NamedTuple):
    """Who lies in whom; `tops` have nobody above."""

    above: Mapping[str, str]
    below: Mapping[str, Sequence[str]]
    grids: frozenset[str]

    @property
    def tops(self) -> list[str]:
        return [place for place in self.above if self.above[place] not in self.above]

    def path(self, place: str) -> Iterator[str]:
        """Yield a place and all that it lies in."""
        while place in self.above:
            yield place
            place = self.above[place]


def rows(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def places_of(folder: Path) -> Places:
    area, grid = rows(folder / "area.csv"), rows(folder / "grid.csv")
    above = dict(zip([*area["area_id"], *grid["grid_id"]], [*area["parent_id"], *grid["area_id"]], strict=True))
    below: dict[str, list[str]] = defaultdict(list)
    for place, parent in above.items():
        below[parent].append(place)
    return Places(above, below, frozenset(grid["grid_id"]))


def word_roles(folder: Path, table: str, column: str) -> dict[str, str]:
    """Return the package's word → its role."""
    schema = json.loads((folder / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
    (found,) = (item for item in schema["fields"] if item["name"] == column)
    return {word: role for role, words in found.get("roles", {}).items() for word in words}


def printed(folder: Path, table: str = "case_statistic") -> pd.DataFrame:
    """Return the cells of a table of counts, in roles: KEY, count (text), status, published_date, and what else."""
    found = rows(folder / f"{table}.csv")
    measure, status = word_roles(folder, table, "measure"), word_roles(folder, table, "status")
    return found.assign(
        measure=found["measure"].map(measure), status=found["status"].map(lambda word: status.get(word, "")),
        revision=found["revision"].astype(int),
    )  # fmt: skip


def limits_of(folder: Path) -> tuple[int, dict[str, tuple[int, int]], dict[str, str]]:
    """Return the package's minimum; category → (minimum, least count that “fewer” may be); category → how public."""
    least = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["mingge"].get("minimum_cell", 5)
    category, levels = rows(folder / "case_category.csv"), word_roles(folder, "case_category", "disclosure")
    known = {
        row.category_id: (max(least, int(row.minimum_cell or 0)), 0 if row.hides_zero == "是" else 1)
        for row in records(category)
    }
    return least, known, dict(zip(category["category_id"], category["disclosure"].map(levels), strict=True))


def span(period: str) -> tuple[str, str]:
    """Return the first and the last day of a quarter or a year."""
    year, _, quarter = period.partition("-Q")
    if not quarter:
        return f"{year}-01-01", f"{year}-12-31"
    return f"{year}-{int(quarter) * 3 - 2:02}-01", f"{year}-{int(quarter) * 3:02}-31"


def per_place(places: Places, grids: Iterable[str]) -> dict[str, int]:
    """Return how many there are in each place, given the grids of them."""
    found: dict[str, int] = dict.fromkeys(places.above, 0)
    for grid in grids:
        for place in places.path(grid):
            found[place] += 1
    return found


@dataclass
class Reader:
    """What was read, night after night. `shown`: printed figures; `hidden`: cells with a label; `unsaid`: others."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    shown: dict[Cell, int] = field(default_factory=dict)
    hidden: dict[Cell, tuple[str, int, int]] = field(default_factory=dict)  # label, k, least that “fewer” may be
    pairs: dict[Cell, tuple[int, int, int]] = field(default_factory=dict)  # k, closed, closed outside of shown pairs
    unsaid: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    found: list[Breach] = field(default_factory=list)
    seen: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)
    nights: int = 0

    def read(self, folder: Path, *, deep: bool = False) -> Reader:
        """Learn what a package states that was not stated before; `deep`: ask about cells that no table has, too."""
        self.nights += 1
        counts, places = printed(folder), places_of(folder)
        fresh = self._fresh(counts)
        least, limits, levels = limits_of(folder)
        case = rows(folder / "case.csv")
        for key, table in fresh.groupby(["measure", "item", "period", "revision"], sort=False):
            measure, item = str(key[0]), str(key[1])
            k, lowest = limits.get(item, (least, 1))
            if measure == RECEIVED:
                self._tree((TOTAL if item == NO_ITEM else RECEIVED, *key[1:]), table, places, k, lowest, deep)
            elif measure not in PAIR:
                self._alone(tuple(key), table, places, k, lowest)
        self._kept(fresh, limits)
        self._totals(fresh, places, case, levels)
        self._petitions(folder, fresh, places, case)
        self._ratings(fresh, places, case, least)
        self._years(fresh, counts, places)
        self._figures(fresh)
        if (folder / "feedback_statistic.csv").is_file():
            self._replies(printed(folder, "feedback_statistic"), least)
        return self

    def _fresh(self, counts: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that were not read before; what changed is held against what it was."""
        keys = list(counts[KEY].itertuples(index=False, name=None))
        said = list(zip(counts["count"], counts["status"], strict=True))
        new = [key not in self.seen for key in keys]
        for key, now in zip(keys, said, strict=True):
            before = self.seen.setdefault(key, now)
            if before != now and before[0] and now[0]:
                change = float(int(now[0]) - int(before[0]))
                self.found.append(Breach("change", key, (change, change)))
            elif before != now:
                self.found.append(Breach("change", key, ANY))
        return counts[new]

    # ── trees ────────────────────────────────────────────────────────────────────────────────────

    def _say(self, cell: Cell, count: str, status: str, k: int, lowest: int) -> None:
        if not status:
            self.shown[cell] = int(count)
            self.knowledge.learn(cell, int(count), int(count))
            if lowest <= int(count) < k:
                self.found.append(Breach("small", cell, (int(count), int(count))))
            return
        assert not count, f"{cell} is hidden and printed"
        self.hidden[cell] = (status, k, lowest)
        self.knowledge.learn(cell, *((lowest, k - 1) if status == "fewer" else ANY))

    def _nodes(self, told: set[str], places: Places, deep: bool) -> list[str]:
        """Return the places of a table: those that are told or lie above, and all beside them."""
        inner = {place for one in told for place in places.path(one)} - {one for one in told if not deep}
        inner |= {above for one in told for above in places.path(places.above.get(one, ""))}
        nodes = [place for place in places.above if places.above[place] in inner or place in inner or place in told]
        if not deep:
            return nodes
        under = set(told)
        for place in places.above:  # areas stand before what lies in them
            if places.above[place] in under:
                under.add(place)
        return [place for place in places.above if place in under or place in set(nodes)]

    def _tree(
        self, key: tuple[object, ...], table: pd.DataFrame, places: Places, k: int, lowest: int, deep: bool
    ) -> None:
        lines = {row.place_id: (row.count_, row.status) for row in records(table)}
        nodes = self._nodes(set(lines), places, deep)
        is_there = set(nodes)
        for place in nodes:
            cell = (*key, place)
            if place in lines:
                self._say(cell, *lines[place], k, lowest)
            else:
                self.knowledge.learn(cell, *ANY)
                if key[0] == RECEIVED:
                    self.unsaid[cell] = (k, lowest)
        for place in nodes:
            below = [one for one in places.below.get(place, ()) if one in is_there]
            if below:
                self.knowledge.learn_sum((*key, place), [(*key, one) for one in below])

    def _alone(self, key: tuple[object, ...], table: pd.DataFrame, places: Places, k: int, lowest: int) -> None:
        """Figures of topmost areas: each is part of nothing."""
        for row in records(table):
            assert row.place_id in places.tops, f"{key} of {row.place_id}"
            self._say((*key, row.place_id), row.count_, row.status, k, lowest)

    def _years(self, fresh: pd.DataFrame, counts: pd.DataFrame, places: Places) -> None:
        """A year is the sum of its four quarters wherever both are told of, shown or hidden."""
        years = fresh[~fresh["period"].str.contains("-Q") & fresh["measure"].isin([RECEIVED, *PAIR])]
        links: dict[Cell, list[Cell]] = {}
        for (measure, item, year, number), table in years.groupby(["measure", "item", "period", "revision"]):
            if measure == RECEIVED and item == NO_ITEM:
                continue
            day = table["published_date"].max()
            told = {place for one in table["place_id"] for place in places.path(one)}
            quarters = counts[
                (counts["measure"] == measure) & (counts["item"] == item) & (counts["published_date"] <= day)
                & counts["period"].str.startswith(f"{year}-Q")
            ]  # fmt: skip
            last = quarters.loc[quarters.groupby("period")["revision"].transform("max") == quarters["revision"]]
            roots = told & set(places.tops)
            if measure == RECEIVED:  # a street; what the topmost area had in that year is stated nowhere
                roots = {place for place in told if places.above[place] in places.tops}
            for place, part in last[last["place_id"].isin(roots)].groupby("place_id"):
                if len(part) == 4:
                    cell = (measure, item, year, number, place)
                    links[cell] = [(measure, item, row.period, row.revision, place) for row in records(part)]
        known = dict(self.intervals(links))
        for cell, parts in links.items():
            if all(part in self.shown for part in parts):
                total, (low, high) = sum(self.shown[part] for part in parts), known[cell]
                if not low <= total <= high:  # they contradict each other: the difference is known
                    self.found.append(Breach("difference", cell, (low - total, high - total)))
                    continue
            self.knowledge.learn_sum(cell, parts)

    # ── what else is known of the same cases ─────────────────────────────────────────────────────

    def _kept(self, fresh: pd.DataFrame, limits: Mapping[str, tuple[int, int]]) -> None:
        """What was resolved in time, what was not, and the rest are all that was received."""
        kept = fresh[fresh["measure"] == "kept"]
        for row in records(kept):
            key = (row.item, row.period, row.revision, row.place_id)
            self.knowledge.learn(("undecided", *key), *ANY)
            self.unsaid["undecided", *key] = (limits[row.item][0], 1)
            self.knowledge.learn_sum((RECEIVED, *key), [(name, *key) for name in ("kept", "late", "undecided")])

    def _totals(self, fresh: pd.DataFrame, places: Places, case: pd.DataFrame, levels: Mapping[str, str]) -> None:
        """A figure over all categories is what is listed and all that is not."""
        totals = fresh[(fresh["measure"] == RECEIVED) & (fresh["item"] == NO_ITEM)]
        hidden = sorted(code for code, level in levels.items() if level != "itemised")
        for period, table in totals.groupby("period"):
            listed = per_place(places, within(case, "received_date", str(period))["grid_id"])
            for row in records(table):
                key = (row.period, row.revision, row.place_id)
                parts = [(RECEIVED, code, *key) for code in hidden]
                for part in parts:
                    if part not in self.knowledge.bounds:
                        self.knowledge.learn(part, *ANY)
                        self.unsaid[part] = (5, 1)
                count = listed[row.place_id]
                self.knowledge.learn(("listed", *key), count, count)
                self.knowledge.learn_sum((TOTAL, NO_ITEM, *key), [("listed", *key), *parts])

    def _petitions(self, folder: Path, fresh: pd.DataFrame, places: Places, case: pd.DataFrame) -> None:
        """How many are listed is known; a value that alone is missing follows."""
        kinds = fresh[fresh["measure"] == "petition"]
        schema = json.loads((folder / "schemas" / "case.json").read_text(encoding="utf-8"))["fields"]
        words = [w for f in schema if f["name"] == "petition_kind" for w in f["constraints"]["enum"]]
        least, _, _ = limits_of(folder)
        for (period, number, place), table in kinds.groupby(["period", "revision", "place_id"]):
            count = per_place(places, within(case, "received_date", str(period))["grid_id"])[str(place)]
            cells = [("petition", word, period, number, place) for word in sorted({*words, *table["item"], NO_ITEM})]
            for cell in cells:
                if cell not in self.knowledge.bounds:
                    self.knowledge.learn(cell, *ANY)
                    self.unsaid[cell] = (least, 1)
            self.knowledge.learn(("listed", "petition", period, number, place), count, count)
            self.knowledge.learn_sum(("listed", "petition", period, number, place), cells)

    def _ratings(self, fresh: pd.DataFrame, places: Places, case: pd.DataFrame, least: int) -> None:
        """Of what was closed, which is listed, so many are satisfied, dissatisfied, and not rated."""
        rated = fresh[fresh["measure"].isin(PAIR)]
        for (period, number), table in rated.groupby(["period", "revision"]):
            closed = per_place(places, within(case, "resolved_date", str(period))["grid_id"])
            nodes = self._nodes(set(table["place_id"]), places, False)
            is_there, said = set(nodes), set(table.loc[table["status"] == "", "place_id"])
            for measure in (*PAIR, "unrated"):
                key = (measure, NO_ITEM, period, number)
                lines = {row.place_id: row for row in records(table[table["measure"] == measure])}
                for place in nodes:
                    if place in lines and not lines[place].status:
                        self._say((*key, place), lines[place].count_, "", least, 0 if closed[place] else 1)
                    else:
                        self.knowledge.learn((*key, place), *ANY)
                    if place in lines and lines[place].status:
                        self.pairs[(*key, place)] = (least, closed[place], outside(place, places, said, closed))
                for place in nodes:
                    below = [one for one in places.below.get(place, ()) if one in is_there]
                    if below:
                        self.knowledge.learn_sum((*key, place), [(*key, one) for one in below])
            for place in nodes:
                cell = ("closed", NO_ITEM, period, number, place)
                self.knowledge.learn(cell, closed[place], closed[place])
                parts = [(measure, NO_ITEM, period, number, place) for measure in (*PAIR, "unrated")]
                self.knowledge.learn_sum(cell, parts)

    def _figures(self, fresh: pd.DataFrame) -> None:
        """A median beside a count of two is known in full to either of the two."""
        for name in [name for name in map(str, fresh) if name.startswith("median")]:
            for row in records(fresh[fresh[name] != ""]):
                cell = (row.measure, row.item, row.period, row.revision, row.place_id)
                low, high = self.knowledge.bounds[cell]
                if low <= 2 <= high:
                    median, one = float(getattr(row, name)), Knowledge()
                    one.learn("twice", 2 * median, 2 * median)
                    one.learn("mine", 0, 0)
                    one.learn("the other", *ANY)
                    one.learn_sum("twice", ["mine", "the other"])
                    self.found.append(Breach("figure", cell, dict(one.intervals(["the other"]))["the other"]))

    def _replies(self, counts: pd.DataFrame, least: int) -> None:
        """Of those who were dissatisfied with a reply some were asked again, and the rest was not."""
        fresh = self._fresh(counts.assign(place_id=counts["place_id"] + " feedback"))
        for _, table in fresh[fresh["status"] == ""].groupby(["period", "revision", "place_id"]):
            said = {row.measure: (row, int(row.count_)) for row in records(table)}
            for name, (row, count) in said.items():
                cell = (name, NO_ITEM, row.period, row.revision, row.place_id)
                rest = said["unfavourable"][1] - count if name == "followed_up" else least
                self._say(cell, str(count), "", least, 0)
                if rest < least:
                    self.found.append(Breach("unsaid", cell, (rest, rest)))

    # ── what follows ─────────────────────────────────────────────────────────────────────────────

    def breaches(self, truth: Callable[[Cell], int | None] | None = None) -> list[Breach]:
        """Return everything of which a reader knows more than its label says.

        `truth` decides of a hidden pair which side is small: that one must be left every value.
        """
        wanted = [*self.hidden, *self.pairs, *self.unsaid]
        found = [*self.found]
        for cell, (low, high) in self.intervals(wanted):
            if cell in self.hidden:
                label, k, lowest = self.hidden[cell]
                promise = ((lowest, k - 1), k - 1 - lowest) if label == "fewer" else ((np.inf, -np.inf), k)
                if breached((low, high), *promise):
                    found.append(Breach("label", cell, (low, high)))
            elif cell in self.pairs:
                k, closed, free = self.pairs[cell]
                value = None if truth is None else truth(cell)
                is_small = value is not None and value < k
                if high - low < min(k, free) or (is_small and (low > 0 or high < min(k - 1, closed))):
                    found.append(Breach("pair", cell, (low, high)))
            elif told(low, high, *self.unsaid[cell]):
                found.append(Breach("unsaid", cell, (low, high)))
        return found

    def changes(self) -> list[Breach]:
        """Return what a correction tells of a few: shown twice and changed by a few, or a change that is narrow."""
        pairs = []
        for cell in [*self.shown, *self.hidden]:
            new = (*cell[:3], cell[3] + 1, cell[4])
            if new in self.shown or new in self.hidden:
                self.knowledge.learn_difference(("change", new), new, cell)
                pairs.append((("change", new), cell, new))
        found = dict(self.intervals([change for change, _, _ in pairs]))
        told = []
        for change, old, new in pairs:
            low, high = found[change]
            label, k, lowest = self.hidden.get(new) or self.hidden.get(old) or ("", 5, 1)
            width = k - 1 - lowest if label == "fewer" else k
            if (label and high - low < width) or (not label and tells_of_few((low, high), self._limit(new))):
                told.append(Breach("change", new, (low, high)))
        return told

    def _limit(self, cell: Cell) -> int:
        known = {key[1]: k for key, (_, k, _) in self.hidden.items()}
        return known.get(cell[1], 4)

    def intervals(self, wanted: Iterable[Cell]) -> Iterator[tuple[Any, Interval]]:
        """Yield the least and greatest value of each cell: in integers where it is narrow."""
        return self.knowledge.intervals(list(wanted), narrow=12)


def told(low: float, high: float, k: int, lowest: int) -> bool:
    """Return whether something is told of a cell that has no label: a few, or the absence of a few that tells.

    “None up to k − 2” is what a label of “fewer” above it and another beside it leave: less than the label itself.
    """
    if high - low >= k or low >= k or low == high < lowest:
        return False
    return low > lowest or high < k - 1 - (low < lowest)


def records(table: pd.DataFrame) -> list[Any]:
    return list(table.rename(columns={"count": "count_"}).itertuples(index=False))


def within(case: pd.DataFrame, column: str, period: str) -> pd.DataFrame:
    first, last = span(period)
    return case[(case[column].str[:10] >= first) & (case[column].str[:10] <= last)]


def outside(place: str, places: Places, shown: set[str], closed: Mapping[str, int]) -> int:
    """Return how many closed cases of a place lie in no shown pair below it."""
    if place in shown:
        return 0
    below = [one for one in places.below.get(place, ()) if one not in places.grids]
    inside = sum(closed[one] for one in below)
    return closed[place] - inside + sum(outside(one, places, shown, closed) for one in below)
