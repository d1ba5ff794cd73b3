"""branch/<branch_id>/: one branch, its grids, its duties and how it was assessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from builder.facts import Term
from builder.pages.assessment import block, indicators
from builder.pages.context import BranchGridRow, BranchPage, Link
from builder.pages.lists import NEWEST_LATE, as_records, count, day, present
from builder.pages.sources import Sources, found_as

__all__ = ["pages"]


def pages(source: Sources) -> Iterator[tuple[str, BranchPage]]:
    """Yield every branch's page."""
    if "branch" not in source.tables:
        return
    frame = source.tables["branch"].sort_values("branch_id")
    parent = {code: up for code, up in zip(frame["branch_id"], frame["parent_id"], strict=True) if isinstance(up, str)}
    below: dict[str, list[str]] = {}
    for code, up in parent.items():
        below.setdefault(up, []).append(code)
    known = indicators(source)
    for row in as_records(frame):
        code = row["branch_id"]
        above = chain(parent, code)
        children = tuple(source.names.branch(child) for child in below.get(code, ()))
        yield "branch.html", page(source, row, above, children, known)


def chain(parent: Mapping[str, str], code: str) -> list[str]:
    """Return the branches above `code`, topmost first."""
    path: list[str] = []
    while code in parent:
        code = parent[code]
        path.insert(0, code)
    return path


def page(
    source: Sources, row: Mapping[str, Any], above: list[str], children: tuple[Link, ...], known: Mapping[str, Any]
) -> BranchPage:
    code, name, path = row["branch_id"], row["name"], f"branch/{row['branch_id']}/"
    terms = source.facts.ancestry.branch_terms.get(code, ())
    rows = source.branch_duty_rows.rows(code) if source.branch_duty_rows else ()
    # a committee above the branches has neither grids nor duties of its own: no empty sections for it
    duty = source.duty_block("branch", code, rows) if rows or terms else None
    case = source.case_block("branch", code) if terms else None
    assessment = block(source, code, known) if terms or assessed(source, code) else None
    found = {"grids": terms, "duty": duty, "case": case, "assessment": assessment}
    places = tuple(source.names.branch(item) for item in above)
    search = found_as(name, places, code, present(row, "secretary"))
    return BranchPage(
        head=source.head(name, f"{name} {code}", path, *(key for key, item in found.items() if item), search=search),
        breadcrumbs=places,
        branch_id=code,
        name=name,
        kind=present(row, "kind"),
        children=children,
        secretary=present(row, "secretary"),
        office_phone=present(row, "office_phone"),
        member_count=count(row, "member_count"),
        committee_count=count(row, "committee_count"),
        term_end_date=day(row.get("term_end_date")),
        term_ended=bool(
            row.get("term_end_date") is not None and row["term_end_date"] < pd.Timestamp(source.facts.as_of)
        ),
        grids=tuple(grid_row(source, term) for term in terms),
        late=tuple(source.late_by_branch.get(path, ())[:NEWEST_LATE]),
        late_count=(duty.tally.overdue if duty else 0) + (case.tally.overdue if case else 0),
        duty=duty,
        case=case,
        assessment=assessment,
    )


def grid_row(source: Sources, term: Term) -> BranchGridRow:
    """Return one term of the branch as a row; dates as ISO text."""
    until = term.to_date.isoformat() if term.to_date else ""
    return BranchGridRow(source.names.grid(term.grid_id), term.role, term.from_date.isoformat(), until)


def assessed(source: Sources, code: str) -> bool:
    scores = source.facts.scores
    return scores is not None and any((period, code) in scores.scores for period in scores.periods)
