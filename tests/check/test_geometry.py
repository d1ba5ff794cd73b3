"""What is said of a file of shapes whose form is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builder.model import Severity
from tests.packages import checked
from tests.shaped import feature, grid_ids, square, with_shapes

BOW = [[119.0, 33.0], [119.01, 33.01], [119.01, 33.0], [119.0, 33.01], [119.0, 33.0]]
LINE = [[119.0, 33.0], [119.01, 33.01], [119.0, 33.0], [119.0, 33.0]]
AROUND = [[-179.9, 33.0], [179.9, 33.0], [179.9, 33.1], [-179.9, 33.1], [-179.9, 33.0]]


def told(package: Path) -> dict[str, int]:
    """Return the codes of what is found in the shapes, with how often."""
    found = checked(package, errors=None)
    return {code: count for code, count in found.counts().items() if code.startswith("geometry-")}


def test_shapes_side_by_side_are_as_they_should_be(own_package: Path) -> None:
    assert told(with_shapes(own_package)) == {}


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
def test_a_shape_is_judged_by_its_rings(own_package: Path, rings: Any, expected: dict[str, int]) -> None:
    assert told(with_shapes(own_package, [feature(grid_ids(own_package)[0], *rings)])) == expected


def test_a_shape_belongs_to_one_place_that_there_is(own_package: Path) -> None:
    one, other, _ = grid_ids(own_package)
    features = [
        feature(one, square(119, 33)), feature(one, square(119.1, 33)), feature("990009", square(119.2, 33)),
        {**feature(other, square(119.3, 33)), "properties": None},
    ]  # fmt: skip

    assert told(with_shapes(own_package, features)) == {
        "geometry-twice": 1, "geometry-unknown": 1, "geometry-code": 1,
    }  # fmt: skip


def test_grids_that_lie_on_each_other_are_a_warning_that_says_how_much(own_package: Path) -> None:
    one, other, third = grid_ids(own_package)
    features = [
        feature(one, square(119, 33)), feature(other, square(119.008, 33)), feature(third, square(119.01799, 33)),
    ]  # fmt: skip
    found = checked(with_shapes(own_package, features))
    (remark,) = [item for item in found.remarks() if item.code == "geometry-overlap"]

    assert (remark.severity, remark.resource, remark.address.path) == (Severity.WARNING, "grid", "geometry.geojson")
    assert (remark.message.values["code"], remark.message.values["other"]) == (one, other)
    assert remark.message.values["percent"] == 20


def test_an_area_lies_on_those_above_it_and_on_no_other(own_package: Path) -> None:
    codes = ["990001", "990001001", "990001001001"]
    features = [
        {**feature("", square(119, 33)), "properties": {"area_id": code}} for code in codes
    ]  # fmt: skip

    assert told(with_shapes(own_package, features, {"key": "area_id"})) == {}
