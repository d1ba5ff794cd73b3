"""area/<area_id>/: one area's children side by side, by code, and the same table in other orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from builder.facts import Level
from builder.language import mark
from builder.model import CaseTally, DutyTally, Ratio
from builder.pages.assessment import summary
from builder.pages.context import AreaPage, ChildRow, Link
from builder.pages.lists import as_records, count
from builder.pages.sources import Sources, found_as

__all__ = ["children", "pages"]


def share(ratio: Ratio) -> tuple[bool, float]:
    """Sort the smallest share first, units without a figure last."""
    return (ratio.denominator == 0, ratio.numerator / ratio.denominator if ratio.denominator else 0.0)


Order = Callable[[ChildRow], tuple[object, ...]]
ORDERS: tuple[tuple[str, str, Order], ...] = (
    ("", mark("by code"), lambda row: (row.code,)),
    ("overdue", mark("most overdue first"), lambda row: (-row.overdue_count, row.code)),
    ("duty", mark("fewest duties fulfilled first"), lambda row: (*share(row.duty.fulfilment), row.code)),
    ("case", mark("fewest matters on time first"), lambda row: (*share(row.case.on_time), row.code)),
)


def pages(source: Sources) -> Iterator[tuple[str, AreaPage]]:
    """Yield every area's page in every order."""
    if "area" not in source.tables:
        return
    frame = source.tables["area"]
    levels = dict(zip(frame["area_id"], frame["level"], strict=True))
    households = household_counts(source)
    possible = orders(source)
    for code in sorted(levels):
        rows = children(source, code)
        for name, _, key in possible if len(rows) > 1 else possible[:1]:
            ordered = tuple(sorted(rows, key=key))
            yield (
                ("area_order.html" if name else "area.html"),
                page(source, code, levels, ordered, name, households(code)),
            )


def household_counts(source: Sources) -> Callable[[str], int]:
    """Return the function that sums households over an area."""
    tree = source.facts.ancestry
    records = as_records(source.tables["grid"])
    known = {row["grid_id"]: count(row, "household_count") or 0 for row in records}

    @cache
    def total(area: str) -> int:
        here = sum(known.get(grid, 0) for grid in tree.grids.get(area, ()))
        return here + sum(total(child) for child in tree.children.get(area, ()))

    return total


def grid_count(source: Sources, area: str) -> int:
    """Return how many grids lie in an area, at any depth."""
    tree = source.facts.ancestry
    return len(tree.grids.get(area, ())) + sum(grid_count(source, child) for child in tree.children.get(area, ()))


def children(source: Sources, area: str) -> tuple[ChildRow, ...]:
    """Return the areas just under `area`, or its grids where it has no areas, by code."""
    tree = source.facts.ancestry
    areas = tuple(area_row(source, code) for code in tree.children.get(area, ()))
    grids = tuple(grid_row(source, code) for code in tree.grids.get(area, ()))
    return areas + grids


def tallies(source: Sources, level: Level, code: str) -> tuple[DutyTally, CaseTally]:
    """Return the duties and the cases of a unit, zeros where the package has none."""
    duty = source.unit_duties(level, code)
    case = source.unit_cases(level, code)
    return duty.tally if duty else DutyTally(), case.tally if case else CaseTally()


def area_row(source: Sources, code: str) -> ChildRow:
    duty, case = tallies(source, "area", code)
    found = summary(source, code)
    assessed = Ratio(found.branch_count - found.not_assessed, found.branch_count) if found else Ratio(0, 0)
    return ChildRow(
        source.names.area(code),
        code,
        grid_count(source, code),
        duty,
        case,
        duty.overdue + case.overdue,
        "",
        "",
        assessed,
    )


def grid_row(source: Sources, code: str) -> ChildRow:
    duty, case = tallies(source, "grid", code)
    branch = source.facts.ancestry.responsible.get(code, "")
    scores = source.facts.scores
    score = scores.scores.get((scores.latest, branch)) if scores else None
    name = source.names.branch(branch).label if branch else ""
    grade = (score and score.grade) or ""
    return ChildRow(source.names.grid(code), code, 0, duty, case, duty.overdue + case.overdue, name, grade, Ratio(0, 0))


def page(
    source: Sources, code: str, levels: dict[str, str], rows: tuple[ChildRow, ...], order: str, households: int
) -> AreaPage:
    level = source.tables.package.resources["area"].schema["level"]
    tree, name = source.facts.ancestry, source.names.area(code).label
    has_areas = code in tree.children
    duty, case, assessment = source.duty_block("area", code), source.case_block("area", code), summary(source, code)
    blocks = {"duty": duty, "case": case, "assessment": assessment}
    path = f"area/{code}/"
    above = tuple(source.names.area(item) for item in up(source, code) if item != code)
    child_kind = (
        level.label(levels[tree.children[code][0]]) if has_areas else source.tables.package.resources["grid"].title
    )
    kind = level.label(levels[code])
    return AreaPage(
        head=source.head(
            name, f"{name} {kind} {code}", f"{path}by-{order}/" if order else path,
            *(("children",) if rows else ()), *(key for key, item in blocks.items() if item),
            search=None if order else found_as(name, above, code),
        ),
        breadcrumbs=above,
        area_id=code,
        name=name,
        kind=kind,
        child_kind=child_kind,
        children_are_grids=not has_areas,
        children=rows,
        orders=order_links(source, path, order) if len(rows) > 1 else (),
        grid_count=grid_count(source, code),
        household_count=households,
        duty=duty,
        case=case,
        assessment=assessment,
    )  # fmt: skip


def orders(source: Sources) -> list[tuple[str, str, Order]]:
    """Return the orders that make sense for the package."""
    absent = {"duty": source.facts.duty is None, "case": source.facts.case is None}
    return [item for item in ORDERS if not absent.get(item[0])]


def order_links(source: Sources, path: str, present: str) -> tuple[Link, ...]:
    """Return a link to each order; the one shown has no path."""
    return tuple(
        Link(source.translate(label), "" if name == present else f"{path}by-{name}/" if name else path)
        for name, label, _ in orders(source)
    )


def up(source: Sources, code: str) -> list[str]:
    """Return the areas from the topmost down to `code`."""
    parent = source.facts.ancestry.parent
    path = [code]
    while parent.get(path[0]):
        path.insert(0, parent[path[0]])
    return path
