"""Demonstration data keep every promise that real data must keep."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from builder.demo import Plan
from tests.demo.making import table, write
from tests.packages import AS_OF


def ordered(frame: pd.DataFrame, columns: list[str]) -> bool:
    """Return whether the dates in each row that are present never go down."""
    return all(
        dates == sorted(dates) for dates in ([d for d in row if d] for row in frame[columns].itertuples(index=False))
    )


def test_primary_keys_are_unique_and_foreign_keys_are_found(package: Path) -> None:
    for path in sorted((package / "schemas").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        rows = table(package, path.stem)
        assert not rows.duplicated(schema["primaryKey"]).any(), path.stem
        for key in schema.get("foreignKeys", ()):
            target = table(package, key["reference"]["resource"] or path.stem)
            known = {*target[key["reference"]["fields"][0]], ""}
            assert set(rows[key["fields"][0]]) <= known, (path.stem, key)


def test_every_community_has_a_grid_whose_code_begins_with_its_own(package: Path) -> None:
    grids, areas = table(package, "grid"), table(package, "area")
    assert set(grids["area_id"]) == set(areas.loc[areas["level"] == "community", "area_id"])
    assert (grids["grid_id"].str[:12] == grids["area_id"]).all()
    assert (len(grids), grids["name"].is_unique) == (40, True)


def test_exactly_one_branch_answers_for_a_grid_on_every_day_since_it_opened(areas: Path, tmp_path: Path) -> None:
    write(tmp_path / "many", areas=areas, plan=Plan(500, 0, 3, AS_OF))
    rows = table(tmp_path / "many", "branch_grid").query("role == '主责'").sort_values(["grid_id", "from_date"])
    opened = table(tmp_path / "many", "grid").set_index("grid_id")["opened_date"]
    changed = 0
    for grid, terms in rows.groupby("grid_id"):
        begin, end = terms["from_date"].to_list(), terms["to_date"].to_list()
        assert (begin[0], end[-1]) == (opened[grid], "")
        for last, following in zip(end[:-1], begin[1:], strict=True):
            assert pd.Timestamp(following) - pd.Timestamp(last) == pd.Timedelta(days=1)
            changed += 1
    assert set(rows["grid_id"]) == set(opened.index)
    assert changed > 5


def test_a_duty_belongs_to_the_branch_that_answers_for_its_grid_on_the_due_date(areas: Path, tmp_path: Path) -> None:
    write(tmp_path / "many", areas=areas, plan=Plan(300, 0, 3, AS_OF))
    duties = table(tmp_path / "many", "duty").query("grid_id != ''")
    terms = table(tmp_path / "many", "branch_grid").query("role == '主责'")
    both = duties.merge(terms, on=["grid_id", "branch_id"])
    fits = (both["from_date"] <= both["due_date"]) & ((both["to_date"] == "") | (both["due_date"] <= both["to_date"]))
    assert set(both.loc[fits, "duty_id"]) == set(duties["duty_id"])


def test_cases_move_forward_and_never_past_as_of(package: Path) -> None:
    cases = table(package, "case")
    steps = ["received_date", "accepted_date", "responded_date", "resolved_date"]
    assert ordered(cases, steps)
    assert cases[steps].to_numpy().max() <= AS_OF.isoformat()
    assert ((cases["extended_to_date"] == "") | (cases["extended_to_date"] >= cases["received_date"])).all()
    opened = cases["grid_id"].map(table(package, "grid").set_index("grid_id")["opened_date"])
    assert (cases["received_date"] >= opened).all()


def test_stage_outcome_and_satisfaction_agree_with_the_dates(package: Path) -> None:
    cases = table(package, "case")
    resolved, accepted = cases["resolved_date"] != "", cases["accepted_date"] != ""
    assert (resolved == (cases["stage"] == "已办结")).all()
    assert (accepted == (cases["stage"] != "待受理")).all()
    assert (accepted == (cases["method"] != "")).all()
    assert (cases.loc[~resolved, ["outcome", "satisfaction"]] == "").all(axis=None)
    assert 0.4 < (cases.loc[resolved, "satisfaction"] != "").mean() < 0.7


def test_duties_are_done_by_as_of_and_some_are_still_to_come(package: Path) -> None:
    duties = table(package, "duty")
    assert duties["done_date"].max() <= AS_OF.isoformat() < duties["due_date"].max()
    due = duties[duties["due_date"] <= AS_OF.isoformat()]
    on_time = (due["done_date"] != "") & (due["done_date"] <= due["due_date"])
    assert 0.85 < on_time.mean() < 0.97


def test_weights_in_force_sum_to_one_hundred_in_every_assessed_quarter(package: Path) -> None:
    indicators = table(package, "indicator")
    for period in table(package, "assessment")["period"].unique():
        quarter = pd.Period(period.replace("-", ""))
        for day in (f"{quarter.start_time:%Y-%m-%d}", f"{quarter.end_time:%Y-%m-%d}"):
            ends = indicators["valid_to_date"]
            force = indicators[(indicators["valid_from_date"] <= day) & ((ends == "") | (day <= ends))]
            assert force.loc[force["kind"] == "计分", "weight"].astype(int).sum() == 100


def test_valid_ballots_are_the_sum_of_votes_and_scores_stay_within_full_score(package: Path) -> None:
    rows = table(package, "assessment").merge(table(package, "indicator"), on="indicator_id")
    assert rows["score"].astype(float).between(0, rows["full_score"].astype(float)).all()
    polls = rows["evaluator"].isin(["党员", "群众"])
    assert ((rows["ballots_valid"] != "") == polls).all()
    votes = rows.loc[polls, ["votes_good", "votes_fair", "votes_average", "votes_poor"]].astype(int).sum(axis=1)
    assert (votes == rows.loc[polls, "ballots_valid"].astype(int)).all()
    assert (votes <= rows.loc[polls, "ballots_issued"].astype(int)).all()


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(package / "datapackage.json")).validate()
    assert report.flatten(["fieldName", "rowNumber", "note"]) == []


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 3, 31), date(2026, 1, 1)])
def test_any_reference_day_will_do(areas: Path, tmp_path: Path, as_of: date) -> None:
    write(tmp_path / "new", areas=areas, plan=Plan(2, 50, 1, as_of))
    received = table(tmp_path / "new", "case")["received_date"]
    assert received.max() <= as_of.isoformat()
    assert received.min() > as_of.replace(year=as_of.year - 1, day=min(as_of.day, 28)).isoformat()
    assert table(tmp_path / "new", "assessment")["period"].nunique() == 4
