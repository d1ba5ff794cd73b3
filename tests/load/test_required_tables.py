"""A package without a table that the engine needs is refused by name; a table that nobody knows is a warning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder.language import fill
from builder.model import Severity
from builder.subjects import SUBJECTS
from tests.load.needs import ALL, edit, package, refused, without_foreign_keys, without_table
from tests.packages import DATASETS, ROOT, checked


def test_the_manual_for_staff_names_every_table_of_the_repository() -> None:
    manual = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
    tables = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert [item["path"] for item in tables if f"| `{item['path']}` |" not in manual] == []


def test_the_repository_has_all_that_is_needed(own_package: Path) -> None:
    assert set(package(own_package).resources) == set(ALL)


@pytest.mark.parametrize("table", ["area", "grid"])
def test_no_page_without_areas_and_grids(table: str, own_package: Path) -> None:
    without_table(own_package, table)

    assert refused(own_package)[0] == f"datapackage.json: there is no resource “{table}”"


@pytest.mark.parametrize(("table", "partner"), [("case", "case_category"), ("assessment", "indicator")])
def test_a_table_needs_its_partner_but_not_the_other_way_round(table: str, partner: str, own_package: Path) -> None:
    before = (own_package / "datapackage.json").read_text(encoding="utf-8")
    without_table(own_package, partner)
    assert refused(own_package)[0] == f"datapackage.json: there is a resource “{table}” but no “{partner}”"

    (own_package / "datapackage.json").write_text(before, encoding="utf-8")
    without_table(own_package, table)
    assert partner in package(own_package).resources


def rename(folder: Path, old: str, new: str) -> None:
    def change(value: Any) -> None:
        next(item for item in value["resources"] if item["name"] == old)["name"] = new

    edit(folder / "datapackage.json", change)
    without_foreign_keys(folder)


@pytest.mark.parametrize(
    ("name", "written"),
    [("case", "cases"), ("grade", "grades"), ("duty", "dutys"), ("branch", "branches")],
)
def test_a_table_whose_name_is_nearly_right_is_refused_with_the_right_one(
    name: str, written: str, own_package: Path
) -> None:
    rename(own_package, name, written)

    said, hint = refused(own_package)
    assert said.endswith(f" ({written}): there is a resource “{written}” that the engine does not know")
    assert hint == f"did you mean “{name}”? Its pages are made under that name only"


def test_a_table_that_nobody_knows_is_a_warning_and_names_what_it_might_have_been(own_package: Path) -> None:
    rename(own_package, "duty", "promise")
    found = checked(own_package)

    # scores whose formulas name duties are not computed then, and that is said too
    (remark,) = (remark for remark in found.remarks() if remark.code != "formula-unknown-name")
    assert (remark.code, remark.severity, remark.resource, remark.address) == (
        "resource-unknown", Severity.WARNING, "promise", ("datapackage.json", 0, ""),
    )  # fmt: skip
    assert fill(str, remark.message.text, remark.message.values) == (
        "no page shows the table “责任清单” (promise); it is only offered for download"
    )
    assert remark.message.values["known"] == ("duty", "grid_area")
    assert found.subjects == tuple(subject for subject in SUBJECTS if subject.name != "duty")
    assert [subject.name for subject in found.absent] == ["duty"]


@pytest.mark.parametrize("tables", [("branch", "disclosure"), ("branch_grid",), ("grade",), ("duty",)], ids="+".join)
def test_any_other_table_may_be_left_out(tables: tuple[str, ...], own_package: Path) -> None:
    without_table(own_package, *tables)

    assert set(package(own_package).resources) == set(ALL) - {*tables}
