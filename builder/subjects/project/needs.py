"""What projects need of a package."""

from __future__ import annotations

from builder.model import Needs, Use, extra
from builder.subjects.project.stages import STAGES, actual, planned

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "project",
        ("project_id",),
        (
            Use("project_id", shown=True), Use("branch_id", shown=True), Use("grid_id", shown=True), Use("title"),
            Use("category"), Use("budget", "money", shown=True),
            *(Use(name(stage), "date", shown=True) for stage in STAGES for name in (planned, actual)),
            Use("contract", "money", shown=True, optional=True), Use("paid", "money", shown=True, optional=True),
            *extra("source", "result", "photo", "delay_reason"),
            *extra("expected_date", "paid_date", type="date"),
        ),
    ),
)  # fmt: skip
