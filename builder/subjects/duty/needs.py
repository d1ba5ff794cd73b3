"""What duties need of a package."""

from __future__ import annotations

from builder.model import Needs, Use, extra

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "duty",
        ("duty_id",),
        (
            Use("duty_id"), Use("branch_id", shown=True), Use("grid_id", shown=True), Use("category"), Use("title"),
            Use("due_date", "date", shown=True), Use("done_date", "date", shown=True),
            *extra("basis", "post", "frequency", "evidence_url"),
        ),
    ),
)  # fmt: skip
