"""catalogue/, disclosure/<id>/ and branch/<branch_id>/disclosures/: what there is to disclose, and what was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import mark
from builder.model import Kind, Link, PageContext, Status
from builder.subjects.disclosure.block import item_path
from builder.subjects.disclosure.measure import CatalogueItem, DisclosureFacts, DisclosureRow
from builder.subjects.disclosure.needs import STEPS
from builder.subjects.disclosure.tally import DisclosureTally
from builder.subjects.subject import Shown

__all__ = [
    "KINDS", "BranchDisclosuresPage", "CatalogueGroup", "CataloguePage", "CatalogueRow", "DisclosurePage",
    "ListedDisclosure", "MissingOf", "Step",
]  # fmt: skip

Source = Shown[DisclosureFacts]


class MissingOf(NamedTuple):
    """A branch that has not disclosed an item; `since`: its period, the day it was formed, or ""."""

    by: Link
    since: str
    due_date: str
    days: int


class CatalogueRow(NamedTuple):
    """One item, and what became of it; `tally` None for one that is not for everybody.

    `missing`: who has not disclosed it, and since when, the longest first.
    """

    item: CatalogueItem
    tally: DisclosureTally | None
    next_due_date: str
    missing: tuple[MissingOf, ...]


class CatalogueGroup(NamedTuple):
    """The items of one first level, in the order of the catalogue."""

    name: str
    rows: tuple[CatalogueRow, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage(PageContext):
    """The whole catalogue; `total`: of all branches together."""

    total: DisclosureTally
    groups: tuple[CatalogueGroup, ...]


class Step(NamedTuple):
    """One step on the way of a disclosure; `date` "" where it is not recorded."""

    label: str
    date: str


@dataclass(frozen=True, slots=True)
class DisclosurePage(PageContext):
    """One disclosure. `text` is data: its line breaks are kept and nothing is made of it. `standing` None:
    it met no limit; `late_days` 0: on time."""

    breadcrumbs: tuple[Link, ...]
    title: str
    disclosure_id: str
    item: Link
    by: Link
    grid: Link | None
    steps: tuple[Step, ...]
    period_start_date: str
    period_end_date: str
    due_date: str
    standing: Status | None
    late_days: int
    text: str
    attachments: tuple[Link, ...]


class ListedDisclosure(NamedTuple):
    """One disclosure in a list."""

    page: Link
    item: Link
    period_start_date: str
    period_end_date: str
    published_date: str
    due_date: str
    status: Status | None
    days: int


@dataclass(frozen=True, slots=True)
class BranchDisclosuresPage(PageContext):
    """Every disclosure of a branch, newest first."""

    breadcrumbs: tuple[Link, ...]
    name: str
    rows: tuple[ListedDisclosure, ...]


def once(_source: Source) -> list[tuple[str, ...]]:
    return [()]


def disclosure_keys(source: Source) -> Iterator[tuple[str, ...]]:
    for branch in source.edition.shard.branches:
        yield from ((row.disclosure_id,) for row in source.facts.rows.rows(branch))


def branch_keys(source: Source) -> list[tuple[str, ...]]:
    return [(branch,) for branch in source.edition.shard.branches if source.facts.rows.count(branch)]


def catalogue_page(source: Source, _key: tuple[str, ...]) -> CataloguePage:
    """Return the catalogue with what became of each item."""
    facts, edition = source.facts, source.edition
    title = edition.title("catalogue")
    known = {item.item_id: item for item in facts.whole.items}
    groups: dict[str, list[CatalogueRow]] = {}
    for code, item in facts.catalogue.items():
        found = known.get(code)
        tally = found.tally if found else DisclosureTally()
        groups.setdefault(item.first_level, []).append(
            CatalogueRow(
                item=item,
                tally=tally if code in facts.open else None,
                next_due_date=found.next_due_date if found else "",
                missing=tuple(
                    MissingOf(edition.names.branch(row.branch_id), row.since, row.due_date, row.days)
                    for row in facts.missing_of.rows(code)
                ),
            )
        )
    return CataloguePage(
        head=edition.head(title, title, "catalogue/", ("items", title)),
        total=facts.whole.tally,
        groups=tuple(CatalogueGroup(name, tuple(rows)) for name, rows in groups.items()),
    )


def disclosure_page(source: Source, key: tuple[str, ...]) -> DisclosurePage:
    """Return the page of one disclosure."""
    edition = source.edition
    (row,) = source.facts.by_id.rows(key[0])
    branch = edition.names.branch(row.branch_id)
    path = f"disclosure/{row.disclosure_id}/"
    return DisclosurePage(
        head=edition.head(row.title, f"{branch.label} {row.title} {row.published_date}", path),
        breadcrumbs=(branch, Link(edition.title("disclosure"), f"branch/{row.branch_id}/disclosures/")),
        title=row.title,
        disclosure_id=row.disclosure_id,
        item=item_link(source, row),
        by=branch,
        grid=edition.names.grid(row.grid_id) if row.grid_id else None,
        steps=tuple(Step(edition.label("disclosure", name), getattr(row, name)) for name in STEPS),
        period_start_date=row.period_start_date,
        period_end_date=row.period_end_date,
        due_date=row.due_date,
        standing=row.status,
        late_days=row.days,
        text=row.text,
        attachments=tuple(Link(name, f"{path}{name}") for name in row.attachment),
    )


def item_link(source: Source, row: DisclosureRow) -> Link:
    return Link(source.facts.name(row.item_id), item_path(row.item_id))


def branch_page(source: Source, key: tuple[str, ...]) -> BranchDisclosuresPage:
    """Return the list of every disclosure of a branch."""
    (code,) = key
    branch = source.edition.names.branch(code)
    title = source.edition.translate(mark("{branch}: all disclosures")).format(branch=branch.label)
    return BranchDisclosuresPage(
        head=source.edition.head(title, title, f"branch/{code}/disclosures/"),
        breadcrumbs=(branch,),
        name=branch.label,
        rows=tuple(
            ListedDisclosure(
                page=Link(row.title, f"disclosure/{row.disclosure_id}/"),
                item=item_link(source, row),
                period_start_date=row.period_start_date,
                period_end_date=row.period_end_date,
                published_date=row.published_date,
                due_date=row.due_date,
                status=row.status,
                days=row.days,
            )
            for row in source.facts.rows.rows(code)
        ),
    )


KINDS: tuple[Kind[Source], ...] = (
    Kind("catalogue", "catalogue/", "disclosure_catalogue.html", once, catalogue_page),
    Kind("disclosure", "disclosure/{}/", "disclosure.html", disclosure_keys, disclosure_page, is_local=True),
    Kind(
        "branch_disclosures", "branch/{}/disclosures/", "disclosure_branch.html", branch_keys, branch_page,
        is_local=True,
    ),
)  # fmt: skip
