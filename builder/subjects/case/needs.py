"""What cases need of a package: the cases, and their categories with limits and disclosure."""

from __future__ import annotations

from builder.model import Needs, Use, extra
from builder.subjects.case.quarters import MEASURES, TABLE
from builder.subjects.counts import needs

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "case",
        ("case_id",),
        (
            Use("case_id"), Use("grid_id", shown=True), Use("category_id", shown=True),
            Use("received_date", "moment", shown=True), Use("resolved_date", "moment", shown=True, optional=True),
            *extra("responded_date", type="moment", figure=True),
            # a case's limit is shown, and would tell each of these
            Use("extended_to_date", "moment", shown=True, optional=True),
            Use("limit_date", "moment", shown=True, optional=True),
            *extra("outcome", figure=True, roles=("resolved",)),
            *extra("satisfaction", figure=True, roles=("favourable",)),
            *extra("is_void", type="boolean", figure=True),
            *extra("accepted_date", type="moment"),
            *extra("expected_date", type="date"),
            *extra("stage", roles=("waiting", "open", "closed")),
            *extra("channel", "petition_kind", "handler_kind", "method", "delay_reason"),
        ),
    ),
    Needs(
        "case_category",
        ("category_id",),
        (
            Use("category_id", shown=True), Use("name", shown=True), Use("group", shown=True, figure=False),
            Use("disclosure", shown=True, roles=("itemised", "counted", "protected")),
            Use("respond_limit_days", "integer"),
            Use("resolve_limit_days", "integer", shown=True, optional=True),
            Use("day_kind", shown=True, roles=("working", "calendar")),
            *extra("limit_unit", figure=True, roles=("hours", "days")),
            *extra("minimum_cell", type="integer"),
            *extra("hides_zero", type="boolean"),
        ),
    ),
    needs(TABLE, MEASURES),
)  # fmt: skip
