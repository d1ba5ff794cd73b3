"""What every page is made from, prepared once: names, lists by unit, late items by unit, words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from builder.facts import Facts, Level, UnitCases, UnitDuties
from builder.language import Translator, mark
from builder.model import CaseTally, DutyTally, Tables
from builder.pages.chart import chart
from builder.pages.context import (
    CaseBlock,
    CaseRow,
    CategoryRow,
    DutyBlock,
    DutyCategoryRow,
    DutyRow,
    Head,
    LateItem,
    Link,
    Search,
)
from builder.pages.lists import Listing, Names, cases, duties, late_items

__all__ = ["NEWEST", "Sources", "found_as", "sources"]

NEWEST = 20
"""Rows of a long list on a page; the rest is on the page of records."""

HEADINGS = {
    "grids": mark("Grids"),
    "areas": mark("Areas"), "children": mark("Side by side"), "overdue": mark("Overdue"), "downloads": mark("Data"),
    "duties": mark("Overdue duties"), "cases": mark("Overdue matters"), "ladder": mark("Grades"),
    "checks": mark("Rules"), "indicators": mark("Indicators"), "branches": mark("Branches"), "files": mark("Files"),
    "findings": mark("Remarks"), "figures": mark("Key figures"), "resources": mark("Published tables"),
    "format": mark("Formats"), "package": mark("Package"),
}  # fmt: skip


def found_as(title: str, where: tuple[Link, ...], *words: str) -> Search:
    """Return the search entry of a page: its title, the places above it, and every word that is not empty."""
    places = [place.label for place in where]
    return Search(title, " › ".join(places), " ".join(word for word in (title, *words, *places) if word))


@dataclass(frozen=True, slots=True)
class Sources:
    """Published tables and facts with the look-ups that pages share."""

    tables: Tables
    facts: Facts
    names: Names
    translate: Translator
    case_rows: Listing[CaseRow] | None
    duty_rows: Listing[DutyRow] | None
    branch_duty_rows: Listing[DutyRow] | None
    late_duties: Sequence[LateItem]
    late_cases: Sequence[LateItem]
    late_by_place: Mapping[str, Sequence[LateItem]]
    late_by_branch: Mapping[str, Sequence[LateItem]]
    itemised: frozenset[str]
    has_protected: bool

    def head(self, title: str, description: str, path: str, *anchors: str, search: Search | None = None) -> Head:
        """Return a page's head; `anchors` are the headings it has, in order."""
        contents = tuple(Link(self.heading(name), f"#{name}") for name in anchors)
        return Head(title, description, path, "../" * path.count("/"), contents, search)

    def heading(self, name: str) -> str:
        """Return a section's heading: a subject that is a resource is called what the package calls it."""
        resource = self.tables.package.resources.get(name)
        return resource.title if resource else self.translate(HEADINGS[name])

    def unit_duties(self, level: Level, unit: str) -> UnitDuties | None:
        """Return the duties of a unit (none: zeros), None when the package has no duties."""
        if self.facts.duty is None:
            return None
        return self.facts.duty.units[level].get(unit, UnitDuties(DutyTally(), ()))

    def unit_cases(self, level: Level, unit: str) -> UnitCases | None:
        """Return the cases of a unit (none: zeros), None when the package has no cases."""
        if self.facts.case is None:
            return None
        empty = UnitCases(CaseTally(), (), tuple((month, 0, 0) for month in self.facts.months))
        return self.facts.case.units[level].get(unit, empty)

    def duty_block(
        self, level: Level, unit: str, rows: tuple[DutyRow, ...] = (), more: str = "", shared: tuple[DutyRow, ...] = ()
    ) -> DutyBlock | None:
        """Return the duty block of a unit with the first of its `rows`."""
        found = self.unit_duties(level, unit)
        if found is None:
            return None
        categories = tuple(DutyCategoryRow(name, tally) for name, tally in found.categories)
        return DutyBlock(found.tally, categories, rows[:NEWEST], len(rows), more, shared)

    def case_block(self, level: Level, unit: str, row_count: int = 0, more: str = "") -> CaseBlock | None:
        """Return the case block of a unit; only grids list cases."""
        found = self.unit_cases(level, unit)
        if found is None:
            return None
        categories = tuple(
            CategoryRow(
                self.names.categories.get(code, code), self.names.groups.get(code, ""), code in self.itemised, tally
            )
            for code, tally in found.categories
        )
        rows = self.case_rows.rows(unit, NEWEST) if self.case_rows and row_count else ()
        is_partial = (self.facts.as_of + timedelta(days=1)).day != 1
        return CaseBlock(
            found.tally, categories, chart(found.months, is_partial), rows, row_count, more, self.has_protected
        )


def sources(tables: Tables, facts: Facts, translate: Translator) -> Sources:
    """Prepare everything that more than one page needs."""
    names = Names(tables)
    duty_rows, branch_duty_rows = duties(facts, names) if facts.duty else (None, None)
    late_duties, late_cases = late_items(facts, names)
    by_place: defaultdict[str, list[LateItem]] = defaultdict(list)
    by_branch: defaultdict[str, list[LateItem]] = defaultdict(list)
    for item in sorted([*late_duties, *late_cases], key=lambda item: -item.days):
        by_place[item.place.path].append(item)
        if item.branch:
            by_branch[item.branch.path].append(item)
    disclosure = dict(zip(*categories(tables), strict=True)) if "case_category" in tables else {}
    itemised, protected = (tables.values("case_category", "disclosure", role) for role in ("itemised", "protected"))
    return Sources(
        tables, facts, names, translate, cases(facts, names) if facts.case else None, duty_rows, branch_duty_rows,
        late_duties, late_cases, by_place, by_branch,
        frozenset(code for code, level in disclosure.items() if level in itemised),
        any(level in protected for level in disclosure.values()),
    )  # fmt: skip


def categories(tables: Tables) -> tuple[list[str], list[str]]:
    frame = tables["case_category"]
    return frame["category_id"].tolist(), frame["disclosure"].tolist()
