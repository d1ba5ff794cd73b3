"""grid/<grid_id>/ and grid/<grid_id>/records/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder.language import mark
from builder.pages.assessment import block, indicators
from builder.pages.context import DutyRow, GridPage, Link, RecordsPage
from builder.pages.lists import NEWEST_LATE, as_records, count, day, present
from builder.pages.sources import NEWEST, Sources, found_as

__all__ = ["breadcrumbs", "pages"]

Row = Mapping[str, Any]


def breadcrumbs(source: Sources, grid: str) -> tuple[Link, ...]:
    """Return the areas of a grid from the top down."""
    return tuple(source.names.area(area) for area in source.facts.ancestry.areas_of.get(grid, ()))


def pages(source: Sources) -> Iterator[tuple[str, GridPage | RecordsPage]]:
    """Yield each grid's page, and the page of its records when they do not all fit on it."""
    known = indicators(source)
    shared: dict[str, tuple[DutyRow, ...]] = {}
    for row in as_records(source.tables["grid"].sort_values("grid_id")):
        code = row["grid_id"]
        branch = source.facts.ancestry.responsible.get(code, "")
        if branch not in shared:
            shared[branch] = source.duty_rows.rows(("", branch), NEWEST) if source.duty_rows else ()
        path = f"grid/{code}/records/"
        duty_count = source.duty_rows.count(code) if source.duty_rows else 0
        case_count = source.case_rows.count(code) if source.case_rows else 0
        more = path if max(duty_count, case_count) > NEWEST else ""
        yield "grid.html", page(source, row, branch, more, shared[branch], known)
        if more:
            yield "records.html", records(source, row, path)


def page(
    source: Sources, row: Row, branch: str, more: str, shared: tuple[DutyRow, ...], known: Mapping[str, Row]
) -> GridPage:
    code, name, translate = row["grid_id"], row["name"], source.translate
    duty_rows = source.duty_rows.rows(code) if source.duty_rows else ()
    duty = source.duty_block("grid", code, duty_rows, more, shared)
    case = source.case_block("grid", code, source.case_rows.count(code) if source.case_rows else 0, more)
    assessment = block(source, branch, known) if branch else None
    found = {"duty": duty, "case": case, "assessment": assessment}
    path = f"grid/{code}/"
    places = breadcrumbs(source, code)
    people = [present(row, key) for key in ("extent", "leader", "worker")]
    search = found_as(name, places, code, source.names.branch(branch).label if branch else "", *people)
    description = " ".join([*(place.label for place in places), name, code])
    return GridPage(
        head=source.head(
            name, description, path, *(key for key, item in found.items() if item), "downloads", search=search
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
        branch=source.names.branch(branch) if branch else None,
        partners=partners(source, code, branch),
        leader=present(row, "leader"),
        worker=present(row, "worker"),
        work_phone=present(row, "work_phone"),
        supervision_phone=present(row, "supervision_phone"),
        late=tuple(source.late_by_place.get(path, ())[:NEWEST_LATE]),
        late_count=(duty.tally.overdue if duty else 0) + (case.tally.overdue if case else 0),
        duty=duty,
        case=case,
        assessment=assessment,
        downloads=(
            Link(translate(mark("This page as JSON")), f"{path}data.json"),
            Link(translate(mark("All tables (CSV)")), "data/"),
        ),
    )


def partners(source: Sources, code: str, branch: str) -> tuple[Link, ...]:
    """Return the branches that help in a grid at as_of, without the responsible `branch`."""
    today = source.facts.as_of
    found = dict.fromkeys(
        term.branch_id
        for term in source.facts.ancestry.terms.get(code, ())
        if not term.is_responsible
        and term.branch_id != branch
        and term.from_date <= today
        and (term.to_date is None or term.to_date >= today)
    )
    return tuple(source.names.branch(item) for item in found)


def records(source: Sources, row: Row, path: str) -> RecordsPage:
    code, name = row["grid_id"], row["name"]
    duties = source.duty_rows.rows(code) if source.duty_rows else None
    cases = source.case_rows.rows(code) if source.case_rows else None
    title = source.translate(mark("{grid}: all records")).format(grid=name)
    anchors = [key for key, rows in (("duty", duties), ("case", cases)) if rows is not None]
    return RecordsPage(
        head=source.head(title, title, path, *anchors),
        breadcrumbs=(*breadcrumbs(source, code), source.names.grid(code)),
        name=name,
        duties=duties,
        cases=cases,
    )
