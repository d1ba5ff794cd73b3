"""What partners need of a package: the units, and their lists of resources, needs and projects."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "partner",
        ("partner_id",),
        (
            Use("partner_id"), Use("name", shown=True, figure=False), Use("kind", shown=True, figure=False),
            # where a unit is decides on which pages it stands
            Use("grid_id", shown=True, optional=True), Use("area_id", shown=True),
            *extra("contact_post", "work_phone"),
        ),
    ),
    Needs(
        "partner_item",
        ("item_id",),
        (
            Use("item_id"), Use("partner_id", shown=True), Use("category", shown=True),
            Use("list_kind", shown=True, roles=("offer", "need", "project")),
            Use("title", shown=True, figure=False), Use("from_date", "date", shown=True),
            Use("to_date", "date", shown=True), Use("done_date", "date", shown=True),
            Use("grid_id", shown=True, optional=True), Use("branch_id", shown=True, optional=True),
            Use("matched_item_id", shown=True, optional=True),
            *extra("status", figure=True, roles=("withdrawn", "done")),
        ),
    ),
)  # fmt: skip
