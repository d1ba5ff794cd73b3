"""branch/<branch_id>/: one branch, its grids, and a block of each subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from builder.frames import count, day, present
from builder.model import Block, Figure, Link, PageContext, Recent, Unit
from builder.pages.late import LateLine, line, overdue_count
from builder.pages.overdue import listed_of
from builder.pages.recent import heading, newest
from builder.pages.sources import Sources
from builder.pages.units import blocks
from builder.places import OFFICERS, ShownTerm

__all__ = ["BranchGridRow", "BranchPage", "page"]


class BranchGridRow(NamedTuple):
    """One grid a branch answers for, or takes part in; `to_date` "" while it lasts."""

    grid: Link
    role: str
    from_date: str
    to_date: str


@dataclass(frozen=True, slots=True)
class BranchPage(PageContext):
    """One branch. `officers`: (post, name) of the posts that the package has, "" for one that nobody holds."""

    breadcrumbs: tuple[Link, ...]
    branch_id: str
    name: str
    kind: str
    children: tuple[Link, ...]
    officers: tuple[tuple[str, str], ...]
    office_phone: str
    member_count: int | None
    committee_count: int | None
    term_end_date: str
    term_ended: bool
    grids: tuple[BranchGridRow, ...]
    late: LateLine
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    recent: tuple[Recent, ...]


def page(source: Sources, key: tuple[str, ...]) -> BranchPage:
    """Return the page of a branch."""
    (code,) = key
    edition, row, unit = source.edition, source.row("branch", code), Unit("branch", code)
    name, path = row["name"], f"branch/{code}/"
    terms = edition.places.terms.get(code, ())
    found, recent = blocks(source, unit), newest(source, unit)
    places = tuple(edition.names.branch(item) for item in source.branches_above(code))
    end = row.get("term_end_date")
    return BranchPage(
        head=edition.head(
            name, f"{name} {code}", path, *((("grids", edition.title("branch_grid")),) if terms else ()),
            *found.contents, *heading(source, recent),
        ),
        breadcrumbs=places,
        branch_id=code,
        name=name,
        kind=present(row, "kind"),
        children=tuple(edition.names.branch(child) for child in source.guide.branch_children.get(code, ())),
        officers=tuple((edition.label("branch", post), present(row, post)) for post in OFFICERS if post in row),
        office_phone=present(row, "office_phone"),
        member_count=count(row, "member_count"),
        committee_count=count(row, "committee_count"),
        term_end_date=day(end),
        term_ended=bool(end is not None and end < pd.Timestamp(edition.scope.as_of)),
        grids=tuple(grid_row(source, term) for term in terms),
        late=line(source, source.late.by_branch.get(code, ()), overdue_count(source, unit), listed_of(source, code)),
        figures=found.figures,
        blocks=found.shown,
        recent=recent,
    )  # fmt: skip


def grid_row(source: Sources, term: ShownTerm) -> BranchGridRow:
    """Return one term of the branch as a row; dates as ISO text."""
    since, until = (day.isoformat() if day else "" for day in (term.from_date, term.to_date))
    return BranchGridRow(
        grid=source.edition.names.grid(term.grid_id), role=term.role, from_date=since, to_date=until
    )
