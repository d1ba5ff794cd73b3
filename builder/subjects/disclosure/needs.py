"""What disclosures need of a package: the disclosures, the catalogue, and which kind each branch is of."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS", "STEPS"]

STEPS = ("formed_date", "proposed_date", "reviewed_date", "approved_date", "published_date")
"""The dates of a disclosure in the order in which they come."""

NEEDS = (
    Needs(
        "disclosure",
        ("disclosure_id",),
        (
            Use("disclosure_id", shown=True), Use("item_id", shown=True), Use("branch_id", shown=True),
            Use("grid_id", shown=True), Use("title", shown=True), Use("text", shown=True),
            *(Use(name, "date", shown=True) for name in STEPS),
            Use("period_start_date", "date", shown=True), Use("period_end_date", "date", shown=True),
            *extra("attachment"),
        ),
    ),
    Needs(
        "catalogue",
        ("item_id",),
        (
            Use("item_id", shown=True), Use("first_level", shown=True), Use("second_level", shown=True),
            Use("audience", shown=True, roles=("itemised", "internal")), Use("level", shown=True),
            Use("time_type", shown=True, roles=("standing", "periodic", "staged", "prompt")),
            Use("frequency", shown=True, roles=("monthly", "quarterly", "half-yearly", "yearly")),
            Use("limit_days", "integer", shown=True), Use("day_kind", shown=True, roles=("working", "calendar")),
            Use("valid_from_date", "date", shown=True),
            *extra("content", "basis", "time_limit", "publisher", "channel", "method"),
        ),
    ),
    Needs("branch", ("branch_id",), (Use("branch_id", shown=True), Use("kind"))),
)  # fmt: skip
