"""A package without a table or a field that the engine needs is refused by name; it never crashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder import load
from builder.errors import BuilderError
from builder.load import required

NEEDED = sorted(
    (table, field, source is required.SHOWN)
    for source in (required.SHOWN, required.COUNTED)
    for table, fields in source.items()
    for field in fields
)


def refused(folder: Path) -> str:
    with pytest.raises(BuilderError) as caught:
        load.package(folder)
    error = caught.value
    assert type(error) is BuilderError
    assert error.hint.format(**error.values)
    return str(error)


def edit(path: Path, change: Any) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


def without_table(folder: Path, *names: str) -> None:
    def change(value: Any) -> None:
        value["resources"] = [item for item in value["resources"] if item["name"] not in names]

    edit(folder / "datapackage.json", change)
    for path in (folder / "schemas").glob("*.json"):
        edit(path, lambda value: value.update(foreignKeys=[]))


def test_the_repository_has_all_that_is_needed(own_package: Path) -> None:
    assert load.package(own_package).resources


@pytest.mark.parametrize(("table", "field", "_shown"), NEEDED)
def test_a_missing_field_is_named_with_its_schema(table: str, field: str, _shown: bool, own_package: Path) -> None:
    def change(value: Any) -> None:
        value["fields"] = [item for item in value["fields"] if item["name"] != field]
        value["primaryKey"], value["foreignKeys"] = [], []

    for path in (own_package / "schemas").glob("*.json"):
        edit(path, lambda value: value.update(foreignKeys=[]))
    edit(own_package / "schemas" / f"{table}.json", change)

    assert refused(own_package) == f"schemas/{table}.json: the field “{field}” is missing"


@pytest.mark.parametrize(("table", "field", "shown"), NEEDED)
def test_a_needed_field_is_published(table: str, field: str, shown: bool, own_package: Path) -> None:
    publish = "counts" if shown else "never"

    def change(value: Any) -> None:
        value["primaryKey"], value["foreignKeys"] = [], []
        next(item for item in value["fields"] if item["name"] == field)["publish"] = publish

    edit(own_package / "schemas" / f"{table}.json", change)

    said = refused(own_package)
    assert said == f"schemas/{table}.json: the engine needs field {field}, but its publish is “{publish}”"


@pytest.mark.parametrize("table", required.TABLES)
def test_no_page_without_areas_and_grids(table: str, own_package: Path) -> None:
    without_table(own_package, table)

    assert refused(own_package) == f"datapackage.json: there is no resource “{table}”"


@pytest.mark.parametrize(("table", "partner"), required.PARTNERS.items())
def test_a_table_needs_its_partner_but_not_the_other_way_round(table: str, partner: str, own_package: Path) -> None:
    before = (own_package / "datapackage.json").read_text(encoding="utf-8")
    without_table(own_package, partner)
    assert refused(own_package) == f"datapackage.json: there is a resource “{table}” but no “{partner}”"

    (own_package / "datapackage.json").write_text(before, encoding="utf-8")
    without_table(own_package, table)
    assert partner in load.package(own_package).resources


def test_a_vote_that_is_never_published_cannot_be_counted(own_package: Path) -> None:
    def change(value: Any) -> None:
        del next(item for item in value["fields"] if item.get("vote"))["publish"]

    edit(own_package / "schemas" / "assessment.json", change)

    assert "its publish is “never”" in refused(own_package)
