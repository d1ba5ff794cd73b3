"""What the roster needs of a package."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "roster",
        ("branch_id", "grid_id", "start"),
        (
            Use("branch_id", shown=True), Use("grid_id", shown=True), Use("start", "datetime", shown=True),
            Use("end", "datetime", shown=True), *extra("post", "place", "work_phone", "note"),
        ),
    ),
)  # fmt: skip
