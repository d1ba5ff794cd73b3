"""grid/<grid_id>/: the disclosure page of one grid, with data.json beside it."""

from __future__ import annotations

from dataclasses import dataclass

from builder.frames import count, day, present
from builder.language import mark
from builder.model import Block, Figure, Link, OnDuty, PageContext, Recent, Unit
from builder.pages import changes
from builder.pages import neighbours as beside
from builder.pages import report as raising
from builder.pages.changes import GridBlock
from builder.pages.late import LateLine, line, overdue_count
from builder.pages.neighbours import Neighbours, neighbours
from builder.pages.others import OtherTree, of_grid
from builder.pages.overdue import listed_around
from builder.pages.recent import heading, newest
from builder.pages.report import Contact, Report, contact, report
from builder.pages.sheet import Sheet, sheet
from builder.pages.sources import Row, Sources
from builder.pages.units import blocks, breadcrumbs

__all__ = ["GridPage", "page"]


@dataclass(frozen=True, slots=True)
class GridPage(PageContext):
    """One grid: who answers for it, what is overdue, and a block of each subject.

    `others`: the areas of other trees that it lies in.
    `changes`: what changed of it of late, None for nothing. `sheet`: the page on paper.
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
    report: Report
    neighbours: Neighbours | None
    late: LateLine
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    recent: tuple[Recent, ...]
    changes: GridBlock | None
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
    changed = changes.of_grid(source, code)
    siblings = neighbours(source, code)
    _ = edition.translate
    return GridPage(
        head=edition.head(
            name, " ".join([*(place.label for place in places), name, code]), path,
            *found.contents, *beside.heading(source, siblings), *raising.heading(source),
            *heading(source, recent), *changes.heading(source, changed), ("downloads", _(mark("Data"))),
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
        report=report(source, first(source, row, found.on_duty), present(row, "supervision_phone")),
        neighbours=siblings,
        late=line(source, source.late.by_grid.get(code, ()), overdue_count(source, unit), listed_around(source, code)),
        figures=found.figures,
        blocks=found.shown,
        recent=recent,
        changes=changed,
        downloads=(
            Link(_(mark("This page as JSON")), f"{path}data.json"),
            *(Link(f"{edition.title(name)} (CSV)", f"{path}{name}.csv") for name in source.guide.slices.get(code, ())),
            Link(_(mark("All tables (CSV)")), "data/"),
        ),
        others=of_grid(source, code),
        sheet=sheet(source, code, found.figures),
    )  # fmt: skip


def first(source: Sources, row: Row, on_duty: tuple[OnDuty, ...]) -> Contact | None:
    """Return whom to call first: the worker, where none is named the leader, or the number alone."""
    name, phone, label = present(row, "worker"), present(row, "work_phone"), source.edition.label
    if name:
        return contact(label("grid", "worker"), name, phone, on_duty)
    leader = present(row, "leader") if phone else ""
    return contact(label("grid", "leader" if leader else "work_phone"), leader, phone, on_duty)
