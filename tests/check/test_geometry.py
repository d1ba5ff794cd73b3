"""What is said of a file of shapes whose form is right."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder import check, load
from builder.model import Address, Finding, GeometryFile, Quote, Severity, Tables
from tests.packages import checked
from tests.shaped import feature, grid_ids, square, with_shapes

BOW = [[119.0, 33.0], [119.01, 33.01], [119.01, 33.0], [119.0, 33.01], [119.0, 33.0]]
LINE = [[119.0, 33.0], [119.01, 33.01], [119.0, 33.0], [119.0, 33.0]]
AROUND = [[-179.9, 33.0], [179.9, 33.0], [179.9, 33.1], [-179.9, 33.1], [-179.9, 33.0]]


@pytest.fixture(scope="module")
def tables(small_package: Path) -> Tables:
    return checked(small_package).tables


@pytest.fixture
def folder(small_package: Path, tmp_path: Path) -> Path:
    """Return a folder that holds as much of the small package as shapes are written beside."""
    for name in ("grid.csv", "datapackage.json"):
        shutil.copyfile(small_package / name, tmp_path / name)
    return tmp_path


def told(tables: Tables, folder: Path, key: str = "grid_id") -> list[Finding]:
    """Return what is found in the shapes of `folder`."""
    settings = replace(tables.package.settings, geometry=GeometryFile("geometry.geojson", key, "public"))
    found = load.geometry(replace(tables.package, root=folder, settings=settings))
    return list(check.shapes(tables, found))


def codes(found: list[Finding]) -> dict[str, int]:
    return dict(Counter(item.code for item in found))


def test_shapes_side_by_side_are_as_they_should_be(tables: Tables, folder: Path) -> None:
    assert told(tables, with_shapes(folder)) == []


CASES: list[tuple[Any, dict[str, int]]] = [
    ([square(119, 33)], {}),
    ([square(119, 33), square(119.004, 33.004, 0.002)], {}),
    ([BOW], {"geometry-mended": 1}),
    ([square(119, 33), square(119, 33)], {"geometry-empty": 1}),
    ([LINE], {"geometry-empty": 1}),
    ([AROUND], {"geometry-place": 1}),
    ([square(33, 119)], {"geometry-place": 1}),
    ([square(119, 33)[:4]], {"geometry-ring": 1}),
]


@pytest.mark.parametrize(("rings", "expected"), CASES)
def test_a_shape_is_judged_by_its_rings(
    tables: Tables, folder: Path, rings: Any, expected: dict[str, int]
) -> None:
    assert codes(told(tables, with_shapes(folder, [feature(grid_ids(folder)[0], *rings)]))) == expected


def test_a_shape_belongs_to_one_place_that_there_is(tables: Tables, folder: Path) -> None:
    one, other, _ = grid_ids(folder)
    features = [
        feature(one, square(119, 33)), feature(one, square(119.1, 33)), feature("990009", square(119.2, 33)),
        {**feature(other, square(119.3, 33)), "properties": None},
    ]  # fmt: skip

    assert codes(told(tables, with_shapes(folder, features))) == {
        "geometry-twice": 1, "geometry-unknown": 1, "geometry-code": 1,
    }  # fmt: skip


def test_grids_that_lie_on_each_other_are_a_warning_that_says_how_much(tables: Tables, folder: Path) -> None:
    one, other, third = grid_ids(folder)
    features = [
        feature(one, square(119, 33)), feature(other, square(119.008, 33)), feature(third, square(119.01799, 33)),
    ]  # fmt: skip
    (found,) = told(tables, with_shapes(folder, features))
    values = found.message.values

    assert (found.code, found.severity, found.resource) == ("geometry-overlap", Severity.WARNING, "grid")
    assert found.address == Address("geometry.geojson")
    assert values["code"] == Quote("grid", "grid_id", one)
    assert (values["other"], values["percent"]) == (Quote("grid", "grid_id", other), 20)


def test_an_area_lies_on_those_above_it_and_on_no_other(tables: Tables, folder: Path) -> None:
    codes = ["990001", "990001001", "990001001001"]
    features = [
        {**feature("", square(119, 33)), "properties": {"area_id": code}} for code in codes
    ]  # fmt: skip

    assert told(tables, with_shapes(folder, features), "area_id") == []
