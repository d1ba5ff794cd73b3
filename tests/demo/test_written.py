"""What is written, and when nothing is: the same plan the same bytes, any template, no half package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from builder.demo import Plan
from builder.errors import BuilderError
from builder.places import NEEDS as PLACES
from builder.subjects import SUBJECTS
from tests.demo.making import PLAN, fingerprints, write
from tests.packages import AREAS, AS_OF, DATASETS


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


MAY_BE_EMPTY = {"case_statistic", "feedback_statistic"}


def test_a_subject_that_is_left_out_changes_no_other_table_and_is_named(
    areas: Path, package: Path, tmp_path: Path
) -> None:
    assert len({subject.demo.stream for subject in SUBJECTS if subject.demo}) == len(SUBJECTS) == 9
    for subject in SUBJECTS:
        others = tuple(other for other in SUBJECTS if other is not subject)
        target = tmp_path / subject.name
        gone = {needs.resource for needs in subject.needs} - {needs.resource for needs in PLACES}
        files = {Path(name).stem for name in subject.demo.attachments()} if subject.demo else set()
        # a table that may be empty is written without rows, whether anybody fills it or not
        assert set(write(target, areas=areas, plan=PLAN, subjects=others)) == gone - MAY_BE_EMPTY
        found = fingerprints(target)
        kept = {path for path in fingerprints(package) if Path(path).stem not in (gone - MAY_BE_EMPTY) | files}
        assert set(found) == kept
        # scores that follow from duties are made up where there are none
        follows = {"assessment.csv"} if subject.name == "duty" else set()
        changed = {path for path in kept if found[path] != fingerprints(package)[path]}
        assert changed == {"datapackage.json"} | follows


def test_a_table_of_the_template_that_no_subject_knows_is_left_out_and_named(areas: Path, tmp_path: Path) -> None:
    shutil.copytree(DATASETS / "schemas", tmp_path / "template" / "schemas")
    descriptor = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"].append({"name": "promise", "path": "promise.csv", "schema": "schemas/promise.json"})
    (tmp_path / "template" / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "template" / "schemas" / "promise.json").write_text('{"fields": [{"name": "x"}]}', encoding="utf-8")
    assert write(tmp_path / "new", areas=areas, plan=PLAN, template=tmp_path / "template") == ("promise",)
    assert not list((tmp_path / "new").rglob("promise.*"))
    assert "promise" not in (tmp_path / "new" / "datapackage.json").read_text(encoding="utf-8")


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
    for item in json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (package / item["path"]).read_bytes()
        schema = json.loads((package / item["schema"]).read_text(encoding="utf-8"))
        names = [field["name"] for field in schema["fields"]]
        assert content.split(b"\n")[0].decode() == ",".join(names)
        assert b"\r" not in content


def test_the_descriptor_says_demonstration_and_as_of(package: Path) -> None:
    settings = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["mingge"]
    assert (settings["demonstration"], settings["as_of"]) == (True, "2026-10-31")


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
