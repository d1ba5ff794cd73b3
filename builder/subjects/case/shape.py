"""What data.json says of cases; a package that does not say what became of them says less (`document.answered`)."""

from __future__ import annotations

from builder.model import Json
from builder.subjects.case.facts import UNTOLD
from builder.subjects.case.tally import COUNTED
from builder.subjects.counts import STATUSES
from builder.subjects.shape import COUNT, FLAG, TEXT, among, counts, listed, maybe, record

__all__ = ["SHAPE"]

RESOLVED = ("open", "overdue", "resolve_kept", "resolve_due", "outcome_resolved", "outcome_recorded", "median_days")
TALLY: dict[str, Json] = {**counts(COUNTED), "median_days": maybe(COUNT)}
CATEGORY = record(RESOLVED, category_id=TEXT, name=TEXT, group=TEXT, **TALLY)
MONTH = record(("resolved",), month=TEXT, received=COUNT, resolved=COUNT, year_before=maybe(COUNT))
HIDDEN = record(
    ("hidden",), category_id=TEXT, name=TEXT, kind=TEXT, count=maybe(COUNT), hidden=among(*STATUSES, UNTOLD.status)
)
RATED = record(("reason",), period=TEXT, satisfied=maybe(COUNT), dissatisfied=maybe(COUNT), reason=among("withheld"))
SHAPE = record(
    (*RESOLVED, "not_listed", "ratings"), **TALLY, is_partial=FLAG, categories=listed(CATEGORY), months=listed(MONTH),
    not_listed=listed(record(period=TEXT, counts=listed(HIDDEN))), ratings=listed(RATED),
)  # fmt: skip
