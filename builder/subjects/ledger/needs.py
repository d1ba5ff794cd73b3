"""What the ledger needs of a package."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "ledger",
        ("entry_id",),
        (
            Use("entry_id", shown=True), Use("branch_id", shown=True), Use("entry_date", "date", shown=True),
            Use("direction", shown=True, roles=("income", "spending")), Use("amount", "money", shown=True),
            *extra("category", "purpose", "approved_by"),
        ),
    ),
    Needs(
        "ledger_balance",
        ("branch_id", "period"),
        (
            Use("branch_id", shown=True), Use("period", shown=True), Use("start_date", "date", shown=True),
            Use("end_date", "date", shown=True), Use("opening", "money", shown=True),
            Use("closing", "money", shown=True),
        ),
    ),
)  # fmt: skip
