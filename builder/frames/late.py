"""Rows that are overdue, as values that every subject's rows can be made into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from builder.frames.listing import iso, text
from builder.model import Late

__all__ = ["EXCUSES", "excuses", "late"]

EXCUSES = ("delay_reason", "expected_date")
"""Columns that say why something is overdue and when it is expected; a table may lack them."""


def late(rows: pd.DataFrame, subject: str, key: str, titles: Sequence[str], limit: str) -> tuple[Late, ...]:
    """Return what is overdue, the longest first, rows of the same length by their `key`.

    `rows`: one row something overdue, with grid_id, branch_id, the date column `limit`, days, and EXCUSES where the
    table has them; `titles`: one a row.
    """
    found = rows.assign(title=list(titles))
    order = [name for name in ("days", key) if name in found]
    found = found.sort_values(order, ascending=[name != "days" for name in order], kind="stable")
    columns = (
        text(found, "title"), text(found, "grid_id"), text(found, "branch_id"), iso(found, limit),
        found["days"].tolist(), reported(found, "delay_reason"), reported(found, "expected_date"),
    )  # fmt: skip
    return tuple(
        Late(
            subject=subject, title=title, grid=grid, branch=branch, limit_date=day, days=days, reason=reason,
            expected_date=expected,
        )
        for title, grid, branch, day, days, reason, expected in zip(*columns, strict=True)
    )  # fmt: skip


def excuses(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns `reason` and `expected_date` of a row, each None for all rows where the table lacks it."""
    return {"reason": reported(rows, "delay_reason"), "expected_date": reported(rows, "expected_date")}


def reported(rows: pd.DataFrame, name: str) -> list[str | None]:
    """Return a column that a table may lack, None for all rows where it does."""
    if name not in rows:
        return [None] * len(rows)
    return [*(iso(rows, name) if name.endswith("_date") else text(rows, name))]
