"""The composite is decimal arithmetic over every indicator in force, or there is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from builder.model import Ratio
from builder.pipeline import Checked
from builder.subjects.assessment import ASSESSMENT
from builder.subjects.assessment.count import AssessmentCounted
from builder.subjects.assessment.measure import AssessmentFacts
from builder.subjects.assessment.sheet import sheet
from tests.packages import ONE_COMMUNITY, checked, counted, csv, write_package

BRANCH = "B00000001"
LADDER = {"A": ("优秀", "90"), "B": ("良好", "80"), "C": ("合格", "60"), "D": ("不合格", "0")}
INDICATORS = {"I01": ("40", "100"), "I02": ("30", "100"), "I03": ("20", "50"), "I04": ("10", "100")}
GRID = "990001001001001"
BASE = {
    "area": ONE_COMMUNITY,
    "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
    "branch": csv("branch_id,name,kind,parent_id", [f"{BRANCH},第一党支部,党支部,"]),
    "grade": csv("grade,name,min_score", [f"{key},{name},{minimum}" for key, (name, minimum) in LADDER.items()]),
}
VOTES = "ballots_issued,ballots_valid,votes_good,votes_fair,votes_average,votes_poor"


def indicator_rows(
    indicators: dict[str, tuple[str, str]], since: str = "2026-01-01", until: str = "2026-12-31"
) -> list[str]:
    return [
        f"{key},指标{key},定义,公式,正向,党员,{weight},{full},{since},{until}"
        for key, (weight, full) in indicators.items()
    ]


def package(
    folder: Path, rows: list[str], indicators: list[str] | None = None, errors: frozenset[str] = frozenset()
) -> Checked:
    """Return a package of assessment `rows`: period, branch, indicator, score and six numbers of ballots."""
    tables = {
        **BASE,
        "indicator": csv(
            "indicator_id,name,definition,formula,direction,evaluator,weight,full_score,valid_from_date,valid_to_date",
            indicator_rows(INDICATORS) if indicators is None else indicators,
        ),
        "assessment": csv(f"period,branch_id,indicator_id,score,{VOTES},method", rows),
    }
    return checked(write_package(folder, tables), errors=errors)


def scored(
    folder: Path, rows: list[str], indicators: list[str] | None = None, errors: frozenset[str] = frozenset()
) -> AssessmentCounted:
    found = package(folder, rows, indicators, errors)
    return ASSESSMENT.count(found.tables, counted(found).scope)


def measured(found: Checked) -> AssessmentFacts:
    scope = counted(found).scope
    return ASSESSMENT.measure(ASSESSMENT.protect(ASSESSMENT.count(found.tables, scope), found.policy), scope)


def rows(scores: dict[str, str], period: str = "2026-Q3") -> list[str]:
    return [f"{period},{BRANCH},{key},{score},,,,,,,数据计算" for key, score in scores.items()]


@pytest.mark.parametrize(
    ("scores", "exact", "total", "grade"),
    [
        # the example of docs/metrics.md; binary floating point would give 88.4
        ({"I01": "92", "I02": "85.5", "I03": "45", "I04": "80"}, "88.45", "88.5", "良好"),
        ({"I01": "100", "I02": "100", "I03": "50", "I04": "100"}, "100", "100.0", "优秀"),
        ({"I01": "0", "I02": "0", "I03": "0", "I04": "0"}, "0", "0.0", "不合格"),
        # the ladder is climbed by the score that is printed: 89.95 is printed as 90.0
        ({"I01": "100", "I02": "100", "I03": "50", "I04": "0"}, "90", "90.0", "优秀"),
        ({"I01": "99.875", "I02": "100", "I03": "50", "I04": "0"}, "89.95", "90.0", "优秀"),
        ({"I01": "99.85", "I02": "100", "I03": "50", "I04": "0"}, "89.94", "89.9", "良好"),
        ({"I01": "75", "I02": "100", "I03": "50", "I04": "0"}, "80", "80.0", "良好"),
        ({"I01": "74.75", "I02": "100", "I03": "50", "I04": "0"}, "79.9", "79.9", "合格"),
        ({"I01": "100", "I02": "66.6666", "I03": "0", "I04": "0"}, "59.99998", "60.0", "合格"),
        ({"I01": "100", "I02": "66.5", "I03": "0", "I04": "0"}, "59.95", "60.0", "合格"),
        ({"I01": "100", "I02": "66.4", "I03": "0", "I04": "0"}, "59.92", "59.9", "不合格"),
        ({"I01": "0.625", "I02": "0", "I03": "0", "I04": "0"}, "0.25", "0.3", "不合格"),
        ({"I01": "0.125", "I02": "0", "I03": "0", "I04": "0"}, "0.05", "0.1", "不合格"),
    ],
)
def test_the_composite_is_rounded_half_up_once_at_the_end(
    scores: dict[str, str], exact: str, total: str, grade: str, tmp_path: Path
) -> None:
    found = scored(tmp_path / "package", rows(scores)).scores["2026-Q3", BRANCH]

    assert (found.exact, found.total, str(found.total), found.grade) == (Fraction(exact), Decimal(total), total, grade)


def test_the_points_are_weight_times_score_by_full_score(tmp_path: Path) -> None:
    found = scored(tmp_path / "package", rows({"I01": "92", "I02": "85.5", "I03": "45", "I04": "80"})).scores[
        "2026-Q3", BRANCH
    ]

    assert [
        (line.indicator_id, str(line.weight), str(line.score), str(line.full_score), line.points)
        for line in found.lines
    ] == [
        ("I01", "40.0", "92.0", "100.0", Fraction("36.8")),
        ("I02", "30.0", "85.5", "100.0", Fraction("25.65")),
        ("I03", "20.0", "45.0", "50.0", Fraction(18)),
        ("I04", "10.0", "80.0", "100.0", Fraction(8)),
    ]


@pytest.mark.parametrize(
    ("left_out", "errors"),
    [({"I04": ""}, {"score-missing"}), ({}, set())],
    ids=["the score is empty", "the row is missing"],
)
def test_an_indicator_without_a_score_means_no_composite_and_no_grade(
    left_out: dict[str, str], errors: set[str], tmp_path: Path
) -> None:
    reported = rows({"I01": "100", "I02": "100", "I03": "50"} | left_out)
    found = scored(tmp_path / "package", reported, errors=frozenset(errors)).scores["2026-Q3", BRANCH]

    assert (found.exact, found.total, found.grade) == (None, None, None)
    assert [(line.indicator_id, line.points) for line in found.lines] == [
        ("I01", Decimal(40)), ("I02", Decimal(30)), ("I03", Decimal(20)), ("I04", None),
    ]  # fmt: skip


def test_the_indicators_are_those_in_force_on_the_last_day_of_the_period(tmp_path: Path) -> None:
    indicators = [
        *indicator_rows({"I01": ("40", "100")}, "2026-01-01", ""),
        *indicator_rows({"I02": ("60", "100")}, "2026-01-01", "2026-06-30"),
        *indicator_rows({"I03": ("60", "50")}, "2026-07-01", ""),
    ]
    assessed = rows({"I01": "100", "I02": "50"}, "2026-Q2") + rows({"I01": "100", "I03": "50"}, "2026-Q3")
    facts = measured(package(tmp_path / "package", assessed, indicators))
    assert facts.latest == "2026-Q3"
    assert (facts.periods, facts.in_force) == (
        ("2026-Q2", "2026-Q3"), {"2026-Q2": ("I01", "I02"), "2026-Q3": ("I01", "I03")},
    )  # fmt: skip
    assert {key[0]: score.total for key, score in facts.scores.items()} == {
        "2026-Q2": Decimal("70.0"),
        "2026-Q3": Decimal("100.0"),
    }


def test_a_ballot_is_counted_by_what_the_schema_says_of_it(tmp_path: Path) -> None:
    row = f"2026-Q3,{BRANCH},I01,61.3,26,24,6,6,6,6,党员评议"
    found = package(tmp_path / "package", [row])
    facts = measured(found)
    line = facts.scores["2026-Q3", BRANCH].lines[0]
    assert (line.ballots_issued, line.approval, line.method) == (26, Ratio(12, 24), "党员评议")
    assert [count for _, count in line.votes] == [6, 6, 6, 6]
    (shown,) = sheet(facts, "2026-Q3", facts.scores["2026-Q3", BRANCH], str).approvals
    assert (shown.issued, shown.ratio, shown.low_pct, shown.high_pct) == (26, Ratio(12, 24), "31.4", "68.6")
    assert shown.votes == line.votes


def test_the_ladder_is_read_from_the_best_grade_down(tmp_path: Path) -> None:
    found = scored(tmp_path / "package", rows({"I01": "1"}))

    assert [(name, int(minimum)) for name, minimum in found.ladder] == [
        ("优秀", 90),
        ("良好", 80),
        ("合格", 60),
        ("不合格", 0),
    ]
