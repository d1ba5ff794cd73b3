"""What attacks on published files have found, each in the smallest package that told it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from builder.errors import BuilderError
from tests.attack.random_packages import COLUMNS, EMPTY, FIRST, Private, taken_in
from tests.attack.reader import Reader, printed
from tests.packages import csv, write_package

TOP = "990001"
AREAS = [f"{TOP},区,district,", f"{TOP}001,东,street,{TOP}", f"{TOP}002,西,street,{TOP}",
         f"{TOP}001001,甲,community,{TOP}001", f"{TOP}001002,乙,community,{TOP}001"]  # fmt: skip
FIRST_COMMUNITY, SECOND_COMMUNITY, WEST = f"{TOP}001001001", f"{TOP}001002001", f"{TOP}002000001"
OWN_OF_STREET, OWN_OF_TOP = f"{TOP}001000009", f"{TOP}000000009"
GRIDS = {FIRST_COMMUNITY: f"{TOP}001001", SECOND_COMMUNITY: f"{TOP}001002", WEST: f"{TOP}002",
         OWN_OF_STREET: f"{TOP}001", OWN_OF_TOP: TOP}  # fmt: skip
QUARTERS = ("2025-02-03", "2025-05-05", "2025-08-04", "2025-11-03")
LATER = pd.Timestamp("2026-02-10").date()


def cases(grid: str, number: int, day: str, category: str = "D01", rating: str = "", *, days: int = 3) -> pd.DataFrame:
    """Return so many cases of a day, resolved after so many `days`."""
    end = (pd.Timestamp(day) + pd.Timedelta(days=days)).date().isoformat()
    row = ("", grid, category, "个人", day, day, end, "已办结", "解决", rating, "否")
    return pd.DataFrame([row] * number, columns=list(COLUMNS))


def package(folder: Path, *parts: pd.DataFrame, feedback: str = "") -> Private:
    """Write a package of listed (A01) and counted (D01) cases, k = 5, all four quarters of 2025 closed."""
    begin = cases(WEST, 1, FIRST.isoformat(), "A01")
    case = pd.concat([begin, *parts], ignore_index=True)
    case["case_id"] = [f"C{n:05}" for n in range(len(case))]
    tables = {
        "area": csv("area_id,name,level,parent_id", AREAS),
        "grid": csv("grid_id,name,area_id,kind,opened_date,closed_date",
                    [f"{grid},{grid}格,{area},综合,2020-01-01," for grid, area in GRIDS.items()]),
        "case_category": csv("category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind,"
                             "minimum_cell,hides_zero",
                             ["A01,路灯,公共,逐件公开,,30,自然日,,", "D01,咨询,服务,数量公开,,30,自然日,,"]),
        "case": case.to_csv(index=False),
        "case_statistic": EMPTY,
    }  # fmt: skip
    if feedback:
        tables |= {"feedback": feedback, "feedback_statistic": EMPTY}
    write_package(folder, tables, {"minimum_cell": 5, "closing_days": 15, "as_of": LATER.isoformat()})
    return Private(folder, case, tuple(GRIDS), ("A01", "D01"), np.random.default_rng(0), LATER)


def read(private: Private, folder: Path) -> tuple[Reader, pd.DataFrame]:
    taken_in(private, folder)
    return Reader().read(folder), printed(folder)


def told(counts: pd.DataFrame, measure: str, period: str) -> dict[str, str]:
    found = counts[(counts["measure"] == measure) & (counts["period"] == period)]
    return dict(zip(found["place_id"], found["count"], strict=True))


def test_what_a_street_has_in_grids_of_its_own_is_not_left_over_from_a_year(tmp_path: Path) -> None:
    quarters = [part for day in QUARTERS for part in (
        cases(FIRST_COMMUNITY, 9, day), cases(SECOND_COMMUNITY, 8, day), cases(WEST, 30, day)
    )]  # fmt: skip
    reader, counts = read(package(tmp_path / "p", *quarters, cases(OWN_OF_STREET, 3, QUARTERS[0])), tmp_path / "public")

    assert told(counts, "received", "2025-Q1")[f"{TOP}001"] == "20"
    assert set(told(counts, "received", "2025").values()) != {"36", "32"}
    assert reader.breaches() == []


def test_what_the_district_has_in_grids_of_its_own_is_not_left_over_from_a_quarter(tmp_path: Path) -> None:
    parts = (cases(FIRST_COMMUNITY, 9, QUARTERS[1]), cases(WEST, 9, QUARTERS[1]), cases(OWN_OF_TOP, 2, QUARTERS[1]))
    reader, counts = read(package(tmp_path / "p", *parts), tmp_path / "public")

    assert "" in told(counts, "received", "2025-Q2").values()
    assert reader.breaches() == []


def test_ratings_of_grids_directly_below_the_district_stop_nothing(tmp_path: Path) -> None:
    numbers = ((FIRST_COMMUNITY, 9), (WEST, 9), (OWN_OF_TOP, 2))
    parts = [
        cases(grid, number, day, "A01", rating)
        for day in QUARTERS for grid, number in numbers for rating in ("满意", "不满意")
    ]  # fmt: skip
    reader, counts = read(package(tmp_path / "p", *parts), tmp_path / "public")

    assert told(counts, "satisfied", "2025-Q1") == {TOP: "20"}
    assert reader.breaches() == []


@pytest.mark.parametrize(("under_way", "is_told"), [(0, True), (1, False), (4, False), (5, True)])
def test_what_was_resolved_in_time_does_not_tell_of_a_few_that_are_under_way(
    tmp_path: Path, under_way: int, is_told: bool
) -> None:
    """Those received on the last day have thirty days, and the quarter is closed after fifteen."""
    parts = (cases(WEST, 20, QUARTERS[1]), cases(WEST, 6, QUARTERS[1], days=40),
             cases(WEST, under_way, "2025-06-30", days=20))  # fmt: skip
    reader, counts = read(package(tmp_path / "p", *parts), tmp_path / "public")

    assert told(counts, "kept", "2025-Q2") == ({TOP: "20"} if is_told else {})
    assert reader.breaches() == []


def test_what_was_resolved_in_time_is_not_told_where_it_says_that_hidden_counts_are_no_fewer(tmp_path: Path) -> None:
    """Three streets of at most four each, and twelve that were resolved: each has four."""
    parts = [cases(grid, 4, QUARTERS[1], days=40 * (n % 2)) for n, grid in enumerate((FIRST_COMMUNITY, WEST))]
    more = cases(OWN_OF_TOP, 4, QUARTERS[1])
    more.loc[:1, "resolved_date"] = "2025-06-30"
    reader, counts = read(package(tmp_path / "p", *parts, more), tmp_path / "public")

    assert told(counts, "received", "2025-Q2")[TOP] == ""
    assert told(counts, "kept", "2025-Q2") == {}
    assert reader.breaches() == []


def test_a_year_that_is_corrected_says_again_what_has_not_changed(tmp_path: Path) -> None:
    parts = [cases(grid, 9, day) for day in QUARTERS for grid in (FIRST_COMMUNITY, SECOND_COMMUNITY, WEST)]
    private = package(tmp_path / "p", *parts)
    taken_in(private, tmp_path / "first")
    moved = private.case.copy()
    moved.loc[moved.index[moved["grid_id"] == FIRST_COMMUNITY][:6], "grid_id"] = SECOND_COMMUNITY
    later = Private(private.folder, moved, private.grids, private.categories, private.chance, LATER).save(moved)
    taken_in(later, tmp_path / "second", before=tmp_path / "first", revised=("2025",))
    counts = printed(tmp_path / "second")

    assert told(counts[counts["revision"] == 1], "received", "2025")[f"{TOP}001001"] == "36"
    assert told(counts[counts["revision"] == 2], "received", "2025")[f"{TOP}001001"] == "30"
    reader = Reader().read(tmp_path / "first").read(tmp_path / "second")
    assert (reader.breaches(), reader.changes()) == ([], [])


def replies(*followed: str) -> str:
    """Return twenty good ratings and twenty bad ones of a quarter; `followed`: when the bad ones were asked again."""
    header = "feedback_id,grid_id,category,question,received_date,reply,replied_date,rating,follow_up_date,follow_up"
    said = f"{WEST},环境卫生,路灯什么时候修好？,2025-04-05,已经报修。,2025-05-06"
    lines = [f"F{n:03},{said},满意,," for n in range(20)]
    days = [*followed, *[""] * (20 - len(followed))]
    lines += [f"F{n + 20:03},{said},不满意,{day},{'回' if day else ''}" for n, day in enumerate(days)]
    return csv(header, lines)


def test_one_more_who_was_asked_again_is_told_by_no_correction(tmp_path: Path) -> None:
    private = package(tmp_path / "p", feedback=replies(*["2025-06-01"] * 9))
    taken_in(private, tmp_path / "first")
    assert told(printed(tmp_path / "first", "feedback_statistic"), "followed_up", "2025-Q2") == {TOP: "9"}
    (private.folder / "feedback.csv").write_text(replies(*["2025-06-01"] * 10), encoding="utf-8")

    with pytest.raises(BuilderError, match="fewer than"):
        taken_in(private, tmp_path / "second", before=tmp_path / "first", revised=("2025-Q2",))


def test_who_was_asked_again_after_the_quarter_closed_is_not_counted(tmp_path: Path) -> None:
    private = package(tmp_path / "p", feedback=replies(*["2025-06-01"] * 9, *["2026-01-05"] * 3))
    taken_in(private, tmp_path / "first")

    assert told(printed(tmp_path / "first", "feedback_statistic"), "followed_up", "2025-Q2") == {TOP: "9"}
