"""Cases of a unit for programs: the fields of data.json."""

from __future__ import annotations

from builder.model import Json
from builder.subjects.case.block import CaseBlock
from builder.subjects.case.chart import Bar
from builder.subjects.case.quarter_table import as_json
from builder.subjects.case.tally import CaseTally

__all__ = ["document"]

ANSWERED = ("received", "respond_kept", "respond_due")


def document(found: CaseBlock) -> Json:
    """Return the block for data.json; without what it would say of resolving where that is not recorded."""
    known = counts if found.resolves else answered
    return {
        **known(found.tally),
        "is_partial": found.is_partial,
        "categories": [
            {"category_id": row.code, "name": row.name, "group": row.group, **known(row.tally)}
            for row in found.categories
        ],
        "months": [month(bar, found.resolves) for bar in found.chart.bars],
        **(as_json(found.quarters) if found.quarters else {}),
    }


def month(bar: Bar, resolves: bool) -> dict[str, Json]:
    """Return one month of data.json."""
    done: dict[str, Json] = {"resolved": bar.resolved} if resolves else {}
    return {"month": bar.month, "received": bar.received, **done, "year_before": bar.before}


def answered(tally: CaseTally) -> dict[str, Json]:
    """Return the fields of a tally that do not ask when a case was resolved."""
    return {name: getattr(tally, name) for name in ANSWERED}


def counts(tally: CaseTally) -> dict[str, Json]:
    """Return the fields of a tally."""
    return {name: getattr(tally, name) for name in CaseTally.__slots__}
