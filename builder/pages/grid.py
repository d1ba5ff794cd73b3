"""grid/<grid_id>/: the disclosure page of one grid, with data.json beside it."""

from __future__ import annotations

from dataclasses import dataclass

from builder.frames import count, day, present
from builder.language import mark
from builder.model import Block, Figure, Link, PageContext, Recent, Unit
from builder.pages.late import LateLine, line, overdue_count
from builder.pages.others import OtherTree, of_grid
from builder.pages.overdue import listed_around
from builder.pages.recent import heading, newest
from builder.pages.sheet import Sheet, sheet
from builder.pages.sources import Sources
from builder.pages.units import blocks, breadcrumbs

__all__ = ["GridPage", "page"]


@dataclass(frozen=True, slots=True)
class GridPage(PageContext):
    """One grid: who answers for it, what is overdue, and a block of each subject.

    `others`: the areas of other trees that it lies in. `sheet`: the page on paper.
    """

    breadcrumbs: tuple[Link, ...]
    grid_id: str
    name: str
    kind: str
    extent: str
    household_count: int | None
    opened_date: str
    closed_date: str
    has_branches: bool
    branch: Link | None
    partners: tuple[Link, ...]
    leader: str
    worker: str
    work_phone: str
    supervision_phone: str
    late: LateLine
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    recent: tuple[Recent, ...]
    downloads: tuple[Link, ...]
    others: tuple[OtherTree, ...]
    sheet: Sheet


def page(source: Sources, key: tuple[str, ...]) -> GridPage:
    """Return the page of a grid."""
    (code,) = key
    edition, row = source.edition, source.row("grid", code)
    unit, path, name = Unit("grid", code), f"grid/{code}/", row["name"]
    responsible = edition.tree.responsible.get(code, "")
    branch = edition.names.branch(responsible) if responsible else None
    found, places, recent = blocks(source, unit), breadcrumbs(source, code), newest(source, unit)
    _ = edition.translate
    return GridPage(
        head=edition.head(
            name, " ".join([*(place.label for place in places), name, code]), path, *found.contents,
            *heading(source, recent), ("downloads", _(mark("Data"))),
        ),
        breadcrumbs=places,
        grid_id=code,
        name=name,
        kind=present(row, "kind"),
        extent=present(row, "extent"),
        household_count=count(row, "household_count"),
        opened_date=day(row.get("opened_date")),
        closed_date=day(row.get("closed_date")),
        has_branches="branch_grid" in source.tables,
        branch=branch,
        partners=tuple(edition.names.branch(item) for item in edition.places.partners.get(code, ())),
        leader=present(row, "leader"),
        worker=present(row, "worker"),
        work_phone=present(row, "work_phone"),
        supervision_phone=present(row, "supervision_phone"),
        late=line(source, source.late.by_grid.get(code, ()), overdue_count(source, unit), listed_around(source, code)),
        figures=found.figures,
        blocks=found.shown,
        recent=recent,
        downloads=(
            Link(_(mark("This page as JSON")), f"{path}data.json"), Link(_(mark("All tables (CSV)")), "data/"),
        ),
        others=of_grid(source, code),
        sheet=sheet(source, code, found.figures),
    )  # fmt: skip
