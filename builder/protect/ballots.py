"""Ballots so few that a vote could be guessed are not published, not even in the tables to download."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from builder.model import Table

__all__ = ["hidden"]


def hidden(table: Table, minimum: int) -> Table:
    """Return the assessment table with all ballot counts empty in rows with fewer than `minimum` valid ballots."""
    votes = [field.name for field in table.resource.schema.fields if field.vote]
    ballots = [name for name in ("ballots_issued", "ballots_valid", *votes) if name in table.frame]
    if "ballots_valid" not in ballots:
        return table
    few = (table.frame["ballots_valid"] < minimum).fillna(False).astype(bool)
    return replace(table, frame=table.frame.assign(**{name: table.frame[name].mask(few, pd.NA) for name in ballots}))
