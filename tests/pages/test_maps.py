"""Maps: few classes in which each place is once, red for what is overdue alone, and the same in the table."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from builder import pages, shapes
from builder.model import Ratio, Shapes, Unit
from builder.pages.atlas import MOST, planned
from builder.pages.children import Cell
from builder.pages.classes import NONE, classes, spoken
from builder.pages.maps import MapPage
from tests import packages

CSS = packages.ROOT / "templates" / "theme" / "assets" / "stylesheets" / "map.css"


def box(place: int) -> bytes:
    west = 119 + place / 100
    return shapes.made([[[(west, 33.0), (west + 0.01, 33.0), (west + 0.01, 33.01), (west, 33.01), (west, 33.0)]]])


def units(cells: list[Cell]) -> dict[Unit, Cell]:
    return {Unit("grid", f"G{place:03}"): cell for place, cell in enumerate(cells)}


def of(cells: list[Cell]) -> list[tuple[str, str, int]]:
    """Return the legend of cells."""
    found = classes(units(cells), cells, 10, str)
    assert sum(item.place_count for item in found.legend) == len(cells) == len(found.fills)
    assert len(found.legend) <= 5
    return [tuple(item) for item in found.legend]  # type: ignore[misc]


def shares(*ratios: tuple[int, int]) -> list[Cell]:
    return [Cell(ratio=Ratio(*item)) for item in ratios]


def test_shares_have_the_same_classes_on_every_map_and_too_few_is_no_share() -> None:
    found = of(shares((90, 100), (899, 1000), (80, 100), (79, 100), (59, 100), (9, 9), (0, 0), (10, 10)))

    assert found == [
        ("m4", "90 % or more", 2),
        ("m3", "80 % to under 90 %", 2),
        ("m2", "60 % to under 80 %", 1),
        ("m1", "under 60 %", 1),
        ("m0", "fewer than 10 counted, so no percentage", 2),
    ]


def test_shares_that_would_all_be_in_one_class_are_divided_where_they_differ() -> None:
    assert of(shares((91, 100), (93, 100), (95, 100), (97, 100))) == [
        ("m4", "97 % or more", 1), ("m3", "95 % to under 97 %", 1), ("m2", "93 % to under 95 %", 1),
        ("m1", "under 93 %", 1),
    ]  # fmt: skip
    assert of(shares((100, 100), (50, 50))) == [("m1", "0 % or more", 2)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 1, 2, 3], [
            ("m4", "3 or more", 1), ("m3", "exactly 2", 1), ("m2", "exactly 1", 1), ("m1", "exactly 0", 1),
        ]),
        ([7, 7, 7], [("m1", "7 or more", 3)]),
        ([12, 48, 83, 124, None], [
            ("m4", "120 or more", 1), ("m3", "80 to 119", 1), ("m2", "40 to 79", 1), ("m1", "under 40", 1),
            ("m0", "no figure", 1),
        ]),
        ([None, None], [("m1", "0 or more", 0), ("m0", "no figure", 2)]),
        ([15_000, 20_001], [("m2", "20,000 or more", 1), ("m1", "under 20,000", 1)]),
    ],
)  # fmt: skip
def test_counts_are_divided_at_numbers_that_are_easily_said(
    counts: list[int | None], expected: list[tuple[str, str, int]]
) -> None:
    assert of([Cell(count=count) if count is not None else Cell(text="—") for count in counts]) == expected


@pytest.mark.parametrize("counts", [[0, 0], [0, 1], [0, 3, 9, 30], [2, 2], [1, 5, 9, 12, 40, 0]])
def test_red_is_what_is_still_overdue_and_nothing_else(counts: list[int]) -> None:
    cells = units([Cell(overdue=count) for count in counts])
    found = classes(cells, list(cells.values()), 10, str)

    assert {unit: fill.startswith("r") and fill != "r0" for unit, fill in found.fills.items()} == {
        unit: bool(cell.overdue) for unit, cell in cells.items()
    }
    assert sum(item.place_count for item in found.legend) == len(counts)
    other = classes(units([Cell(count=count) for count in counts]), [Cell(count=count) for count in counts], 10, str)
    assert not any(fill.startswith("r") for fill in other.fills.values())


def test_a_map_of_a_part_has_the_classes_of_the_whole() -> None:
    whole = [Cell(count=count) for count in (12, 48, 83, 124)]
    part = classes(units(whole[:1]), whole, 10, str)

    assert [(item.words, item.place_count) for item in part.legend] == [
        ("120 or more", 0), ("80 to 119", 0), ("40 to 79", 0), ("under 40", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(ratio=Ratio(31, 35)), "31/35 (88.6 %)"), (Cell(ratio=Ratio(3, 5)), "3/5"),
        (Cell(ratio=Ratio(0, 0)), "no figure"), (Cell(count=0), "0"), (Cell(overdue=12_000), "12,000"),
        (Cell(text="—"), "no figure"), (Cell(text="good"), "good"),
    ],
)  # fmt: skip
def test_a_figure_is_read_out_as_the_table_writes_it(cell: Cell, words: str) -> None:
    assert spoken(cell, 10, str) == words


# ── the pages of the demonstration package, had it shapes ───────────────────────────────────────


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MapPage]:
    """Every map of the demonstration package, of all whose grids but one have a shape."""
    source = packages.sources(packages.demo_checked(tmp_path_factory.getbasetemp()))
    grids = sorted(source.edition.tree.areas_of)
    source = pages.with_map(source, Shapes("grid_id", {code: box(at) for at, code in enumerate(grids[1:])}), ())
    keys = [key for key in pages.plan(source) if key.kind.startswith("map")]
    contexts = [pages.made(source, key).context for key in keys]
    return {item.head.path: item for item in contexts if isinstance(item, MapPage)}


def test_there_is_a_map_of_the_whole_and_of_each_street_by_each_figure(maps: dict[str, MapPage]) -> None:
    whole = maps["map/"]

    assert whole.measures[0].path == ""
    assert {link.path for page in maps.values() for link in (*page.measures, *page.maps)} - {""} <= set(maps)
    assert len(maps) == len(whole.measures) * (1 + len(whole.maps)) > 6


def test_each_map_is_the_same_as_its_table(maps: dict[str, MapPage]) -> None:
    for path, page in maps.items():
        drawn = {shape.path: shape for shape in page.shapes}
        words = {item.fill: item.words for item in page.legend}
        assert set(drawn) == {row.link.path for row in page.rows if row.is_drawn}, path
        assert all(row.words == words[drawn[row.link.path].fill] for row in page.rows if row.is_drawn)
        assert sum(item.place_count for item in page.legend) == len(page.shapes)
        assert len(page.rows) == len(page.shapes) + page.missing_count
        assert all(shape.name.startswith(f"{row.link.label}: ") for row in page.rows if row.is_drawn
                   for shape in [drawn[row.link.path]])  # fmt: skip


def test_a_grid_without_a_shape_is_named_and_in_the_table(maps: dict[str, MapPage]) -> None:
    whole = maps["map/"]

    assert whole.missing_count == len(whole.missing) == 1
    assert [row.link for row in whole.rows if not row.is_drawn] == list(whole.missing)


def test_where_there_are_too_many_grids_the_areas_that_they_lie_in_are_drawn(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = packages.sources(packages.demo_checked(tmp_path_factory.getbasetemp())).edition.tree
    drawn = Shapes("grid_id", {code: box(at) for at, code in enumerate(sorted(tree.areas_of))})
    assert len(tree.areas_of) < MOST
    assert {unit.level for unit in dict(planned(tree, drawn))[""]} == {"grid"}

    monkeypatch.setattr("builder.pages.atlas.MOST", 5)
    (top,) = tree.tops
    assert [unit.code for unit in dict(planned(tree, drawn))[""]] == sorted(tree.children[top])


def test_shapes_of_areas_are_drawn_where_they_are_smallest(tmp_path_factory: pytest.TempPathFactory) -> None:
    tree = packages.sources(packages.demo_checked(tmp_path_factory.getbasetemp())).edition.tree
    drawn = Shapes("area_id", {code: box(at) for at, code in enumerate(sorted(tree.parent))})
    lowest = sorted(code for code in tree.parent if not tree.children.get(code))

    assert [unit.code for unit in dict(planned(tree, drawn))[""]] == lowest


def test_a_package_without_shapes_has_no_map(tmp_path_factory: pytest.TempPathFactory) -> None:
    source = packages.sources(packages.demo_checked(tmp_path_factory.getbasetemp()))

    assert [key for key in pages.plan(source) if key.kind.startswith("map")] == []
    assert pages.positions(source) is None


# ── colours ──────────────────────────────────────────────────────────────────────────────────────


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--mg-map-([a-z0-9-]+): (#[0-9a-f]{6})", text))


def test_a_border_can_be_told_from_every_class_on_light_and_dark_pages() -> None:
    light, dark = CSS.read_text(encoding="utf-8").split('[data-md-color-scheme="slate"]', 1)
    for found in (colours(light), {**colours(light), **colours(dark)}):
        fills = {name: colour for name, colour in found.items() if name not in ("border", "line")}
        assert len(fills) == 9
        assert {name: ratio for name, colour in fills.items() if (ratio := contrast(colour, found["border"])) < 3} == {}
        assert all(contrast(fills[a], fills[b]) > 1.2 for a, b in combinations(sorted(fills), 2) if a[:4] == b[:4])


def test_each_class_has_a_pattern_of_its_own() -> None:
    text = Path(packages.ROOT / "templates" / "parts" / "map.html").read_text(encoding="utf-8")
    drawn = dict(re.findall(r'<pattern id="(..)"[^>]*>.*?/>(.*?)</pattern>', text))
    blue, red = ({name: inside for name, inside in drawn.items() if name in names} for names in (
        (NONE, "m1", "m2", "m3", "m4"), (NONE, "r0", "r1", "r2", "r3"),
    ))  # fmt: skip

    for found in (blue, red):
        assert len(found) == len(set(found.values())) == 5
