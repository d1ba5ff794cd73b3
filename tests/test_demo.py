"""Demonstration data keep every promise that real data must keep."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from builder.demo import Plan
from builder.demo import write as write_demo
from builder.errors import BuilderError
from builder.subjects import SUBJECTS
from builder.subjects.subject import AnySubject

TEMPLATE = Path(__file__).parents[1] / "datasets"
AS_OF = date(2026, 10, 31)
PLAN = Plan(grids=40, cases=900, seed=7, as_of=AS_OF)
AREAS = """code,name,level,parent_code
990001,演示区,district,
990001001,东街道,street,990001
990001002,西镇,street,990001
990001001001,柴米居委会,community,990001001
990001001002,城南社区居委会,community,990001001
990001002001,王庄村委会,community,990001002
"""


def write(
    target: Path,
    *,
    areas: Path | None,
    plan: Plan,
    template: Path = TEMPLATE,
    subjects: tuple[AnySubject, ...] = SUBJECTS,
) -> tuple[str, ...]:
    """Write a demonstration package of the repository's shape, unless said otherwise."""
    return write_demo(target, areas=areas, template=template, plan=plan, subjects=subjects)


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An areas file with three communities that exist nowhere."""
    path = tmp_path_factory.mktemp("areas") / "areas.csv"
    path.write_text(AREAS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def package(areas: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of PLAN."""
    target = tmp_path_factory.mktemp("package") / "datasets"
    write(target, areas=areas, plan=PLAN)
    return target


def table(package: Path, name: str) -> pd.DataFrame:
    """Return a table as text, empty cells as empty strings."""
    return pd.read_csv(package / f"{name}.csv", dtype=str, keep_default_na=False)


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the digest of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def ordered(frame: pd.DataFrame, columns: list[str]) -> bool:
    """Return whether the dates in each row that are present never go down."""
    return all(
        dates == sorted(dates) for dates in ([d for d in row if d] for row in frame[columns].itertuples(index=False))
    )


def test_the_same_plan_gives_the_same_bytes_and_another_seed_does_not(
    areas: Path, package: Path, tmp_path: Path
) -> None:
    write(tmp_path / "again", areas=areas, plan=PLAN)
    write(tmp_path / "other", areas=areas, plan=Plan(40, 900, 8, AS_OF))
    assert fingerprints(tmp_path / "again") == fingerprints(package)
    assert fingerprints(tmp_path / "other")["case.csv"] != fingerprints(package)["case.csv"]


def test_more_cases_change_no_other_table(areas: Path, package: Path, tmp_path: Path) -> None:
    write(tmp_path / "more", areas=areas, plan=Plan(40, 1200, 7, AS_OF))
    before, after = fingerprints(package), fingerprints(tmp_path / "more")
    assert {path for path in before if before[path] != after[path]} == {"case.csv"}


def test_a_subject_that_is_left_out_changes_no_other_table_and_is_named(
    areas: Path, package: Path, tmp_path: Path
) -> None:
    assert len({subject.demo.stream for subject in SUBJECTS if subject.demo}) == len(SUBJECTS) == 3
    for subject in SUBJECTS:
        others = tuple(other for other in SUBJECTS if other is not subject)
        target = tmp_path / subject.name
        gone = {needs.resource for needs in subject.needs}
        assert set(write(target, areas=areas, plan=PLAN, subjects=others)) == gone
        found = fingerprints(target)
        kept = {path for path in fingerprints(package) if Path(path).stem not in gone}
        assert set(found) == kept
        assert {path for path in kept if found[path] != fingerprints(package)[path]} == {"datapackage.json"}


def test_a_table_of_the_template_that_no_subject_knows_is_left_out_and_named(areas: Path, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATE / "schemas", tmp_path / "template" / "schemas")
    descriptor = json.loads((TEMPLATE / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"].append({"name": "roster", "path": "roster.csv", "schema": "schemas/roster.json"})
    (tmp_path / "template" / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "template" / "schemas" / "roster.json").write_text('{"fields": [{"name": "x"}]}', encoding="utf-8")
    assert write(tmp_path / "new", areas=areas, plan=PLAN, template=tmp_path / "template") == ("roster",)
    assert not list((tmp_path / "new").rglob("roster.*"))
    assert "roster" not in (tmp_path / "new" / "datapackage.json").read_text(encoding="utf-8")


def test_without_a_file_of_areas_those_of_the_template_are_taken(package: Path, tmp_path: Path) -> None:
    assert write(tmp_path / "new", areas=None, plan=PLAN, template=package) == ()
    assert fingerprints(tmp_path / "new")["area.csv"] == fingerprints(package)["area.csv"]


def test_a_template_without_areas_needs_a_file_of_them(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path / "template")
    (tmp_path / "template" / "area.csv").unlink()
    with pytest.raises(BuilderError, match="has no areas to put grids into"):
        write(tmp_path / "new", areas=None, plan=PLAN, template=tmp_path / "template")
    assert not (tmp_path / "new").exists()


def test_files_are_plain_csv_with_the_header_of_their_schema(package: Path) -> None:
    for schema in sorted((package / "schemas").glob("*.json")):
        content = (package / f"{schema.stem}.csv").read_bytes()
        names = [field["name"] for field in json.loads(schema.read_text(encoding="utf-8"))["fields"]]
        assert content.split(b"\n")[0].decode() == ",".join(names)
        assert b"\r" not in content


def test_the_descriptor_says_demonstration_and_as_of(package: Path) -> None:
    settings = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["mingge"]
    assert (settings["demonstration"], settings["as_of"]) == (True, "2026-10-31")


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
            assert force["weight"].astype(int).sum() == 100


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


def test_an_occupied_target_is_refused_and_left_alone(areas: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BuilderError, match="not an empty folder"):
        write(tmp_path, areas=areas, plan=PLAN)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        ("", "cannot be read"),
        ("code,name\n1,a\n", "there is no column level, parent_code"),
        ("code,name,level,parent_code\n990001,演示区,district,\n", "there are no communities"),
        (AREAS.replace("990001002,西镇", "990001003,西镇"), "under “990001002”"),
    ],
)
def test_an_unfit_areas_file_is_refused_before_anything_is_written(
    tmp_path: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "areas.csv").write_text(content, encoding="utf-8")
    with pytest.raises(BuilderError, match=message):
        write(tmp_path / "new", areas=tmp_path / "areas.csv", plan=PLAN)
    assert not (tmp_path / "new").exists()


def test_more_grids_than_codes_are_refused(areas: Path, tmp_path: Path) -> None:
    with pytest.raises(BuilderError, match="in one community"):
        write(tmp_path / "new", areas=areas, plan=Plan(3500, 0, 1, AS_OF))
