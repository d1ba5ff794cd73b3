"""The home page: find my grid, the areas to tap, the figures of the whole, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass

from builder.frames import present
from builder.language import fill, mark
from builder.model import Figure, PageContext, Recent, Unit
from builder.pages import report as raising
from builder.pages.children import ChildRow, children
from builder.pages.compare import with_rest
from builder.pages.late import LateLine, items
from builder.pages.others import OtherTree, tops
from builder.pages.overdue import exists, total
from builder.pages.recent import heading, newest
from builder.pages.report import Report, report
from builder.pages.sources import Sources
from builder.pages.units import listed_in_all
from builder.subjects.edition import Edition

__all__ = ["HomePage", "page"]

LONGEST = 5
"""Overdue items named on the home page."""

FIRST = 5
"""Figures that stand open on the home page."""


@dataclass(frozen=True, slots=True)
class HomePage(PageContext):
    """The site's root. `shared_count`: how much of what is overdue is in none of the areas.

    `figures`: the first of each subject, as many as stand open; `more`: the others, folded.
    `find_label`, `find_hint`: what the search is called, and what may be typed. `others`: the tops of the other trees.
    """

    areas: tuple[ChildRow, ...]
    area_kind: str
    figures: tuple[Figure, ...]
    recent: tuple[Recent, ...]
    more: tuple[Figure, ...]
    late: LateLine
    shared_count: int
    report: Report
    grid_count: int
    find_label: str
    find_hint: str
    others: tuple[OtherTree, ...]


def page(source: Sources, _key: tuple[str, ...]) -> HomePage:
    """Return the home page."""
    edition, _ = source.edition, source.edition.translate
    rows = tuple(row for top in edition.tree.tops for row in children(source, top))
    label, hint = sought(edition)
    kind = area_kind(source, rows)
    longest = items(source, source.late.everything[:LONGEST])
    can_be = exists(source)
    recent = newest(source, *(Unit("area", top) for top in edition.tree.tops))
    trees = tuple(tops(source))
    sections = [("areas", kind), *((tree.anchor, tree.kind) for tree in trees)]
    sections += [("figures", _(mark("Key figures"))), *heading(source, recent)]
    sections += [("overdue", _(mark("Overdue")))] if can_be else []
    sections += raising.heading(source)
    shown = figures(source)
    return HomePage(
        head=edition.head(label, edition.package.description, "", *sections),
        areas=rows,
        area_kind=kind,
        figures=shown[:FIRST],
        more=shown[FIRST:],
        recent=recent,
        late=LateLine(longest, total(source), "overdue/" if can_be else ""),
        shared_count=len(source.late.shared),
        report=report(source, None, supervision(source)),
        grid_count=len(edition.tree.areas_of),
        find_label=label,
        find_hint=hint,
        others=trees,
    )


def figures(source: Sources) -> tuple[Figure, ...]:
    """Return the figures of the whole: the first of each subject, then the others."""
    found = [
        tuple(
            with_rest(source, figure, listed_in_all(source, subject))
            for figure in subject.totals(source.facts(subject), source.edition)
        )
        for subject in source.subjects
    ]
    return (*(items[0] for items in found if items), *(item for items in found for item in items[1:]))


def supervision(source: Sources) -> str:
    """Return the number to call when a grid was no use; "" where it is not the same for all grids."""
    phones = {present(row, "supervision_phone") for row in source.units["grid"].values()} - {""}
    return phones.pop() if len(phones) == 1 else ""


def sought(edition: Edition) -> tuple[str, str]:
    """Return what the search of the home page is called, and what may be typed, in the package's own words."""
    resources, translate = edition.package.resources, edition.translate
    schema = resources["grid"].schema
    has_more = all(name in schema and schema[name].publish == "public" for name in ("extent", "worker"))
    found = fill(translate, mark("Find your {grid}"), {"grid": edition.one("grid")})
    return found, translate(mark("Name, road, person, code") if has_more else mark("Name or code"))


def area_kind(source: Sources, rows: tuple[ChildRow, ...]) -> str:
    """Return what the areas to tap are called."""
    edition = source.edition
    if rows and rows[0].link.path.startswith("area/"):
        return edition.package.resources["area"].schema["level"].label(source.row("area", rows[0].code)["level"])
    return edition.title("grid")
