"""The home page and the page of what is overdue."""

from __future__ import annotations

from builder.language import mark
from builder.model import Ratio
from builder.pages.area import children, grid_count, tallies
from builder.pages.context import ChildRow, Figure, HomePage, OverdueGroup, OverduePage
from builder.pages.sources import Sources

__all__ = ["has_deadlines", "home", "overdue"]

LONGEST = 100
"""Overdue items listed on one page, the longest overdue first."""


def top_rows(source: Sources) -> tuple[ChildRow, ...]:
    """Return the areas to tap on the home page: those under a single top, or the tops themselves."""
    tops = source.facts.ancestry.tops
    if len(tops) == 1:
        return children(source, tops[0])
    return tuple(row for top in tops for row in children(source, top))


def home(source: Sources) -> HomePage:
    """Return the home page."""
    rows = top_rows(source)
    # duties that a branch carries as a whole lie in no area, so the rows do not have them
    late_count = len(source.late_duties) + sum(row.case.overdue for row in rows)
    longest = sorted([*source.late_duties[:LONGEST], *source.late_cases[:LONGEST]], key=lambda item: -item.days)
    area = source.tables.package.resources.get("area")
    tree = source.facts.ancestry
    kind = source.tables.package.resources["grid"].title
    if area and rows and rows[0].link.path.startswith("area/"):
        frame = source.tables["area"]
        level = dict(zip(frame["area_id"], frame["level"], strict=True))
        kind = area.schema["level"].label(level[rows[0].code])
    title = source.translate(mark("Find my grid"))
    return HomePage(
        head=source.head(
            title, source.tables.package.description, "", "areas", "figures", *(("overdue",) if longest else ())
        ),
        areas=rows,
        area_kind=kind,
        figures=figures(source),
        late=tuple(longest[:5]),
        late_count=late_count,
        grid_count=sum(grid_count(source, top) for top in tree.tops),
    )


def figures(source: Sources) -> tuple[Figure, ...]:
    """Return the key figures of the whole package."""
    duties, cases = zip(*(tallies(source, "area", top) for top in source.facts.ancestry.tops), strict=True)

    def total(ratios: list[Ratio]) -> Ratio:
        return Ratio(sum(r.numerator for r in ratios), sum(r.denominator for r in ratios))

    found = []
    _ = source.translate
    if source.facts.duty:
        found.append(Figure(_(mark("Duties fulfilled")), total([d.fulfilment for d in duties]), "duty-fulfilment"))
    if source.facts.case:
        received = sum(c.received for c in cases)
        found += [
            Figure(_(mark("Matters received")), Ratio(received, -1), "period"),
            Figure(_(mark("Responded in time")), total([c.response for c in cases]), "response-rate"),
            Figure(_(mark("Resolved in time")), total([c.on_time for c in cases]), "on-time-rate"),
            Figure(_(mark("Satisfied")), total([c.satisfaction for c in cases]), "satisfaction-rate"),
        ]
        found = [item for item in found if item.ratio.denominator]
    return tuple(found)


def has_deadlines(source: Sources) -> bool:
    """Return whether anything in the package can be overdue at all."""
    return source.facts.duty is not None or any(
        source.facts.case is not None and tallies(source, "area", top)[1].resolve_due
        for top in source.facts.ancestry.tops
    )


def overdue(source: Sources) -> OverduePage:
    """Return the page of everything overdue: by area, and the longest overdue one by one."""
    title = source.translate(mark("Overdue"))
    rows = top_rows(source)
    groups = tuple(OverdueGroup(row.link, row.duty.overdue, row.case.overdue) for row in rows)
    duties, cases = tuple(source.late_duties[:LONGEST]), tuple(source.late_cases[:LONGEST])
    anchors = ["areas", *(name for name, items in (("duties", duties), ("cases", cases)) if items)]
    duty_count = len(source.late_duties)
    return OverduePage(
        head=source.head(title, title, "overdue/", *anchors),
        groups=groups,
        duty_count=duty_count,
        case_count=sum(group.case_count for group in groups),
        duties=duties,
        cases=cases,
        has_duty=source.facts.duty is not None,
        has_case=source.facts.case is not None,
    )
