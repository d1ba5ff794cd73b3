"""A hostile file of shapes is refused in a sentence, and one faulty shape spoils no other."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from builder.errors import BuilderError
from builder.load.geometry import geometry
from builder.load.properties import Properties
from builder.load.settings import settings
from builder.model import Package

SQUARE = [[119.0, 33.0], [119.01, 33.0], [119.01, 33.01], [119.0, 33.01], [119.0, 33.0]]


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"grid_id": "G1", **properties}, "geometry": geometry}


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def package(folder: Path, **own: object) -> Package:
    stated = {"repository": "private", "geometry": {"path": "geometry.geojson", "key": "grid_id", **own}}
    found = settings(Properties(stated, "datapackage.json: mingge"))
    return Package(folder, "p", "", "", found, {}, {})


def read(folder: Path, text: str | dict[str, Any]) -> Any:
    (folder / "geometry.geojson").write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    return geometry(package(folder))


def collection(*features: object, **own: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **own}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "“{” is never closed"),
        ("[]", "must hold one JSON object"),
        ("{}", "not a GeoJSON file of features"),
        (json.dumps(collection()), "not a GeoJSON file of features"),
        (json.dumps({"type": "Topology", "features": [1]}), "not a GeoJSON file of features"),
        (json.dumps(collection(feature(polygon(SQUARE)))).replace("119.01", "NaN"), "the number NaN cannot be used"),
        (json.dumps(collection(feature(polygon(SQUARE)))).replace("119.01", "Infinity"), "cannot be used"),
        (json.dumps(collection(feature(polygon(SQUARE)))).replace("119.01", "1e999"), "cannot be used"),
        (json.dumps(collection(feature(polygon(SQUARE)))).replace("119.01", "9" * 99), "cannot be used"),
        ('{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}", "nested more than"),
        ('{"type":"FeatureCollection","features":' + "[" * 50 + "]" * 50 + "}", "nested more than"),
        (json.dumps(collection(1, crs={"type": "name", "properties": {"name": "EPSG:4490"}})), "degrees of WGS 84"),
        (json.dumps(collection(1, crs="EPSG:4326")), "degrees of WGS 84"),
    ],
)
def test_a_file_that_is_no_collection_of_shapes_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BuilderError) as caught:
        read(tmp_path, text)
    assert sentence in str(caught.value)


def test_a_file_may_say_that_it_is_in_the_system_that_all_such_files_are_in(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert read(tmp_path, collection(feature(polygon(SQUARE)), crs=crs)).features[0].wrong == ""


@pytest.mark.parametrize("name", ["MOST_FEATURES", "MOST_POSITIONS", "LARGEST"])
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(import_module("builder.load.geometry"), name, 1)

    with pytest.raises(BuilderError):
        read(tmp_path, collection(feature(polygon(SQUARE)), feature(polygon(SQUARE))))


@pytest.mark.parametrize(
    "own",
    [
        {"path": "../geometry.geojson"}, {"path": "/etc/passwd"}, {"path": "https://example.org/a.geojson"},
        {"path": "a.json"}, {"path": "A.geojson"}, {"path": "a b.geojson"}, {"path": ""}, {"path": ["a.geojson"]},
        {"key": "name"}, {"key": ""}, {"publish": "yes"}, {"publish": True}, {"colour": "red"},
    ],
)  # fmt: skip
def test_a_setting_that_names_no_file_of_the_package_is_refused(tmp_path: Path, own: dict[str, object]) -> None:
    with pytest.raises(BuilderError):
        package(tmp_path, **own)


@pytest.mark.parametrize("publish", [{}, {"publish": "never"}])
def test_a_public_package_holds_no_shapes_that_are_not_public(publish: dict[str, str]) -> None:
    stated = {"repository": "public", "geometry": {"path": "geometry.geojson", "key": "grid_id", **publish}}

    with pytest.raises(BuilderError):
        settings(Properties(stated, "datapackage.json: mingge"))


def test_a_link_out_of_the_package_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "secret.geojson").write_text(json.dumps(collection(feature(polygon(SQUARE)))), encoding="utf-8")
    (tmp_path / "package" / "geometry.geojson").symlink_to(tmp_path / "secret.geojson")

    with pytest.raises(BuilderError):
        geometry(package(tmp_path / "package"))


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        (feature(polygon(SQUARE)), ""),
        (feature(polygon([[*point, 7.5] for point in SQUARE])), ""),
        (feature({"type": "MultiPolygon", "coordinates": [[SQUARE]]}), ""),
        (7, "code"),
        (None, "code"),
        (feature(polygon(SQUARE), grid_id=1), "code"),
        (feature(polygon(SQUARE), grid_id=""), "code"),
        (feature(polygon(SQUARE), grid_id="G\u202e1"), "code"),
        (feature(polygon(SQUARE), grid_id="G" * 61), "code"),
        ({"type": "Polygon", "coordinates": [SQUARE], "properties": {"grid_id": "G1"}}, "code"),
        (feature(None), "kind"),
        (feature([]), "kind"),
        (feature({"type": "Point", "coordinates": [119, 33]}), "kind"),
        (feature({"type": "GeometryCollection", "geometries": [polygon(SQUARE)]}), "kind"),
        (feature({"type": "MultiPolygon", "coordinates": []}), "kind"),
        (feature({"type": "MultiPolygon", "coordinates": 5}), "kind"),
        (feature({"type": "MultiPolygon", "coordinates": [[]]}), "ring"),
        (feature(polygon()), "ring"),
        (feature(polygon(SQUARE[:4])), "ring"),
        (feature(polygon(SQUARE[:2])), "ring"),
        (feature(polygon("M0 0")), "ring"),
        (feature(polygon([["119", "33"]] * 5)), "ring"),
        (feature(polygon([[True, False]] * 5)), "ring"),
        (feature(polygon([[119.0]] * 5)), "ring"),
        (feature(polygon([[[119.0, 33.0]]] * 5)), "ring"),
        (feature(polygon([{"x": 119.0}] * 5)), "ring"),
        (feature(polygon([[y, x] for x, y in SQUARE])), "place"),
        (feature(polygon([[x + 100, y] for x, y in SQUARE])), "place"),
        (feature(polygon([[x, 1e300] for x, _ in SQUARE])), "place"),
    ],
)
def test_what_is_wrong_with_a_shape_is_noted_and_the_next_one_is_read(
    tmp_path: Path, item: object, wrong: str
) -> None:
    first, second = read(tmp_path, collection(item, feature(polygon(SQUARE), grid_id="G2"))).features

    assert (first.number, first.wrong, bool(first.shape)) == (1, wrong, not wrong)
    assert (second.number, second.code, second.wrong) == (2, "G2", "")
