"""The attacks of the table of issue 8 that concern cases and ratings, with what they find today.

    python -m tests.attack.numbers PRIVATE PUBLIC

PUBLIC is what the attacker has; PRIVATE says who was right. Identifiers are tried as PUBLIC has them, and once more
taken in with a key.
"""

from __future__ import annotations

import shutil
import sys
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
from scipy.stats import spearmanr

from builder import pipeline
from tests.attack.random_packages import KEY
from tests.attack.reader import PAIR, RECEIVED, Reader, limits_of, places_of, printed, rows
from tests.attack.truth import Truth
from tests.packages import no_clock, quiet

SHARED = ["grid_id", "category_id", "channel", "received_date", "accepted_date", "responded_date", "resolved_date",
          "handler_kind", "method", "outcome"]  # fmt: skip
MOVED = 20


class Attack(NamedTuple):
    about: str
    tried: int
    succeeded: int
    note: str = ""

    def __str__(self) -> str:
        return f"| {self.about} | {self.tried:,} | {self.succeeded:,} | {self.note} |"


def taken_in(
    private: Path, into: Path, key: bytes | None, as_of: date | None = None, before: Path | None = None
) -> Path:
    into.mkdir(parents=True)
    found = pipeline.check(private, no_clock, quiet, as_of, is_raw=True)
    pipeline.take_in(found, into, before or into, key, quiet)
    return into


def hidden_of(private: Path, public: Path) -> pd.DataFrame:
    """Return the private rows that are listed nowhere: counted, protected, void."""
    case, (_, _, levels) = rows(private / "case.csv"), limits_of(public)
    return case[(case["category_id"].map(levels) != "itemised") | (case["is_void"] == "是")]


# ── identifiers and order ────────────────────────────────────────────────────────────────────────


def serial(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return (the number at an identifier's end, position): what a gap is read from, where it is read at all."""
    numbers = [name.rsplit("-", 1)[-1] if "-" in name else name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for name in names]
    return [(int(number), at) for at, number in enumerate(numbers) if number.isdigit()]


def gaps_by_number(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return runs of numbers that are missing between two identifiers of one serial, as first and last."""
    numbers = sorted({number for number, _ in serial(names)})
    return [(one + 1, two - 1) for one, two in pairwise(numbers) if two > one + 1]


def gaps_within(case: pd.DataFrame) -> int:
    """Return how many numbers of a place and day are missing: each would be a case that is not listed."""
    parts = case["case_id"].str.rsplit("-", n=1, expand=True)
    if parts.shape[1] < 2:
        return 0
    number = parts[1].astype(int).groupby(parts[0])
    return int((number.max() - number.size()).sum())


def order(private: Path, public: Path) -> Iterator[Attack]:
    """Try to see, to place and to date hidden cases by what listed rows are called and where they stand."""
    case, hidden, whole = rows(public / "case.csv"), hidden_of(private, public), rows(private / "case.csv")
    is_keyless = case["case_id"].str.contains("-").all()
    way = "no key" if is_keyless else "key"
    if is_keyless:  # the attack itself, on identifiers as they were
        before = whole[~whole["case_id"].isin(hidden["case_id"])]
        missing = sum(last - first + 1 for first, last in gaps_by_number(before["case_id"].tolist()))
        yield Attack("for comparison, private identifiers: gaps that show a hidden case", len(hidden), missing)
        yield Attack("for comparison, private identifiers: days from neighbours", len(hidden), dated(before, hidden)[0])
    runs = gaps_by_number(case["case_id"].tolist())
    seen = gaps_within(case) if is_keyless else sum(last - first + 1 for first, last in runs)
    yield Attack(f"identifiers ({way}): gaps that show a hidden case", len(hidden), min(seen, len(hidden)))

    known = joined(case, whole)
    number = known["case_id_private"].str.lstrip("C").astype(int)
    day = pd.to_datetime(known["received_date"]).astype("int64")
    for about, found, want in (
        ("identifier against private number", known["case_id"].rank(), number),
        ("place in the file against private number", known["at"], number),
    ):
        row = spearmanr(found, want).statistic
        inside = pd.DataFrame({"found": found, "want": want}).groupby([known["grid_id"], day]).corr("spearman")
        inner = inside.xs("want", level=2)["found"].dropna().mean()
        yield Attack(f"{about} ({way}): rank correlation", len(known), 0,
                     f"{row:+.4f}; within one grid and day {inner:+.4f}")  # fmt: skip
    fell, total = dated(case, hidden)
    yield Attack(f"days of hidden cases from neighbours in the file ({way})", total, fell,
                 "a hidden case has no position: its neighbours are unknown")  # fmt: skip


def joined(case: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return listed rows beside the private row that says the same, where there is exactly one."""
    once = whole.drop_duplicates(SHARED, keep=False)
    return case.assign(at=range(len(case))).merge(once, on=SHARED, suffixes=("", "_private"))


def dated(case: pd.DataFrame, hidden: pd.DataFrame) -> tuple[int, int]:
    """Return how many hidden cases are dated as before: the listed neighbours of a gap agree on the day."""
    days = dict(zip(case["case_id"].str.lstrip("C"), case["received_date"], strict=True))
    numbers = sorted(int(name) for name in days if name.isdigit())
    known = {int(name): day for name, day in days.items() if name.isdigit()}
    found = 0
    for name, day in zip(hidden["case_id"].str.lstrip("C"), hidden["received_date"], strict=True):
        at = bisect(numbers, int(name))
        found += int(0 < at < len(numbers) and known[numbers[at - 1]] == known[numbers[at]] == day)
    return found, len(hidden)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────


def cells(private: Path, public: Path) -> Iterator[Attack]:
    reader, truth = Reader().read(public), Truth(private)
    breaches = reader.breaches(truth.of)
    told = {one.cell for one in breaches}
    asked = {"counts with a label": list(reader.hidden), "ratings that are hidden": list(reader.pairs),
             "cells without a label": list(reader.unsaid)}  # fmt: skip
    for about, names in asked.items():
        yield Attack(f"{about}, min and max of each", len(names), len(told & set(names)))
    counted = printed(public)
    small = [one for one in breaches if one.kind == "small"]
    yield Attack("“counted” categories: figures of one case, printed", int((counted["count"] != "").sum()), len(small))
    listed = set(limits_of(public)[1]) - {code for code, level in limits_of(public)[2].items() if level != "itemised"}
    case = rows(public / "case.csv")
    others = int((~case["category_id"].isin(listed)).sum())
    yield Attack("rows of categories that are not listed, in case.csv", len(case), others)
    everything = [*reader.hidden, *reader.pairs, *reader.unsaid, *reader.shown]
    mistakes = list(truth.mistakes(reader, everything))
    yield Attack("what the attacker believes and is not so (0: the attacker is sound)", len(everything), len(mistakes))
    places = places_of(public)
    counts = printed(public)
    grids = counts[counts["measure"].isin(PAIR) & counts["place_id"].isin(list(places.grids))]
    yield Attack("ratings of grids that can be worked out: printed for a grid", len(places.grids), len(grids))


# ── nights ───────────────────────────────────────────────────────────────────────────────────────


def nights(private: Path, public: Path, scratch: Path) -> Iterator[Attack]:
    """Compare two nights: what came in, and twenty listed cases that are moved to a protected category."""
    copy = Path(shutil.copytree(private, scratch / "private"))
    case, (_, _, levels) = rows(private / "case.csv"), limits_of(public)
    today = date.fromisoformat(max(case["received_date"].max(), case["resolved_date"].max()))
    tomorrow = today + timedelta(days=1)
    shown = case[(case["category_id"].map(levels) == "itemised") & (case["is_void"] != "是")]
    moved = shown.sample(MOVED, random_state=8).index
    protected = sorted(code for code, level in levels.items() if level == "protected")[0]
    later = case.copy()
    later.loc[moved, "category_id"] = protected
    not_listed = case[case["category_id"].map(levels) != "itemised"].tail(34)
    new = not_listed.assign(case_id=[f"C9{n:07}" for n in range(34)], received_date=tomorrow.isoformat())
    dates = [name for name in map(str, new) if name.endswith("_date") and name != "received_date"]
    new = new.assign(**dict.fromkeys([*dates, "outcome", "satisfaction", "delay_reason"], ""), stage="待受理")
    open_ = later["resolved_date"].between((today - timedelta(days=20)).isoformat(), today.isoformat())
    rated = later.index[open_ & later.index.isin(shown.index) & (later["satisfaction"] == "")][:82]
    later.loc[rated, "satisfaction"] = "不满意"
    pd.concat([later, new], ignore_index=True).to_csv(copy / "case.csv", index=False)
    for way, key in (("key", KEY), ("no key", None)):
        first = taken_in(private, scratch / way / "first", key)
        second = taken_in(copy, scratch / way / "second", key, tomorrow, first)
        changed = [file.name for file in sorted(first.rglob("*.csv"))
                   if file.read_bytes() != (second / file.relative_to(first)).read_bytes()]  # fmt: skip
        one, two = rows(first / "case.csv"), rows(second / "case.csv")
        left = one.merge(two[SHARED], on=SHARED, how="left", indicator=True).query("_merge == 'left_only'")
        yield Attack(f"two nights ({way}): counted and protected cases received that day", len(new),
                     0 if changed == ["case.csv"] and len(one) - len(two) == MOVED else len(new),
                     f"files that changed: {', '.join(changed)}")  # fmt: skip
        yield Attack(f"two nights ({way}): ratings tied to a case", len(rated),
                     0 if "case_statistic.csv" not in changed else len(rated))  # fmt: skip
        counts = printed(second)
        names = set(case.loc[moved, "grid_id"])
        told = counts[(counts["measure"] == RECEIVED) & (counts["item"] == protected) & counts["place_id"].isin(names)]
        yield Attack(f"moved to a protected category ({way}): recognised there", MOVED, len(told),
                     f"{len(left)} seen to vanish from the list: moved, void or deleted alike")  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    private, public = (Path(name) for name in arguments)
    print("| attack | tried | succeeded | note |\n| --- | --- | --- | --- |")
    with TemporaryDirectory() as scratch:
        for found in cells(private, public):
            print(found, flush=True)
        for folder in (public, taken_in(private, Path(scratch, "keyed"), KEY)):
            for found in order(private, folder):
                print(found, flush=True)
        for found in nights(private, public, Path(scratch)):
            print(found, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
