"""Rows that are overdue, as values that every subject's rows can be made into."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from builder.frames.listing import iso, text
from builder.model import Late

__all__ = ["late"]


def late(rows: pd.DataFrame, subject: str, key: str, titles: Sequence[str], limit: str) -> tuple[Late, ...]:
    """Return what is overdue, the longest first, rows of the same length by their `key`.

    `rows`: one row something overdue, with grid_id, branch_id, the date column `limit` and days; `titles`: one a row.
    """
    found = rows.assign(title=list(titles))
    order = [name for name in ("days", key) if name in found]
    found = found.sort_values(order, ascending=[name != "days" for name in order], kind="stable")
    columns = (
        text(found, "title"), text(found, "grid_id"), text(found, "branch_id"), iso(found, limit),
        found["days"].tolist(),
    )  # fmt: skip
    return tuple(
        Late(subject=subject, title=title, grid=grid, branch=branch, limit_date=day, days=days)
        for title, grid, branch, day, days in zip(*columns, strict=True)
    )
