"""What cases need of a package: the cases, and their categories with limits and disclosure."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "case",
        ("case_id",),
        (
            Use("case_id"), Use("grid_id", shown=True), Use("category_id", shown=True),
            Use("received_date", "date", shown=True), Use("resolved_date", "date", shown=True),
            *extra("responded_date", type="date", figure=True),
            # a case's limit is shown, and would tell each of these
            Use("extended_to_date", "date", shown=True, optional=True),
            *extra("outcome", "satisfaction", figure=True),
            *extra("is_void", type="boolean", figure=True),
            *extra("accepted_date", type="date"),
            *extra("channel", "stage", "handler_kind", "method"),
        ),
    ),
    Needs(
        "case_category",
        ("category_id",),
        (
            Use("category_id", shown=True), Use("name", shown=True), Use("group", shown=True, figure=False),
            Use("disclosure", shown=True), Use("respond_limit_days", "integer"),
            Use("resolve_limit_days", "integer", shown=True), Use("day_kind", shown=True),
        ),
    ),
)  # fmt: skip
