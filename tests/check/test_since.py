"""What is told of a package that holds less than the last release, or suspiciously more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builder import check
from builder.check.codes import CODES
from builder.model import Extent, Field, Package, Profile, Resource, Schema, Settings, Severity, Steadiness

THEN, NOW = date(2026, 10, 31), date(2026, 11, 30)
SETTINGS = Settings(NOW, False, "Asia/Shanghai", "", 12, 10, 10, 10)


def package(**steadiness: Steadiness) -> Package:
    """Return a package of two tables, each with a key and a column `kind`."""

    def field(name: str) -> Field:
        return Field(name, f"{name} title", "", "string", "public", False, "", (), {}, {}, "", {})

    tables = {
        name: Resource(name, name, "", f"{name}.csv", (), 1, Schema((field("id"), field("kind")), ("id",), (), {}), "",
                       steadiness.get(name, Steadiness()))
        for name in ("grid", "case")
    }  # fmt: skip
    return Package(Path(), "p", "", "", SETTINGS, tables, {})


def profile(day: date, **tables: tuple[int, int]) -> Profile:
    """Return a release: table → its rows, and how many of them have a kind."""
    return Profile(day, {name: Extent(rows, {"id": rows, "kind": kinds}) for name, (rows, kinds) in tables.items()})


def told(before: Profile, now: Profile, **steadiness: Steadiness) -> list[str]:
    found = list(check.compared(before, now, package(**steadiness), {"grid"}))
    assert {item.severity for item in found} <= {Severity.WARNING}
    assert {item.code for item in found} <= {item.code for item in CODES}
    return [f"{item.address.path} {item.code}: {item.message.text.format(**item.message.values)}" for item in found]


@pytest.mark.parametrize(
    ("before", "now", "sentences"),
    [
        ((370, 100), (370, 96), []),
        ((370, 100), (370, 95), []),  # 5 % and no more
        ((370, 100), (370, 94), ["case.csv fewer-rows: 6 rows fewer than in the last release (94 instead of 100)"]),
        ((370, 100), (370, 0), ["case.csv fewer-rows: 100 rows fewer than in the last release (0 instead of 100)"]),
        ((370, 100), (369, 101), ["grid.csv fewer-rows: 1 rows fewer than in the last release (369 instead of 370)"]),
        ((370, 100), (371, 199), []),
        (
            (370, 100), (370, 200),
            ["case.csv many-more-rows: 100 rows more than in the last release (200 instead of 100)"],
        ),
        ((370, 19), (370, 200), []),  # so few say nothing
        ((370, 0), (370, 200), []),
    ],
)
def test_rows_are_held_against_those_of_the_last_release(
    before: tuple[int, int], now: tuple[int, int], sentences: list[str]
) -> None:
    then, since = ({"grid": (g, g), "case": (c, c)} for g, c in (before, now))
    assert told(profile(THEN, **then), profile(NOW, **since)) == sentences


@pytest.mark.parametrize(
    ("stated", "now", "codes"),
    [
        (Steadiness(fewer_rows_pct=0), 99, ["fewer-rows"]),
        (Steadiness(fewer_rows_pct=50), 50, []),
        (Steadiness(fewer_rows_pct=50), 49, ["fewer-rows"]),
        (Steadiness(more_rows_pct=10), 110, ["many-more-rows"]),
        (Steadiness(more_rows_pct=0), 100, []),
        (Steadiness(more_rows_pct=0), 101, ["many-more-rows"]),
        (Steadiness(more_rows_pct=900), 999, []),
    ],
)
def test_a_table_may_say_how_far_it_may_differ(stated: Steadiness, now: int, codes: list[str]) -> None:
    found = told(profile(THEN, grid=(5, 5), case=(100, 100)), profile(NOW, grid=(6, 6), case=(now, now)), case=stated)
    assert [text.split()[1].rstrip(":") for text in found] == codes


def test_a_column_that_lost_its_cells_is_told_by_its_title() -> None:
    before = profile(THEN, grid=(5, 5), case=(100, 100))
    assert told(before, profile(NOW, grid=(5, 5), case=(120, 72))) == [
        "case.csv emptied-column: only 60 % of the rows have something in “kind title”; in the last release it was "
        "100 %"
    ]
    assert told(before, profile(NOW, grid=(5, 5), case=(120, 108))) == []  # ten points and no more
    assert told(before, profile(NOW, grid=(5, 5), case=(120, 119)), case=Steadiness(emptied_points=0)) != []


def test_a_column_or_a_table_that_only_one_of_both_has_is_not_compared() -> None:
    before = Profile(THEN, {"case": Extent(100, {"id": 100, "gone": 100})})
    now = Profile(NOW, {"case": Extent(101, {"id": 101, "kind": 0}), "grid": Extent(5, {"id": 5})})
    assert told(before, now) == []


def test_a_table_that_is_not_there_any_more_is_told_but_not_one_that_is_not_counted() -> None:
    before = profile(THEN, shop=(7, 7), grid=(5, 5), case=(30, 30))
    assert told(before, profile(NOW, case=(31, 31))) == [
        "datapackage.json vanished-table: the table “shop”, which had 7 rows in the last release, is not there any more"
    ]


def test_a_day_that_moved_on_over_the_same_data_is_told_once() -> None:
    before = profile(THEN, grid=(5, 5), case=(100, 100))
    moved = "datapackage.json nothing-new: as_of went from 2026-10-31 to 2026-11-30, but no table has a row or a "
    assert told(before, profile(NOW, grid=(5, 5), case=(100, 100)), case=Steadiness(new_rows_days=1)) == [
        f"{moved}filled cell more or less"
    ]
    assert told(before, profile(THEN, grid=(5, 5), case=(100, 100))) == []


def test_a_table_that_should_have_new_rows_says_so_after_its_days() -> None:
    before, now = profile(THEN, grid=(5, 5), case=(100, 100)), profile(NOW, grid=(6, 6), case=(100, 100))
    assert told(before, now) == []
    assert told(before, now, case=Steadiness(new_rows_days=31)) == []
    assert told(before, now, case=Steadiness(new_rows_days=30)) == [
        "case.csv nothing-new: no new row since the last release of 2026-10-31, 30 days ago"
    ]


def test_a_day_before_that_of_the_last_release_is_told() -> None:
    assert told(profile(NOW, case=(1, 1)), profile(THEN, case=(2, 2))) == [
        "datapackage.json earlier-than-before: the day 2026-10-31 lies before that of the last release, 2026-11-30"
    ]
