"""find/ and find/<street>/: every grid by street and the initial of its name, for whoever cannot or will not type.

The documents that the finder looks through lie beside them. Always holds: every grid is on a page of its street, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from builder.language import mark
from builder.model import Link, PageContext
from builder.pages.home import sought
from builder.pages.sources import Sources
from builder.pinyin import initial

__all__ = ["FindListPage", "FindPage", "keys", "list_page", "page", "rest_keys", "rest_page"]

LONGEST = 100
"""Grids of one page: at most 8,000 px on a phone, in two columns, under every letter and with names of three lines."""


class FindStreet(NamedTuple):
    """One street of the list, and how many grids lie in it."""

    link: Link
    grid_count: int


class FindRow(NamedTuple):
    """One grid, and the community that tells it from others of its name, "" where that is the street itself."""

    link: Link
    place: str


class FindGroup(NamedTuple):
    """The grids under one letter; `letter` "#" for what begins with none. `anchor`: its id on the page."""

    anchor: str
    letter: str
    rows: tuple[FindRow, ...]


@dataclass(frozen=True, slots=True)
class FindPage(PageContext):
    """The streets to choose from. `find_label`, `find_hint`: what the search is called, and what may be typed."""

    find_label: str
    find_hint: str
    streets: tuple[FindStreet, ...]
    grid_count: int


@dataclass(frozen=True, slots=True)
class FindListPage(PageContext):
    """The grids of one street, or some of them. `parts`: the pages of a long list, the present one with path ""."""

    breadcrumbs: tuple[Link, ...]
    area: Link
    grid_count: int
    groups: tuple[FindGroup, ...]
    parts: tuple[Link, ...]


def keys(source: Sources) -> list[tuple[str, ...]]:
    """Return the key of the first page of each street."""
    return [(street,) for street in source.streets.grids]


def rest_keys(source: Sources) -> Iterator[tuple[str, ...]]:
    """Yield the keys of the further pages of long lists: street and number, from 2."""
    for street, grids in source.streets.grids.items():
        yield from ((street, str(number)) for number in range(2, len(pages(source, grids)) + 1))


def page(source: Sources, _key: tuple[str, ...]) -> FindPage:
    """Return the page of all streets."""
    edition = source.edition
    label, hint = sought(edition)
    return FindPage(
        head=edition.head(listed(source), label, "find/", ("streets", edition.translate(mark("By area")))),
        find_label=label,
        find_hint=hint,
        streets=tuple(
            FindStreet(Link(edition.names.area(street).label, f"find/{street}/"), len(grids))
            for street, grids in source.streets.grids.items()
        ),
        grid_count=len(edition.tree.areas_of),
    )


def listed(source: Sources) -> str:
    """Return what the list is called."""
    return source.edition.translate(mark("List by area and initial"))


def list_page(source: Sources, key: tuple[str, ...]) -> FindListPage:
    """Return the first page of a street."""
    return made(source, key[0], 1)


def rest_page(source: Sources, key: tuple[str, ...]) -> FindListPage:
    """Return a further page of a street."""
    return made(source, key[0], int(key[1]))


def made(source: Sources, street: str, number: int) -> FindListPage:
    edition, grids = source.edition, source.streets.grids[street]
    area, parts = edition.names.area(street), pages(source, grids)
    groups = tuple(grouped(source, street, parts[number - 1]))
    title = edition.translate(mark("{area}: all by initial")).format(area=area.label)
    if len(parts) > 1:
        title = f"{title} ({number}/{len(parts)})"
    path = address(street, number)
    return FindListPage(
        head=edition.head(title, title, path, *((group.anchor, group.letter) for group in groups)),
        breadcrumbs=(Link(listed(source), "find/"),),
        area=area,
        grid_count=len(grids),
        groups=groups,
        parts=tuple(
            Link(span(source, part), "" if other == number else address(street, other))
            for other, part in enumerate(parts, 1)
        ) if len(parts) > 1 else (),
    )  # fmt: skip


def address(street: str, number: int) -> str:
    """Return the path of a page of a street, the first one having no number."""
    return f"find/{street}/" if number == 1 else f"find/{street}/{number}/"


def letter(source: Sources, grid: str) -> str:
    """Return the letter under which a grid stands."""
    return initial(source.edition.names.grid(grid).label)


def pages(source: Sources, grids: Sequence[str]) -> list[list[str]]:
    """Return the grids of a street by letter and code, in as few pages as are short enough, all about as long."""
    found = sorted(grids, key=lambda grid: (letter(source, grid).replace("#", "~"), grid))
    count = -(-len(found) // LONGEST) or 1
    size = -(-len(found) // count) or 1
    return [found[start : start + size] for start in range(0, len(found), size)]


def span(source: Sources, grids: Sequence[str]) -> str:
    """Return the letters of a page, e.g. A–H."""
    return "–".join(dict.fromkeys((letter(source, grids[0]), letter(source, grids[-1]))))


def grouped(source: Sources, street: str, grids: Sequence[str]) -> Iterator[FindGroup]:
    """Yield the grids of a page under their letters."""
    names, tree = source.edition.names, source.edition.tree
    for sign, members in groupby(grids, key=lambda grid: letter(source, grid)):
        communities = ((grid, tree.areas_of[grid][-1]) for grid in members)
        rows = (
            FindRow(names.grid(grid), names.area(area).label if area != street else "") for grid, area in communities
        )
        yield FindGroup(f"initial-{sign.lower() if sign.isalpha() else 'other'}", sign, tuple(rows))
