"""data.json beside each grid page: the page's figures for programs. Its shape is version 1 and documented in
docs/metrics.md; a field is never renamed or removed within a version.
"""

from __future__ import annotations

from typing import Any

from builder.facts import Facts
from builder.model import CaseTally, DutyTally
from builder.pages.context import AssessmentBlock, CaseBlock, DutyBlock, GridPage

__all__ = ["VERSION", "document"]

VERSION = "1"


def document(page: GridPage, facts: Facts) -> dict[str, Any]:
    """Return the JSON object of one grid. A block that the package has no resource for is absent."""
    result: dict[str, Any] = {
        "version": VERSION,
        "kind": "grid",
        "grid_id": page.grid_id,
        "name": page.name,
        "areas": [{"area_id": link.path.split("/")[1], "name": link.label} for link in page.breadcrumbs],
        "as_of": facts.as_of.isoformat(),
        "period": {"start": facts.period.start.isoformat(), "end": facts.period.end.isoformat()},
        "household_count": page.household_count,
        "branch": {"branch_id": page.branch.path.split("/")[1], "name": page.branch.label} if page.branch else None,
    }
    if page.duty:
        result["duty"] = duty(page.duty)
    if page.case:
        result["case"] = case(page.case)
    if page.assessment:
        result["assessment"] = assessment(page.assessment)
    return result


def duty(block: DutyBlock) -> dict[str, Any]:
    return {
        **duty_tally(block.tally),
        "categories": [{"name": row.name, **duty_tally(row.tally)} for row in block.categories],
    }


def duty_tally(tally: DutyTally) -> dict[str, int]:
    return {
        "due": tally.due, "on_time": tally.on_time, "late": tally.late, "overdue": tally.overdue,
        "upcoming": tally.upcoming,
    }  # fmt: skip


def case(block: CaseBlock) -> dict[str, Any]:
    return {
        **case_tally(block.tally),
        "has_protected": block.has_protected,
        "categories": [{"name": row.name, "group": row.group, **case_tally(row.tally)} for row in block.categories],
        "months": [
            {"month": bar.month, "received": bar.received, "resolved": bar.resolved} for bar in block.chart.bars
        ],
    }


def case_tally(tally: CaseTally) -> dict[str, int | None]:
    return {name: getattr(tally, name) for name in CaseTally.__slots__}


def assessment(block: AssessmentBlock) -> dict[str, Any]:
    return {
        "branch_id": block.branch.path.split("/")[1],
        "periods": [{"period": p.period, "score": p.score or None, "grade": p.grade or None} for p in block.periods],
        "lines": [
            {
                "indicator": x.indicator,
                "weight": x.weight,
                "score": x.score or None,
                "full_score": x.full_score,
                "points": x.points or None,
            }
            for x in (block.sheet.lines if block.sheet else ())
        ],
    }
