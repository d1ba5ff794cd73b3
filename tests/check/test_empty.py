"""A table that has its header alone, as a new district has most of them, is judged and crashes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.packages import DATASETS, checked

RESOURCES = [item["name"] for item in json.loads((DATASETS / "datapackage.json").read_text("utf-8"))["resources"]]


def emptied(package: Path, name: str) -> None:
    """Leave the header of a table, and let it be empty."""
    table = package / f"{name}.csv"
    table.write_text(table.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for item in descriptor["resources"]:
        if item["name"] == name:
            item["minimum_rows"] = 0
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.mark.nightly
@pytest.mark.parametrize("name", [name for name in RESOURCES if name not in ("area", "grid")])
def test_any_table_that_no_page_hangs_on_may_have_its_header_alone(name: str, own_package: Path) -> None:
    emptied(own_package, name)

    assert checked(own_package, errors=None).tables.package.resources[name].minimum_rows == 0


@pytest.mark.nightly
def test_a_grid_without_a_single_term_is_nobodys(own_package: Path) -> None:
    emptied(own_package, "branch_grid")

    assert checked(own_package, errors=None).counts()["responsible-missing"] == 3
