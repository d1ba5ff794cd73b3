"""What maps are drawn from: the shapes of places, which places each map shows, and what the tables say of them.

A map shows places of several streets, whose figures lie apart (docs/adr/0011). So where a package has shapes, the
cells of all places are made once more, street by street, and kept here; nothing else of the streets is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder import shapes as drawn
from builder.language import fill, mark
from builder.model import Json, Level, Shapes, TableColumn, Tree, Unit
from builder.pages.children import Cell, columns, layout
from builder.pages.sources import Sources
from builder.places import GRIDS, OVERDUE

__all__ = ["Atlas", "Measure", "Sheet", "link", "mapped", "positions", "with_map"]

MOST = 200
"""Places of one map. Where there are more, it shows the areas that they lie in."""

LARGEST = 60_000
"""Bytes of the SVG of one map, names and links included."""

MARKUP, VALUE = 75, 60
"""Bytes of an SVG for each place besides its path, its name and its address: elements, and what it is read out as."""

FRAME = 2_500
"""Bytes of an SVG without a place: the patterns."""

POSITIONS = 70_000
"""Characters of numbers in the file in which a browser looks a position up."""


class Measure(NamedTuple):
    """A column that maps are coloured by: its name in addresses, what it is called where no table is around it, its
    head, and its place among a row's cells.
    """

    name: str
    label: str
    head: TableColumn
    place: int


class Sheet(NamedTuple):
    """One map: all `units` that it is about, and the drawing of those that have a shape."""

    units: tuple[Unit, ...]
    drawing: drawn.Drawing


@dataclass(frozen=True, slots=True)
class Atlas:
    """`sheets`: area → its map, "" for that of the whole. `measures`: level → what its places can be coloured by."""

    shapes: Shapes
    measures: Mapping[Level, tuple[Measure, ...]]
    cells: Mapping[Unit, tuple[Cell, ...]]
    sheets: Mapping[str, Sheet]


def with_map(source: Sources, shapes: Shapes | None, streets: Iterable[Sources]) -> Sources:
    """Return `source`, the rest, with an atlas; `streets`: what their pages are made from, one after the other."""
    if shapes is None:
        return source
    levels: tuple[Level, ...] = ("grid", "area")
    cells: dict[Unit, tuple[Cell, ...]] = {}
    for found in (*streets, source):
        cells.update(rows(found))
    sheets = {
        area: Sheet(units, drawing(source, shapes, units)) for area, units in planned(source.edition.tree, shapes)
    }
    return replace(source, atlas=Atlas(shapes, {level: measures(source, level) for level in levels}, cells, sheets))


def rows(source: Sources) -> Iterator[tuple[Unit, tuple[Cell, ...]]]:
    """Yield the cells of each grid and area of a shard, as the tables of children have them."""
    for level, codes in (("grid", source.shard.grids), ("area", source.shard.areas)):
        columns = layout(source, level == "grid")
        for code in codes:
            unit = Unit("grid" if level == "grid" else "area", code)
            yield unit, tuple(item.cell(unit) for item in columns)


def measures(source: Sources, level: Level) -> tuple[Measure, ...]:
    """Return what places of a level can be coloured by: numbers, but not how many grids an area has."""
    found: list[Measure] = []
    both = [item for late in (True, False) for item in columns(source, level == "grid", late)]
    subjects = {(column.label, column.definition): source.edition.title(subject.name) for subject, column in both}
    for place, item in enumerate(layout(source, level == "grid")):
        if item.head.type == "number" and item.head.definition != GRIDS.anchor:
            names = [measure.name.partition("~")[0] for measure in found]
            again = names.count(item.head.definition)
            name = f"{item.head.definition}~{again + 1}" if again else item.head.definition
            subject = subjects.get((item.head.title, item.head.definition), "")
            found.append(Measure(name.replace("~", "-"), called(source, subject, item.head.title), item.head, place))
    # what is on time leads; what is still overdue follows it
    return tuple(sorted(found, key=lambda item: item.head.definition == OVERDUE.anchor))


def called(source: Sources, subject: str, column: str) -> str:
    """Return what a column is called by itself: with its subject, unless it names that already, or has none."""
    if not subject or subject in column:
        return column
    return fill(source.edition.translate, mark("{subject}: {column}"), {"subject": subject, "column": column})


def planned(tree: Tree, shapes: Shapes) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    """Yield the places of each map: of the whole (""), then of each area under a topmost one, if two have a shape."""
    streets = [child for top in tree.tops for child in tree.children.get(top, ())]
    for area in ("", *streets):
        tops = (area,) if area else tree.tops
        units = shown(tree, shapes, tops)
        if sum(has_shape(unit, tree, shapes) for unit in units) > 1:
            yield area, units


def mapped(tree: Tree, shapes: Shapes | None) -> Mapping[str, str]:
    """Return area → the path of the nearest map that shows it."""
    if shapes is None:
        return {}
    there = {area for area, _ in planned(tree, shapes)}
    nearest = {area: next((a for a in reversed(tree.path(area)) if a in there), "") for area in tree.parent}
    return {area: link(found) for area, found in nearest.items() if found or "" in there}


def link(area: str, measure: str = "") -> str:
    """Return the path of a map, coloured by a measure other than the first, or by that."""
    return f"map/{f'area/{area}/' if area else ''}{f'by-{measure}/' if measure else ''}"


def shown(tree: Tree, shapes: Shapes, tops: Iterable[str]) -> tuple[Unit, ...]:
    """Return the places of a map of `tops`: the smallest that there are shapes of, or the areas just below."""
    areas = [area for top in tops for area in below(tree, top)]
    if shapes.level == "grid":
        units = [Unit("grid", code) for area in areas for code in tree.grids.get(area, ())]
    else:
        inner = {above for area in areas if area in shapes.of for above in tree.path(area)[:-1]}
        units = [Unit("area", area) for area in areas if area in shapes.of and area not in inner]
    if len(units) > MOST:
        children = [Unit("area", child) for top in tops for child in tree.children.get(top, ())]
        units = children if len(children) > 1 else units
    return tuple(sorted(units, key=lambda unit: unit.code))


def below(tree: Tree, area: str) -> Iterator[str]:
    """Yield an area and all areas below it."""
    yield area
    for child in tree.children.get(area, ()):
        yield from below(tree, child)


def parts(unit: Unit, tree: Tree, shapes: Shapes) -> tuple[str, ...]:
    """Return the codes of the shapes that a place's own is made of."""
    if unit.level == shapes.level and unit.code in shapes.of:
        return (unit.code,)
    if unit.level == "grid":
        return ()
    inside = list(below(tree, unit.code))
    codes = [code for area in inside for code in tree.grids.get(area, ())] if shapes.level == "grid" else inside
    return tuple(code for code in codes if code in shapes.of)


def has_shape(unit: Unit, tree: Tree, shapes: Shapes) -> bool:
    return bool(parts(unit, tree, shapes))


def drawing(source: Sources, shapes: Shapes, units: Iterable[Unit]) -> drawn.Drawing:
    """Return the drawing of the places that have a shape, small enough for an SVG of LARGEST bytes."""
    tree, names = source.edition.tree, source.edition.names
    every = {unit: codes for unit in units if (codes := parts(unit, tree, shapes))}
    found = {
        unit.code: shapes.of[codes[0]] if len(codes) == 1 else drawn.joined(shapes.of[code] for code in codes)
        for unit, codes in every.items()
    }
    links = [names.grid(unit.code) if unit.level == "grid" else names.area(unit.code) for unit in every]
    taken = sum(len(item.label.encode()) + len(item.path) + MARKUP + VALUE for item in links) + FRAME
    return drawn.drawing(found, max(LARGEST - taken, LARGEST // 10))


def positions(source: Sources) -> Json:
    """Return what a browser looks a position up in: per place its name, its page and its rings; None for no shapes.

    `scale`: units to a degree. A ring begins with longitude and latitude of its first corner and goes on in steps.
    """
    atlas = source.atlas
    if atlas is None:
        return None
    names = source.edition.names
    found = drawn.outlines(atlas.shapes.of, POSITIONS)
    links = {code: names.grid(code) if atlas.shapes.level == "grid" else names.area(code) for code in found.rings}
    places: list[Json] = [[links[code].label, links[code].path, rings] for code, rings in found.rings.items()]
    return {"mingge": "areas", "scale": found.scale, "tolerance": found.tolerance, "places": places}
