"""What the finder in the page looks through: one document of the package, or one a street where it is large.

Always holds: only what is published of areas, grids and branches is in it, and the same package gives the same bytes.
`javascripts/search.js` reads it; the columns of a table stand side by side, because that packs best.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import normalize

from builder.frames import present
from builder.model import Json
from builder.pages.sources import Row, Sources
from builder.pinyin import sounds
from builder.places import OFFICERS

__all__ = ["LARGE", "part", "whole"]

LARGE = 2_000
"""Grids. Above it, the first search would load more than a phone should: streets are loaded as they are asked for."""

MOST = 3_000
"""Grids and branches, likewise."""

SEPARATORS = re.compile(r"[、，,;；|\n]+")
SIDE = re.compile(r"[东西南北東]{1,2}(?:侧|面|边)?(?:[至到临邻靠抵接以沿为][：:]?|[：:])\s*(?=\S\S)")
"""What stands in an extent before the name of a road: 东至晨曦巷."""

OFFICE = re.compile(r"(?:街道|镇|乡)?(?:办事处|街道|镇|乡)$")
LATIN = re.compile(r"[a-z][a-z0-9]*")
BEGINNING = 3
"""Letters of a Latin word that say whether a street may have it."""

Cut = Callable[[str], Iterable[str]]


Related = tuple[str, list[str]]
"""A title and one word a row that stands in another table."""


class Column(NamedTuple):
    """One column of a table as words to find its rows by; `cut` parts a cell in words. `is_phone`: of digits."""

    field: str
    cut: Cut
    is_phone: bool = False


def one(cell: str) -> list[str]:
    return [cell] if cell else []


def several(cell: str) -> list[str]:
    return [word for word in map(str.strip, SEPARATORS.split(cell)) if word]


def sides(cell: str) -> Iterator[str]:
    """Yield the roads of an extent; what stands before the name is kept, behind a tab: it is shown and not compared."""
    for word in several(cell):
        side = SIDE.match(word)
        yield f"{side[0]}\t{word[side.end() :]}" if side else word


GRID = (
    Column("aliases", several), Column("estates", several), Column("roads", several), Column("extent", sides),
    Column("worker", one), Column("leader", one), Column("work_phone", one, is_phone=True),
)  # fmt: skip
BRANCH = (*(Column(post, one) for post in OFFICERS), Column("office_phone", one, is_phone=True))


def is_large(source: Sources) -> bool:
    """Return whether each street has a document of its own."""
    grids = len(source.edition.tree.areas_of)
    return grids > LARGE or grids + len(source.guide.branch_parent) > MOST


def whole(source: Sources) -> Json:
    """Return the document of the package: all areas and how names sound, and all else, or where it is to be found."""
    areas, every = area_table(source), source.streets
    if is_large(source):
        found = tables(source, (), every.branches.get("", ()))
        streets = {area: words(street_tables(source, area)) for area in every.grids}
    else:
        found = tables(source, sorted(source.edition.tree.areas_of), sorted(source.guide.branch_parent))
        streets = {}
    texts = [*areas["name"], *words(found), *(word for of in streets.values() for word in of)]
    parts = [[area, known(of)] for area, of in streets.items()]
    return {"areas": areas, **found, "sounds": sounds(texts), "parts": parts}


def part(source: Sources, area: str) -> Json:
    """Return the document of one street, None where the whole is in one document."""
    return street_tables(source, area) if is_large(source) else None


def street_tables(source: Sources, area: str) -> dict[str, Any]:
    return tables(source, source.streets.grids[area], source.streets.branches.get(area, ()))


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def area_table(source: Sources) -> dict[str, Any]:
    """Return every area by code: `up` is the place of the one above it in this table, -1 for none.

    `short`: what people call a street besides, "" for none.
    """
    tree, schema = source.edition.tree, source.edition.package.resources["area"].schema["level"]
    codes = sorted(tree.parent)
    place = {code: number for number, code in enumerate(codes)}
    levels = [schema.label(source.row("area", code)["level"]) for code in codes]
    kinds = sorted(set(levels))
    titles = [source.edition.names.area(code).label for code in codes]
    return {
        "title": source.edition.label("area", "area_id"),
        "code": codes,
        "name": titles,
        "up": [place.get(tree.parent[code], -1) for code in codes],
        "kinds": kinds,
        "kind": [kinds.index(level) for level in levels],
        "short": [
            short(title) if tree.parent[code] and tree.children.get(code) else ""
            for code, title in zip(codes, titles, strict=True)
        ],
    }


def short(name: str) -> str:
    """Return the name of a street without what kind it is, "" where nothing would be left or nothing is cut."""
    bare = OFFICE.sub("", name)
    return bare if len(bare) > 1 and bare != name else ""


def tables(source: Sources, grids: Sequence[str], branches: Sequence[str]) -> dict[str, Any]:
    """Return the tables of some grids and branches; `area` is the place of an area in the table of all areas."""
    tree, home = source.edition.tree, source.streets.home
    place = {code: number for number, code in enumerate(sorted(tree.parent))}
    answers = [tree.responsible.get(code, "") for code in grids]
    of = [source.edition.names.branch(code).label if code else "" for code in answers]
    return {
        "grids": {
            **table(source, "grid", grids, GRID, [(source.edition.title("branch"), of)]),
            "area": [place.get(tree.areas_of[code][-1], -1) for code in grids],
        },
        "branches": {
            **table(source, "branch", branches, BRANCH, ()),
            "area": [place.get(home.get(code, ""), -1) for code in branches],
        },
    }


def table(
    source: Sources, resource: str, codes: Sequence[str], columns: Sequence[Column], more: Iterable[Related]
) -> dict[str, Any]:
    """Return codes, names, and the words to find a row by: [title, whether digits, words of each row by lines]."""
    rows = [source.row(resource, code) for code in codes]
    found: list[Json] = [
        [source.edition.label(resource, column.field), int(column.is_phone), cells]
        for column in columns
        if any(cells := [cell(row, column) for row in rows])
    ]
    found += [[title, 0, cells] for title, cells in more if any(cells)]
    return {
        "title": source.edition.label(resource, f"{resource}_id"), "kind": source.edition.title(resource),
        "code": list(codes), "name": list(names(source, resource, codes)), "words": found,
    }  # fmt: skip


def cell(row: Row, column: Column) -> str:
    """Return the words of one cell, a line each."""
    return "\n".join(column.cut(present(row, column.field)))


def names(source: Sources, resource: str, codes: Iterable[str]) -> Iterator[str]:
    """Yield the names of places; a code without a name shows itself."""
    return (present(source.row(resource, code), "name") or code for code in codes)


# ── which street has what ────────────────────────────────────────────────────────────────────────


def words(found: Mapping[str, Any]) -> list[str]:
    """Return every name and every word in the tables of a street, telephones left out."""
    return [
        word
        for name in ("grids", "branches")
        for column in (found[name]["name"], *(cells for _, is_phone, cells in found[name]["words"] if not is_phone))
        for word in column
    ]


def known(found: Iterable[str]) -> str:
    """Return what a street is known by: every Chinese character of its words, and how its Latin ones begin.

    A query is looked for in the streets that know all of it.
    """
    text = "\n".join(found).lower()
    latin = {word[:BEGINNING] for word in LATIN.findall(normalize("NFKD", text))}
    return " ".join(["".join(sorted({sign for sign in text if sign >= "\u2e80"})), *sorted(latin)])
