"""Bonuses, penalties and vetoes, and how far the next grade is."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Ratio
from builder.subjects.assessment.chart import Step, chart
from builder.subjects.assessment.detail import detail
from builder.subjects.assessment.ladder import distance
from builder.subjects.assessment.protect import Score, ScoreLine
from tests.packages import checked, csv, write_package
from tests.subjects.assessment.test_scores import BASE, BRANCH, measured

LADDER = tuple((name, Decimal(minimum)) for name, minimum in (("优秀", "90"), ("良好", "80.25"), ("不合格", "0")))
KINDS = {
    "I01": ("计分", "60", "100"), "I02": ("计分", "40", "50"), "I03": ("加分", "3", "3"), "I04": ("减分", "5", "10"),
    "I05": ("否决", "0", "1"),
}  # fmt: skip


def scored(folder: Path, scores: dict[str, str]) -> Score:
    """Return the published score of a branch that was given `scores`."""
    tables = {
        **BASE,
        "indicator": csv(
            "indicator_id,name,kind,definition,direction,evaluator,weight,full_score,valid_from_date,valid_to_date",
            [f"{key},指标{key},{kind},定义,正向,上级,{weight},{full},2026-01-01,"
             for key, (kind, weight, full) in KINDS.items()],
        ),
        "assessment": csv(
            "period,branch_id,indicator_id,score", [f"2026-Q3,{BRANCH},{key},{score}" for key, score in scores.items()]
        ),
    }  # fmt: skip
    return measured(checked(write_package(folder, tables))).scores["2026-Q3", BRANCH]


@pytest.mark.parametrize(
    ("scores", "total", "grade"),
    [
        ({"I01": "90", "I02": "45"}, "90.0", "优秀"),
        ({"I01": "90", "I02": "45", "I03": "2"}, "92.0", "优秀"),
        ({"I01": "100", "I02": "50", "I03": "3"}, "103.0", "优秀"),
        ({"I01": "90", "I02": "45", "I04": "1"}, "89.5", "良好"),
        ({"I01": "90", "I02": "45", "I04": "1", "I03": "1"}, "90.5", "优秀"),
        ({"I01": "0", "I02": "0", "I04": "10"}, "0.0", "不合格"),
        ({"I01": "100", "I02": "50", "I05": "1"}, "100.0", "不合格"),
        ({"I01": "100", "I02": "50", "I05": "0"}, "100.0", "优秀"),
        ({"I01": "100", "I03": "3"}, None, None),
        ({"I03": "3", "I05": "1"}, None, None),
    ],
)
def test_a_bonus_adds_a_penalty_takes_and_a_veto_means_the_lowest_grade(
    scores: dict[str, str], total: str | None, grade: str | None, tmp_path: Path
) -> None:
    found = scored(tmp_path / "package", scores)
    assert (found.total, found.grade) == (total and Decimal(total), grade)
    assert found.is_vetoed is (scores.get("I05") == "1")


def score_of(points: list[tuple[str, int, int, str]]) -> Score:
    """Return a score of (effect, weight, full score, score) lines, added up independently of the builder."""
    signs = {"scored": 1, "bonus": 1, "penalty": -1, "veto": 0}
    lines = tuple(
        ScoreLine(
            indicator_id=f"I{at}", effect=effect, weight=Decimal(weight), full_score=Decimal(full),
            score=Decimal(score), points=Fraction(weight) * Fraction(score) / full,
            ballots_issued=0, votes=(), approval=Ratio(0, 0),
            method="", evidence_url="", computation=None, low=Decimal(score), high=Decimal(score), withheld="",
            approval_most=Ratio(0, 0),
        )
        for at, (effect, weight, full, score) in enumerate(points)
    )  # fmt: skip
    exact = sum((signs[line.effect] * (line.points or Fraction(0)) for line in lines), Fraction(0))
    return Score(lines, half_up(exact), "", False, half_up(exact), half_up(exact), ())


def half_up(exact: Fraction) -> Decimal:
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return max(value, Decimal(0)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_what_is_missing_is_told_with_where_it_could_come_from() -> None:
    score = score_of([("scored", 60, 100, "80"), ("scored", 40, 50, "38"), ("bonus", 3, 3, "0"),
                      ("penalty", 5, 10, "2")])  # fmt: skip
    found = distance(score, LADDER)
    assert score.total == Decimal("77.4")
    assert found is not None
    # 80.25 is reached by a printed score of 80.3
    assert (found.grade, found.minimum, found.missing) == ("良好", Decimal("80.25"), Decimal("2.9"))
    assert [(room.indicator_id, room.points, room.score) for room in found.rooms] == [
        ("I0", Fraction(12), Decimal("84.9")), ("I1", Fraction(48, 5), Decimal("41.7")),
        ("I2", Fraction(3), Decimal("2.9")), ("I3", Fraction(1), None),
    ]  # fmt: skip


LINES = st.tuples(st.sampled_from([30, 50, 100]), st.integers(0, 300))


@given(st.lists(LINES, min_size=4, max_size=4))
def test_the_score_that_is_said_to_be_enough_by_itself_is_enough(drawn: list[tuple[int, int]]) -> None:
    effects = [("scored", 70), ("scored", 30), ("bonus", 4), ("penalty", 6)]
    points = [
        (effect, weight, full, str(Decimal(min(tenths, full * 10)) / 10))
        for (effect, weight), (full, tenths) in zip(effects, drawn, strict=True)
    ]
    score = score_of(points)
    found = distance(score, LADDER)
    assert score.total is not None
    if found is None:
        assert score.total >= 90
        return
    assert found.minimum > score.total
    for room in found.rooms:
        if room.score is None:
            continue
        at = int(room.indicator_id[1:])
        effect, weight, full, _ = points[at]
        changed = [*points]
        changed[at] = (effect, weight, full, str(room.score))
        lifted = score_of(changed).total
        assert Decimal(0) <= room.score <= full
        assert lifted is not None
        assert lifted >= found.minimum


def test_there_is_no_next_grade_in_the_best_one_or_under_a_veto() -> None:
    best = score_of([("scored", 100, 100, "90")])
    assert distance(best, LADDER) is None
    ten = Decimal("10.0")
    assert distance(best._replace(total=ten, low=ten, high=ten, is_vetoed=True), LADDER) is None
    assert distance(best._replace(total=None, low=None), LADDER) is None
    assert distance(best._replace(total=ten, low=ten, high=ten), ()) is None
    # a range over two grades
    assert distance(best._replace(total=None, low=Decimal("79.0"), high=Decimal("81.0")), LADDER) is None


def test_of_a_range_it_is_told_how_much_is_missing_at_least_and_at_most() -> None:
    score = score_of([("scored", 60, 100, "80"), ("scored", 40, 50, "38")])  # 78.4
    banded = score.lines[1]._replace(score=None, points=None, low=Decimal(37), high=Decimal(38))
    score = Score((score.lines[0], banded), None, "", False, Decimal("77.6"), Decimal("78.4"), ("良好",))
    found = distance(score, LADDER)
    assert found is not None
    assert (found.least, found.missing) == (Decimal("1.9"), Decimal("2.7"))
    assert [(room.least, room.points, room.score) for room in found.rooms] == [
        (Fraction(12), Fraction(12), None), (Fraction(48, 5), Fraction(52, 5), None),
    ]  # fmt: skip


def test_bars_begin_where_the_one_above_ends_and_a_penalty_goes_back() -> None:
    found = chart([
        Step("a", "", Fraction(50), Fraction(60)), Step("b", "", Fraction(25), Fraction(40)),
        Step("c", "", Fraction(-25), Fraction(0)),
    ])  # fmt: skip
    assert [(bar.left, bar.width, bar.room, bar.is_minus) for bar in found.bars] == [
        (0, 180, 36, False), (180, 90, 54, False), (180, 90, 0, True),
    ]  # fmt: skip


def test_each_kind_of_evaluator_is_heard_apart(tmp_path: Path) -> None:
    votes = "ballots_issued,ballots_valid,votes_good,votes_fair,votes_average,votes_poor"
    tables = {
        **BASE,
        "indicator": csv(
            "indicator_id,name,definition,direction,evaluator,weight,full_score,valid_from_date,valid_to_date",
            ["I01,甲,定义,正向,上级,30,100,2026-01-01,", "I02,乙,定义,正向,群众,40,100,2026-01-01,",
             "I03,丙,定义,正向,上级,20,50,2026-01-01,", "I04,丁,定义,正向,党员,10,100,2026-01-01,"],
        ),
        "assessment": csv(
            f"period,branch_id,indicator_id,score,{votes}",
            [f"2026-Q3,{BRANCH},I01,90,,,,,,", f"2026-Q3,{BRANCH},I02,61.3,26,24,6,6,6,6",
             f"2026-Q3,{BRANCH},I03,45,,,,,,", f"2026-Q3,{BRANCH},I04,50,9,9,9,,,"],
        ),
    }  # fmt: skip
    facts = measured(checked(write_package(tmp_path / "package", tables)))
    found = detail(facts, facts.scores["2026-Q3", BRANCH]).voices
    # nine ballots are too few to be shown, and what they gave may be anything
    assert [
        (row.evaluator, row.indicators, row.points, row.points_most, row.weight, row.share_pct, row.share_most_pct)
        for row in found
    ] == [
        ("上级", ("甲", "丙"), "45", "", "50", "90.0", ""), ("群众", ("乙",), "24.52", "", "40", "61.3", ""),
        ("党员", ("丁",), "0", "10", "10", "0.0", "100.0"),
    ]
    assert [(row.approval, row.is_withheld, row.low_pct, row.high_pct) for row in found] == [
        (Ratio(0, 0), False, "", ""), (Ratio(12, 24), False, "31.4", "68.6"), (Ratio(0, 0), True, "", ""),
    ]  # fmt: skip
