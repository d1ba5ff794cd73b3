"""Projects on a page: counts, money, and each project with its stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from builder.frames import Listing, exact, share, yuan
from builder.language import mark
from builder.model import Block, Entry, Figure, Json, Late, Link, Status, Unit
from builder.subjects.edition import NEWEST, Edition
from builder.subjects.project.definitions import FINISHED, SPENT
from builder.subjects.project.measure import ProjectFacts, ProjectRow
from builder.subjects.project.stages import STAGES
from builder.subjects.project.tally import ProjectTally
from builder.subjects.subject import Column

__all__ = [
    "Money", "PlacedProject", "ProjectBlock", "ProjectCategoryRow", "ProjectRecords", "Stage", "always", "block",
    "columns", "document", "figures", "listed", "overdue", "record_count", "records", "totals",
]  # fmt: skip

NAMES = dict(zip(STAGES, (mark("proposed"), mark("reviewed"), mark("carried out"), mark("accepted")), strict=True))


class Stage(NamedTuple):
    """One stage of a project: the days planned and done, and whether it is the one that is late."""

    name: str
    planned: str
    actual: str
    is_late: bool


class Money(NamedTuple):
    """Amounts as text in yuan; `paid_pct` of the budget, "" where there is none."""

    budget: str
    contract: str
    paid: str
    paid_pct: str


class PlacedProject(NamedTuple):
    """A project with the link to its grid, where that says something new on the page (None: no grid, or this one)."""

    project: ProjectRow
    stages: tuple[Stage, ...]
    money: Money
    place: Link | None


class ProjectCategoryRow(NamedTuple):
    """One category of projects with its tally."""

    name: str
    tally: ProjectTally
    money: Money


@dataclass(frozen=True, slots=True)
class ProjectBlock(Block):
    """Projects of a unit, late first in `rows`; `more`: path of the full list or "".

    On an area's page `rows` are only late ones (`only_late`), the longest first. `row_count`: how many there are.
    `shared`: the first of the `shared_count` projects of a grid's branch that lie in no single grid, counted on the
    page of the branch only, to which `shared_by` leads.
    """

    template: ClassVar[str] = "project.html"
    anchor: ClassVar[str] = "project"

    tally: ProjectTally
    money: Money
    categories: tuple[ProjectCategoryRow, ...]
    rows: tuple[PlacedProject, ...]
    row_count: int
    only_late: bool
    more: str
    shared: tuple[PlacedProject, ...]
    shared_count: int
    shared_by: Link | None

    @property
    def late_rows(self) -> tuple[PlacedProject, ...]:
        """Those of `rows` that are overdue still: they stand open on the page."""
        return tuple(item for item in self.rows if item.project.status == Status.OVERDUE)

    @property
    def other_rows(self) -> tuple[PlacedProject, ...]:
        """The rest of `rows`, folded."""
        return tuple(item for item in self.rows if item.project.status != Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class ProjectRecords(Block):
    """Every project of a grid or a branch; `is_folded`: they are closed."""

    template: ClassVar[str] = "project_records.html"
    anchor: ClassVar[str] = "project"

    rows: tuple[PlacedProject, ...]
    is_folded: bool = False

    def entries(self) -> tuple[Entry, ...]:
        """Return an entry of each project, by the year of its first day."""
        return tuple(Entry(first_year(item), self.anchor, "", item.project.status) for item in self.rows)

    def of(self, year: str, *, is_folded: bool) -> ProjectRecords:
        """Return the projects whose first day lies in a year."""
        return ProjectRecords(tuple(item for item in self.rows if first_year(item) == year), is_folded)


def first_year(item: PlacedProject) -> str:
    """Return the year of the first day that a project was planned or did something; "" where none is known."""
    return min((day[:4] for day in (*item.project.planned, *item.project.actual) if day), default="")


def block(facts: ProjectFacts, unit: Unit, edition: Edition) -> ProjectBlock | None:
    """Return the projects of a unit; None for one that has neither projects nor grids, such as a committee."""
    level, code = unit
    found = facts.of(unit)
    listing = listing_of(facts, unit) or facts.late_by_area
    if level == "branch" and not listing.count(code) and code not in edition.places.terms:
        return None
    by = edition.tree.responsible.get(code, "") if level == "grid" else ""
    shared = facts.by_grid.rows(("", by), NEWEST) if by else ()
    return ProjectBlock(
        tally=found.tally,
        money=money(found.tally),
        categories=tuple(ProjectCategoryRow(name, tally, money(tally)) for name, tally in found.categories),
        rows=tuple(placed(row, edition, shows_place=level != "grid") for row in listing.rows(code, NEWEST)),
        row_count=listing.count(code),
        only_late=level == "area",
        more=more(listing.count(code), unit, edition),
        shared=tuple(placed(row, edition, shows_place=False) for row in shared),
        shared_count=facts.by_grid.count(("", by)) if by else 0,
        shared_by=edition.names.branch(by) if by else None,
    )


def listing_of(facts: ProjectFacts, unit: Unit) -> Listing[ProjectRow] | None:
    return {"grid": facts.by_grid, "branch": facts.by_branch}.get(unit.level)


def more(count: int, unit: Unit, edition: Edition) -> str:
    """Return where all projects of a unit are listed, all late ones of an area; "" where this page lists them."""
    if unit.level == "area":
        return edition.overdue(unit.code) if count > NEWEST else ""
    return edition.records(unit)


def placed(row: ProjectRow, edition: Edition, *, shows_place: bool) -> PlacedProject:
    return PlacedProject(
        project=row,
        stages=tuple(
            Stage(edition.translate(NAMES[stage]), planned, actual, stage == row.late_stage)
            for stage, planned, actual in zip(STAGES, row.planned, row.actual, strict=True)
        ),
        money=Money(yuan(row.budget), yuan(row.contract), yuan(row.paid), ""),
        place=edition.names.grid(row.grid_id) if shows_place and row.grid_id else None,
    )


def money(tally: ProjectTally) -> Money:
    return Money(yuan(tally.budget), yuan(tally.contract), yuan(tally.paid), share(tally.spent))


def records(facts: ProjectFacts, unit: Unit, edition: Edition) -> ProjectRecords | None:
    """Return every project of a grid or a branch; None for an area."""
    listing = listing_of(facts, unit)
    if listing is None:
        return None
    rows = listing.rows(unit.code)
    return ProjectRecords(tuple(placed(row, edition, shows_place=unit.level == "branch") for row in rows))


def record_count(facts: ProjectFacts, unit: Unit) -> int:
    """Return how many projects are listed one by one: of a grid its own, of a branch all that it carries."""
    listing = listing_of(facts, unit)
    return listing.count(unit.code) if listing else 0


def always(_facts: ProjectFacts) -> bool:
    """Return that a project can be overdue: its stages have their days."""
    return True


def overdue(facts: ProjectFacts, unit: Unit) -> int:
    """Return how many projects of a unit have a stage that is late."""
    return facts.of(unit).tally.overdue


def listed(facts: ProjectFacts) -> tuple[Late, ...]:
    """Return every project that has a stage that is late."""
    return facts.late


def figures(found: ProjectBlock, _unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of projects; nothing where there are none."""
    if not found.categories:
        return ()
    _ = edition.translate
    return (
        Figure(
            _(mark("Projects")), FINISHED.anchor, found.tally.finished, unit=_(mark("projects")),
            note=_(mark("accepted, of those due")),
        ),
    )  # fmt: skip


def totals(facts: ProjectFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of projects."""
    _ = edition.translate
    spent = _(mark("{paid} of {budget} yuan")).format(paid=yuan(facts.total.paid), budget=yuan(facts.total.budget))
    return (
        Figure(_(FINISHED.name), FINISHED.anchor, facts.total.finished),
        Figure(_(SPENT.name), SPENT.anchor, text=spent),
    )


def columns(_facts: ProjectFacts, edition: Edition, _are_grids: bool) -> tuple[Column[ProjectFacts], ...]:
    """Return the columns of the table that puts children side by side."""
    _ = edition.translate
    return (Column(_(FINISHED.name), FINISHED.anchor, lambda facts, unit: facts.of(unit).tally.finished),)


def document(found: ProjectBlock) -> Json:
    """Return the block for data.json, amounts as decimal text."""
    return {
        **counts(found.tally),
        "categories": [{"name": row.name, **counts(row.tally)} for row in found.categories],
    }


def counts(tally: ProjectTally) -> dict[str, Json]:
    return {
        "on_time": tally.on_time, "late": tally.late, "unfinished": tally.unfinished, "upcoming": tally.upcoming,
        "overdue": tally.overdue, "budget": exact(tally.budget), "contract": exact(tally.contract),
        "paid": exact(tally.paid),
    }  # fmt: skip
