"""The codes of what is found in headers and cells, explained."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES"]

CODES: tuple[Explained, ...] = (
    Explained(
        "nameless-column", Severity.ERROR, mark("Every column that holds anything has a name."), "header",
        "case_id,,grid_id", "case_id,category_id,grid_id",
    ),
)  # fmt: skip
