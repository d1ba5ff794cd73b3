"""What is told of cases that are not listed is true: counted once more with csv, days and nothing of ours."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.intake.making import private, public, rows

DISCLOSURE = {"A01": "逐件公开", "A02": "逐件公开", "D01": "数量公开", "P01": "受保护"}
LIMIT_DAYS = {"A01": 5, "A02": 9, "D01": 12, "P01": 12}
CLOSING_DAYS = 15
SEEDS = [1, 2, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(3, 23))]


def span(period: str) -> tuple[str, str]:
    """Return the first and the last day of `2026-Q3` or `2026`."""
    year, quarter = int(period[:4]), int(period[6:] or 0)
    first, last = (3 * quarter - 2, 3 * quarter) if quarter else (1, 12)
    return date(year, first, 1).isoformat(), date(year, last, monthrange(year, last)[1]).isoformat()


def is_case(row: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Return whether a case is one of those that a line of the statistic counts."""
    start, end = span(told["period"])
    settled = (date.fromisoformat(end) + timedelta(CLOSING_DAYS)).isoformat()
    is_void, received, resolved = row["is_void"] == "是", row["received_date"], row["resolved_date"]
    if told["measure"] == "没有网格或类别":
        return not is_void and start <= received <= end and not (row["grid_id"] and row["category_id"])
    if not row["grid_id"].startswith(told["place_id"]):
        return False
    if told["measure"] == "作废":
        return is_void and start <= received <= end
    if is_void:
        return False
    if told["measure"] == "收到":
        return row["category_id"] == told["item"] and start <= received <= end
    if told["measure"] == "诉求方式":
        kind = row["petition_kind"] or "-"
        return DISCLOSURE[row["category_id"]] == "逐件公开" and start <= received <= end and kind == told["item"]
    if told["measure"] in ("按期办结", "未按期办结"):
        limit = (date.fromisoformat(received) + timedelta(LIMIT_DAYS[row["category_id"]])).isoformat()
        done = resolved if resolved and resolved <= settled else ""
        is_kept, is_late = bool(done) and done <= limit, done > limit if done else limit < settled
        wanted = is_kept if told["measure"] == "按期办结" else is_late
        return row["category_id"] == told["item"] and start <= received <= end and wanted
    good = row["satisfaction"] in ("满意", "基本满意")
    rated = good if told["measure"] == "评价满意" else row["satisfaction"] == "不满意"
    return DISCLOSURE[row["category_id"]] == "逐件公开" and start <= resolved <= end and rated


@pytest.mark.parametrize("seed", SEEDS)
def test_every_count_of_cases_that_is_told_is_the_true_one(seed: int, tmp_path: Path) -> None:
    exported = private(tmp_path / "private", seed)
    known = rows(exported, "case")
    statistic = rows(public(exported, tmp_path / "public"), "case_statistic")
    told = [row for row in statistic if not row["status"]]
    hidden = Counter(row["status"] for row in statistic if row["status"])

    assert [row for row in told if int(row["count"]) != sum(is_case(case, row) for case in known)] == []
    assert {row["count"] for row in statistic if row["status"]} <= {""}
    assert {row["measure"] for row in told} >= {"收到", "按期办结", "未按期办结", "评价满意", "评价不满意", "诉求方式"}
    assert hidden["少于下限"] > 0 or seed > 2  # others happen to have none
    assert len(told) > 60


@pytest.mark.parametrize("seed", SEEDS)
def test_a_count_that_is_hidden_as_fewer_is_fewer_and_a_small_one_is_never_told(seed: int, tmp_path: Path) -> None:
    exported = private(tmp_path / "private", seed, count=400)
    known = rows(exported, "case")
    statistic = rows(public(exported, tmp_path / "public"), "case_statistic")
    few = [sum(is_case(case, row) for case in known) for row in statistic if row["status"] == "少于下限"]

    assert few
    assert set(few) <= {1, 2, 3, 4}
    assert [row for row in statistic if row["count"] in ("1", "2", "3", "4")] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_count_of_ratings_of_replies_that_is_told_is_the_true_one(seed: int, tmp_path: Path) -> None:
    exported = private(tmp_path / "private", seed)
    statistic = rows(public(exported, tmp_path / "public"), "feedback_statistic")
    told = [row for row in statistic if not row["status"]]
    wanted = {
        "评价满意": lambda row: row["rating"] == "满意",
        "评价不满意": lambda row: row["rating"] == "不满意",
        "已回访": lambda row: row["rating"] == "不满意" and row["follow_up_date"],
    }
    for row in told:
        start, end = span(row["period"])
        expected = [
            item for item in rows(exported, "feedback")
            if start <= item["replied_date"] <= end and wanted[row["measure"]](item)
        ]  # fmt: skip
        assert int(row["count"]) == len(expected), row

    assert {row["measure"] for row in told} >= {"评价满意", "评价不满意"}
    assert {row["place_id"] for row in statistic} == {"990001"}


def test_what_is_told_of_a_year_and_below_the_streets_is_told_of_no_quarter_and_no_grid_alone(tmp_path: Path) -> None:
    statistic = rows(public(private(tmp_path / "private"), tmp_path / "public"), "case_statistic")
    places = {(row["measure"], len(row["place_id"]), "-" in row["period"]) for row in statistic}

    # 6 digits are the district, 9 a street, 12 a community, 15 a grid
    assert {size for measure, size, is_quarter in places if is_quarter and measure == "收到"} == {6, 9}
    assert {size for measure, size, is_quarter in places if not is_quarter and measure == "收到"} == {12, 15}
    assert {size for measure, size, is_quarter in places if is_quarter and measure.startswith("评价")} == {6}
    assert {size for measure, size, _ in places if measure in ("作废", "诉求方式", "按期办结", "未按期办结")} == {6}
    assert [row for row in statistic if len(row["place_id"]) == 15 and row["item"] == "P01"] == []
