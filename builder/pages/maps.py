"""map/: the places of the whole, or of one area, coloured by one figure at a time, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import fill, mark
from builder.model import Link, PageContext, Unit
from builder.pages.atlas import Atlas, Measure, Sheet, link
from builder.pages.children import Cell
from builder.pages.classes import MapClass, classes, spoken
from builder.pages.sources import Sources

__all__ = ["MapPage", "MapRow", "MapShape", "area_by_keys", "area_by_page", "area_keys", "area_page", "by_keys",
           "by_page", "keys", "page"]  # fmt: skip


NAMED = 10
"""Places without a shape that are named above the map; the table has them all."""


class MapShape(NamedTuple):
    """One place as it is drawn: its page, what it is read out as, how it is filled, and its path."""

    path: str
    name: str
    fill: str
    d: str


class MapRow(NamedTuple):
    """One place in the table: its figure, how its class is called, and whether it is drawn."""

    link: Link
    code: str
    cell: Cell
    fill: str
    words: str
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class MapPage(PageContext):
    """One map. `measure`, `definition`: what it is coloured by; `measures`: all of them, the present without a path.

    `unit_word`: what the places are called; `missing`: the first of the `missing_count` that have no shape. `maps`: of
    the areas in this one; `area`: the page of the area, None for the whole.
    """

    breadcrumbs: tuple[Link, ...]
    title: str
    measure: str
    definition: str
    measures: tuple[Link, ...]
    unit_word: str
    legend: tuple[MapClass, ...]
    width: int
    height: int
    shapes: tuple[MapShape, ...]
    rows: tuple[MapRow, ...]
    missing: tuple[Link, ...]
    missing_count: int
    maps: tuple[Link, ...]
    area: Link | None


def atlas(source: Sources) -> Atlas:
    if source.atlas is None:
        raise ValueError("a map of no shapes")  # no key of such a page is planned
    return source.atlas


def measures(source: Sources, area: str) -> tuple[Measure, ...]:
    found = atlas(source)
    return found.measures[found.sheets[area].units[0].level]


def sheets(source: Sources) -> Iterator[str]:
    """Yield the areas that have a map with something to be coloured by."""
    for area in source.atlas.sheets if source.atlas else ():
        if measures(source, area):
            yield area


def keys(source: Sources) -> Iterator[tuple[str, ...]]:
    """Yield the key of the map of the whole."""
    yield from (() for area in sheets(source) if not area)


def by_keys(source: Sources) -> Iterator[tuple[str, ...]]:
    """Yield (measure) of the maps of the whole by other measures than the first."""
    yield from ((item.name,) for area in sheets(source) if not area for item in measures(source, area)[1:])


def area_keys(source: Sources) -> Iterator[tuple[str, ...]]:
    """Yield (area) of the maps of areas."""
    yield from ((area,) for area in sheets(source) if area)


def area_by_keys(source: Sources) -> Iterator[tuple[str, ...]]:
    """Yield (area, measure) of the maps of areas by other measures than the first."""
    yield from ((area, item.name) for area in sheets(source) if area for item in measures(source, area)[1:])


def page(source: Sources, _key: tuple[str, ...]) -> MapPage:
    """Return the map of the whole."""
    return drawn(source, "", "")


def by_page(source: Sources, key: tuple[str, ...]) -> MapPage:
    """Return the map of the whole by a measure."""
    return drawn(source, "", key[0])


def area_page(source: Sources, key: tuple[str, ...]) -> MapPage:
    """Return the map of an area."""
    return drawn(source, key[0], "")


def area_by_page(source: Sources, key: tuple[str, ...]) -> MapPage:
    """Return the map of an area by a measure."""
    return drawn(source, *key)


def drawn(source: Sources, area: str, name: str) -> MapPage:
    edition, _ = source.edition, source.edition.translate
    found, ways = atlas(source), measures(source, area)
    sheet = found.sheets[area]
    measure = next((item for item in ways if item.name == name), ways[0])
    cells = {unit: found.cells[unit][measure.place] for unit in sheet.units}
    of_shapes = {unit: cell for unit, cell in cells.items() if unit.code in sheet.drawing.paths}
    sorted_in = classes(of_shapes, scale(found, sheet, measure), edition.settings.minimum_denominator, _)
    words = {item.fill: item.words for item in sorted_in.legend}
    place = edition.names.area(area).label if area else ""
    told = {"place": place or edition.package.title, "measure": measure.label}
    title = fill(_, mark("Map: {measure}"), told)
    return MapPage(
        head=edition.head(
            fill(_, mark("Map of {place}: {measure}"), told), fill(_, mark("Map of {place}: {measure}"), told),
            link(area, name), ("map", title), ("table", _(mark("The same as a table"))),
        ),
        breadcrumbs=tuple(edition.names.area(item) for item in edition.tree.path(area)) if area else (),
        title=place or _(mark("Map")),
        measure=measure.label,
        definition=measure.head.definition,
        measures=tuple(
            Link(item.label, "" if item == measure else link(area, item.name if item != ways[0] else ""))
            for item in ways
        ),
        unit_word=unit_word(source, sheet),
        legend=sorted_in.legend,
        width=sheet.drawing.width,
        height=sheet.drawing.height,
        shapes=tuple(shape(source, sheet, unit, cell, sorted_in.fills[unit]) for unit, cell in of_shapes.items()),
        rows=tuple(
            MapRow(named(source, unit), unit.code, cell, sorted_in.fills.get(unit, ""),
                   words.get(sorted_in.fills.get(unit, ""), ""), unit in of_shapes)
            for unit, cell in cells.items()
        ),
        missing=tuple(named(source, unit) for unit in cells if unit not in of_shapes)[:NAMED],
        missing_count=len(cells) - len(of_shapes),
        maps=tuple(
            Link(edition.names.area(code).label, link(code)) for code in sheets(source) if code and not area
        ),
        area=edition.names.area(area) if area else None,
    )  # fmt: skip


def scale(found: Atlas, sheet: Sheet, measure: Measure) -> list[Cell]:
    """Return what the classes of a map are made for: all places of its level that any map shows."""
    level = sheet.units[0].level
    units = {unit for item in found.sheets.values() for unit in item.units if unit.level == level}
    return [found.cells[unit][measure.place] for unit in sorted(units)]


def named(source: Sources, unit: Unit) -> Link:
    names = source.edition.names
    return names.grid(unit.code) if unit.level == "grid" else names.area(unit.code)


def shape(source: Sources, sheet: Sheet, unit: Unit, cell: Cell, filled: str) -> MapShape:
    edition, place = source.edition, named(source, unit)
    value = spoken(cell, edition.settings.minimum_denominator, edition.translate)
    name = fill(edition.translate, mark("{place}: {value}"), {"place": place.label, "value": value})
    return MapShape(place.path, name, filled, sheet.drawing.paths[unit.code])


def unit_word(source: Sources, sheet: Sheet) -> str:
    """Return what the places of a map are called: grids, or the areas of a level where all are of one."""
    edition = source.edition
    if sheet.units[0].level == "grid":
        return edition.title("grid")
    levels = {str(source.row("area", unit.code)["level"]) for unit in sheet.units}
    schema = edition.package.resources["area"].schema["level"]
    return schema.label(levels.pop()) if len(levels) == 1 else edition.title("area")
