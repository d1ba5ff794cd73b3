"""The stages of a project in their order, and the columns that hold their days."""

from __future__ import annotations

__all__ = ["STAGES", "actual", "planned"]

STAGES = ("proposed", "reviewed", "implemented", "accepted")
"""提议, 审核, 实施, 验收."""


def planned(stage: str) -> str:
    """Return the column of the day by which a stage is to be done."""
    return f"{stage}_due_date"


def actual(stage: str) -> str:
    """Return the column of the day on which a stage was done."""
    return f"{stage}_date"
