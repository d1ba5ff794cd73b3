"""The public rows of polls: what they say, that they say it twice alike, and that a site is made from them alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from builder import pipeline
from builder.load import site_config
from builder.model import Ratio
from builder.subjects.assessment.ballots import BOUNDS, ballots, kept, public
from builder.subjects.assessment.protect import mask
from tests.packages import ROOT, checked, csv, demo_checked, demo_package, demo_site, published, quiet, write_package
from tests.site.addresses import files
from tests.subjects.assessment.test_scores import BASE, BRANCH, VOTES, measured

COUNTS = ["ballots_issued", "ballots_valid", "votes_good", "votes_fair", "votes_average", "votes_poor"]
TOLD = "score_low,score_high,favourable_low,favourable_high,withheld"
INDICATORS = csv(
    "indicator_id,name,definition,direction,evaluator,weight,full_score,valid_from_date,valid_to_date",
    [f"I0{n},指标{n},定义,正向,群众,{weight},{full},2026-01-01," for n, weight, full in ((1, 60, 100), (2, 40, 50))],
)


def package(folder: Path, rows: list[str], settings: dict[str, object] | None = None) -> Path:
    """Write a package of assessment `rows`: indicator, score, six numbers of ballots."""
    lines = [f"2026-Q3,{BRANCH},{row},,,,," for row in rows]
    tables = {
        **BASE, "indicator": INDICATORS,
        "assessment": csv(f"period,branch_id,indicator_id,score,{VOTES},{TOLD}", lines),
    }  # fmt: skip
    return write_package(folder, tables, settings)


def told(folder: Path, row: str, settings: dict[str, object] | None = None) -> dict[str, object]:
    """Return the public cells of a poll that are not empty."""
    found = checked(package(folder / "package", [row], settings))
    frame = published(found).tables["assessment"]
    cells = frame.iloc[0].drop(["period", "branch_id", "indicator_id"]).dropna()
    return {str(name): value for name, value in cells.items()}


CASES = [
    # (the row, what is told of it)
    ("I01,76.6,66,64,28,12,18,6", {  # both sides have many: all of it
        "score": 76.6, "ballots_issued": 66, "ballots_valid": 64, "votes_good": 28, "votes_fair": 12,
        "votes_average": 18, "votes_poor": 6, "favourable_low": 40, "favourable_high": 40,
    }),
    ("I01,86.8,50,45,26,9,9,1", {  # one poor vote among ten that are not in favour
        "score": 86.8, "ballots_issued": 50, "ballots_valid": 45, "votes_good": 26, "votes_fair": 9,
        "votes_average": 9, "votes_poor": 1, "favourable_low": 35, "favourable_high": 35,
    }),
    ("I01,92.6,50,45,30,13,1,1", {  # two that are not in favour
        "ballots_issued": 50, "ballots_valid": 45, "score_low": 92, "score_high": 93, "favourable_low": 41,
        "favourable_high": 45, "withheld": "只公布范围",
    }),
    ("I01,100,45,45,45,0,0,0", {  # everybody of one mind
        "ballots_issued": 45, "ballots_valid": 45, "score_low": 96, "score_high": 100, "favourable_low": 41,
        "favourable_high": 45, "withheld": "只公布范围",
    }),
    ("I02,46.3,50,45,30,13,1,1", {  # the same votes where the full score is 50
        "ballots_issued": 50, "ballots_valid": 45, "score_low": 46, "score_high": 46.5, "favourable_low": 41,
        "favourable_high": 45, "withheld": "只公布范围",
    }),
    ("I01,90.6,9,9,5,3,1,0", {"withheld": "票数太少"}),
    ("I01,90.6,12,0,0,0,0,0", {"withheld": "票数太少"}),  # nobody answered
    ("I01,90.6,0,0,0,0,0,0", {  # no poll at all
        "score": 90.6, "ballots_issued": 0, "ballots_valid": 0, "votes_good": 0, "votes_fair": 0, "votes_average": 0,
        "votes_poor": 0,
    }),
    ("I01,90.6,,,,,,", {"score": 90.6}),
    ("I01,12.3,50,45,30,13,1,1", {  # a score that is not what the votes give
        "ballots_issued": 50, "ballots_valid": 45, "favourable_low": 41, "favourable_high": 45,
        "withheld": "算法未写明",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("row", "cells"), CASES)
def test_a_poll_is_told_as_far_as_no_vote_follows_from_it(row: str, cells: dict[str, object], tmp_path: Path) -> None:
    assert told(tmp_path, row) == cells


def test_the_smallest_number_that_is_told_is_the_packages(tmp_path: Path) -> None:
    row = "I01,92.1,50,45,32,9,3,1"
    assert "votes_poor" not in told(tmp_path / "five", row)
    assert told(tmp_path / "four", row, {"minimum_cell": 4})["votes_poor"] == 1


def test_a_score_without_ballots_is_hidden_where_others_of_the_indicator_have_some(tmp_path: Path) -> None:
    rows = [f"2026-Q3,B0000000{n},I01,90.6,{ballots},,,,," for n, ballots in ((1, "50,45,30,13,1,1"), (2, ",,,,,"))]
    rows = [rows[0].replace("90.6", "92.6"), rows[1]]
    branches = csv("branch_id,name,kind,parent_id", [f"B0000000{n},第{n}党支部,党支部," for n in (1, 2)])
    tables = {**BASE, "branch": branches, "indicator": INDICATORS,
              "assessment": csv(f"period,branch_id,indicator_id,score,{VOTES},{TOLD}", rows)}  # fmt: skip
    frame = published(checked(write_package(tmp_path / "package", tables))).tables["assessment"]
    assert frame["withheld"].tolist() == ["只公布范围", "票数太少"]
    assert frame["score"].isna().all()


@pytest.mark.parametrize("column", ["votes_poor", "ballots_valid"])
def test_where_a_column_of_ballots_is_not_public_nothing_that_is_made_of_it_is(column: str, tmp_path: Path) -> None:
    folder = package(tmp_path / "package", ["I01,76.6,66,64,28,12,18,6"])
    schema = folder / "schemas" / "assessment.json"
    head, name, tail = schema.read_text(encoding="utf-8").partition(f'"name": "{column}"')
    schema.write_text(head + name + tail.replace('"public"', '"counts"', 1), encoding="utf-8")
    found = checked(folder)
    frame = published(found).tables["assessment"]
    assert frame[[*BOUNDS, "score", "ballots_issued"]].isna().all(axis=None)
    assert frame["withheld"].tolist() == ["票数不公开"]
    (line, _) = measured(found).scores["2026-Q3", BRANCH].lines
    assert (line.score, line.low, line.high) == (None, Decimal(0), Decimal(100))
    assert (line.votes, line.approval) == ((), Ratio(0, 0))


def test_where_the_worth_of_a_vote_is_not_declared_no_score_of_hidden_votes_is_told(tmp_path: Path) -> None:
    folder = package(tmp_path / "package", ["I01,92.6,50,45,30,13,1,1", "I02,38.3,66,64,28,12,18,6"])
    schema = folder / "schemas" / "assessment.json"
    schema.write_text(schema.read_text(encoding="utf-8").replace('"vote_score": 85,', ""), encoding="utf-8")
    frame = published(checked(folder)).tables["assessment"]
    assert frame["withheld"].fillna("").tolist() == ["算法未写明", ""]
    assert frame["score"].fillna(-1).tolist() == [-1, 38.3]
    assert frame["favourable_low"].tolist() == [41, 40]


# ── what is made of them ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rows", "total", "low", "high", "grades"),
    [
        # 60 × (92–93) ÷ 100 + 40 × 45 ÷ 50
        (["I01,92.6,50,45,30,13,1,1", "I02,45,,,,,,"], None, "91.2", "91.8", ("优秀",)),
        # nothing of the small poll is told, so it may be anything up to the full score
        (["I01,90.6,9,9,5,3,1,0", "I02,45,,,,,,"], None, "36.0", "96.0", ("优秀", "良好", "合格", "不合格")),
        (["I01,76.6,66,64,28,12,18,6", "I02,45,,,,,,"], "82.0", "82.0", "82.0", ("良好",)),
    ],
)
def test_the_composite_score_is_what_the_public_scores_allow(
    rows: list[str], total: str | None, low: str, high: str, grades: tuple[str, ...], tmp_path: Path
) -> None:
    score = measured(checked(package(tmp_path / "package", rows))).scores["2026-Q3", BRANCH]
    assert (score.total, score.low, score.high) == (total and Decimal(total), Decimal(low), Decimal(high))
    assert score.grades == grades
    assert score.grade == (grades[0] if len(grades) == 1 else None)


def test_public_rows_are_their_own_public_rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = demo_checked(tmp_path_factory.getbasetemp())
    rules, frame = ballots(found.tables), found.tables["assessment"]
    once = public(frame, rules)
    pd.testing.assert_frame_equal(public(once, rules), once)
    pd.testing.assert_frame_equal(mask("assessment", frame, found.policy, found.tables), once)
    assert once["withheld"].nunique() > 1


@pytest.mark.parametrize(
    ("corrected", "is_kept"),
    [
        ("I01,86.8,50,46,27,9,9,1", True),  # a ballot that came late
        ("I01,84.6,50,45,25,9,9,2", True),  # one that was counted wrong
        ("I01,88,60,50,31,9,9,1", False),  # five late ones hide each other
        ("I01,90.6,9,9,5,3,1,0", False),
    ],
)
def test_a_correction_of_a_few_ballots_does_not_change_what_was_told(
    corrected: str, is_kept: bool, tmp_path: Path
) -> None:
    frames = []
    for name, row in (("before", "I01,86.8,50,45,26,9,9,1"), ("now", corrected)):
        found = checked(package(tmp_path / name, [row]), errors=None)
        frames.append(public(found.tables["assessment"], ballots(found.tables)))
    result = kept(frames[0], frames[1], ballots(found.tables))
    pd.testing.assert_frame_equal(result, frames[0] if is_kept else frames[1])
    pd.testing.assert_frame_equal(kept(frames[0].iloc[:0], frames[1], ballots(found.tables)), frames[1])


def test_a_site_of_the_public_rows_is_the_site_of_the_private_ones(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    private = demo_package(tmp_path_factory.getbasetemp())
    taken_in = Path(shutil.copytree(private, tmp_path / "package"))
    found = checked(private)
    rows = public(found.tables["assessment"], ballots(found.tables))
    write(rows, taken_in / "assessment.csv", found)
    pipeline.build(replace(checked(taken_in)), site_config(ROOT / "mkdocs.yml"), tmp_path / "public", quiet)
    folders = (demo_site(tmp_path_factory.getbasetemp()), tmp_path / "public")
    sites = [{path: file.read_bytes() for path, file in files(folder).items()} for folder in folders]
    assert sorted(sites[0]) == sorted(sites[1])
    assert [path for path, content in sites[0].items() if sites[1][path] != content] == []


def write(rows: pd.DataFrame, path: Path, found: pipeline.Checked) -> None:
    """Write the rows of assessment as a file that the package may hold."""
    fields = found.tables.package.resources["assessment"].schema.names
    rows[list(fields)].to_csv(path, index=False)
