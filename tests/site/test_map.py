"""A site with shapes of places: what is published of them, the map, and what browsers look positions up in."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from builder import pipeline, processes
from builder.load import site_config
from builder.places import streets
from builder.protect import lock
from tests import packages
from tests.shaped import grid_ids, with_shapes
from tests.site.addresses import files, loaded

LARGEST_SVG, LARGEST_POSITIONS = 60_000, 100_000
CONFIG = site_config(packages.ROOT / "mkdocs.yml")


def shapes_in(path: Path) -> list[dict[str, object]]:
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert isinstance(found, list)
    return found


def test_of_a_shape_nothing_is_published_but_its_code_and_border(shaped_site: Path) -> None:
    public = shaped_site.with_name("site-public")
    given, published = shapes_in(shaped_site.with_name("package") / "geometry.geojson"), public / "geometry.geojson"

    assert "李秀英" in str(given)
    assert [item["properties"] for item in shapes_in(published)] == [{"grid_id": code} for code in grid_ids(public)]
    assert (shaped_site / "data" / "geometry.geojson").read_bytes() == published.read_bytes()
    assert "13912345678" not in "".join(
        path.read_text(encoding="utf-8", errors="ignore") for path in (*public.rglob("*"), *shaped_site.rglob("*"))
        if path.suffix in (".json", ".geojson", ".html", ".lock")
    )  # fmt: skip


def test_that_shapes_are_published_is_a_line_of_the_lock(shaped_site: Path) -> None:
    record = lock.read((shaped_site.with_name("site-public") / "policy.lock").read_text(encoding="utf-8"))

    assert record is not None
    assert record.fields["mingge.geometry"] == "public"


def test_shapes_that_nobody_agreed_to_publish_stop_a_build(public_package: Path, tmp_path: Path) -> None:
    package = with_shapes(Path(shutil.copytree(public_package, tmp_path / "package")))
    found = pipeline.check(package, packages.no_clock, packages.quiet)

    (widened,) = [item for item in found.remarks() if item.code == "policy-widened"]
    assert widened.message.values["new"] == "public"
    assert "shapes" in widened.message.text


def test_shapes_that_are_not_public_stay_where_they_are(own_package: Path, tmp_path: Path) -> None:
    package = with_shapes(own_package, settings={"publish": "never"})
    public = packages.taken_in(packages.checked(package), tmp_path / "public")

    assert not (public / "geometry.geojson").exists()
    assert "geometry" not in (public / "datapackage.json").read_text(encoding="utf-8")


def test_the_published_package_names_its_shapes_and_can_be_published_again(shaped_site: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(shaped_site / "data", tmp_path / "data"))
    found = packages.checked(packages.locked(data))

    assert found.geometry is not None
    assert [item.wrong for item in found.geometry.features] == ["", "", ""]


def test_each_map_is_small_and_leads_to_each_place(shaped_site: Path) -> None:
    maps = sorted((shaped_site / "map").rglob("index.html"))

    assert len(maps) > 3
    for path in maps:
        text = path.read_text(encoding="utf-8")
        (svg,) = re.findall(r'<svg class="mg-map".*?</svg>', text, re.DOTALL)
        assert len(svg.encode()) <= LARGEST_SVG
        links = [item for item in ElementTree.fromstring(svg) if item.tag == "a"]  # noqa: S314 - our own markup
        assert [bool(item[0].tag == "title" and item[0].text) for item in links] == [True] * 3
        for item in links:
            assert (path.parent / item.attrib["href"] / "index.html").is_file()
        fills = re.findall(r'fill="url\(#(..)\)"', svg)
        assert set(fills) <= set(re.findall(r'<pattern id="(..)"', svg))
        counted = re.search(r'<ul class="mg-legend">(.*?)</ul>', text, re.DOTALL)
        assert counted
        words = re.sub(r"<[^>]+>", "", html.unescape(counted[1]))
        assert sum(map(int, re.findall(r"：(\d+) 个网格", words))) == 3


def test_positions_are_looked_up_in_a_small_file(shaped_site: Path) -> None:
    data = (shaped_site / "map" / "areas.json").read_bytes()
    places = json.loads(data)["places"]

    assert len(gzip.compress(data)) <= len(data) <= LARGEST_POSITIONS
    assert [place[1] for place in places] == [f"grid/{code}/" for code in grid_ids(shaped_site / "data")]
    assert [len(place[2]) for place in places] == [2, 1, 1]


def test_pages_may_ask_for_a_position_only_where_it_is_looked_up(shaped_site: Path, site: Path) -> None:
    asked, not_asked = (
        {rule["headers"]["Permissions-Policy"] for rule in json.loads((folder / "headers.json").read_text())["rules"]}
        for folder in (shaped_site, site)
    )

    assert [("geolocation=(self)" in text, "camera=()" in text) for text in asked] == [(True, True)]
    assert ["geolocation=()" in text for text in not_asked] == [True]


@pytest.mark.parametrize("path", ["index.html", "map/index.html"])
def test_the_button_says_where_positions_are_looked_up_and_is_hidden_until_a_script_is_there(
    shaped_site: Path, path: str
) -> None:
    text = (shaped_site / path).read_text(encoding="utf-8")
    (places,) = re.findall(r'data-mingge-places="([^"]*)"', text)

    found = (shaped_site / path).parent / places
    assert found.read_bytes() == (shaped_site / "map" / "areas.json").read_bytes()
    assert re.search(r"/site/assets/[0-9a-f]{12}/map/areas.json$", found.resolve().as_posix())
    assert re.search(r"<button[^>]*data-mingge-locate hidden", text)


def test_a_site_without_shapes_has_nothing_of_a_map(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if path.parent.name != "checks"]

    assert not (site / "map").exists()
    assert not (site / "data" / "geometry.geojson").exists()
    assert {path.name for path in pages if b"map/" in path.read_bytes() or b"mg-map" in path.read_bytes()} == set()
    assert "mg-map" not in loaded(site, "site.css").read_text(encoding="utf-8")
    assert "geolocation" not in loaded(site, "site.js").read_text(encoding="utf-8")


@pytest.mark.nightly
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_number_of_workers_changes_no_byte_of_a_map(
    workers: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streets, "FEWEST", 1)
    base = packages.demo_package(tmp_path_factory.getbasetemp())
    package = Path(shutil.copytree(base, tmp_path / "package"))
    codes = grid_ids(package)
    squares = [[[119 + n / 100, 33], [119 + (n + 1) / 100, 33], [119 + n / 100, 33.01], [119 + n / 100, 33]]
               for n in range(len(codes))]  # fmt: skip
    features = [
        {"type": "Feature", "properties": {"grid_id": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in zip(codes, squares, strict=True)
    ]
    packages.locked(with_shapes(package, features))

    def built(output: Path, crew: processes.Crew) -> dict[str, bytes]:
        found = pipeline.check(package, packages.no_clock, packages.quiet, crew=crew)
        pipeline.build(found, CONFIG, output, packages.quiet, pipeline.Means(crew))
        return {path: file.read_bytes() for path, file in files(output).items()}

    alone = built(tmp_path / "alone", processes.here())
    with processes.crew(workers, ["builder.pipeline"]) as crew:
        assert built(tmp_path / "site", crew) == alone
    assert len([path for path in alone if path.startswith("map/")]) > 5
