"""How residents rated the replies of a quarter, and whether bad ratings were followed up: for topmost areas alone.

A rating, and a follow-up, which only a bad rating has, belongs to one person among few. Good and bad ones are published
together or not at all, so that nobody can read from one number what everybody said.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from builder.model import Policy, Tables, Tree
from builder.subjects.correction import may_change, shown_before
from builder.subjects.counts import NO_ITEM, last
from builder.subjects.feedback.tally import RATED
from builder.subjects.subject import Closing

__all__ = ["TABLE", "cells", "read", "since"]

TABLE = "feedback_statistic"


def since(tables: Tables) -> date | None:
    """Return the first day on which any feedback was received."""
    days = tables["feedback"]["received_date"].dropna()
    return None if days.empty else days.min().date()


def cells(tables: Tables, tree: Tree, policy: Policy, closing: Closing) -> pd.DataFrame:
    """Return what may be published of the replies given in a quarter; a year is the sum of its quarters."""
    frame, least = tables["feedback"], policy.minimum_cell
    words = {role: min(tables.values(TABLE, "measure", role), default="") for role in RATED}
    before = shown_before(words, closing)
    found: list[tuple[str, str, int | None, str]] = []
    span, settled = closing.span, closing.span.end + timedelta(days=tables.package.settings.closing_days)
    if "rating" in frame and not closing.is_year:
        replied = frame["replied_date"]
        frame = frame[(replied >= pd.Timestamp(span.start)) & (replied <= pd.Timestamp(span.end))]
        top = frame["grid_id"].map({grid: areas[0] for grid, areas in tree.areas_of.items() if areas})
        for area in tree.tops:
            counts = counted(tables, frame[top == area], settled)
            if min(counts["favourable"], counts["unfavourable"]) >= least:
                is_told = least <= counts["followed_up"] <= counts["unfavourable"] - least
                for name in [name for name in RATED if name != "followed_up" or is_told]:
                    may_change(before, name, NO_ITEM, {area: counts[name]}, least)
                    found.append((area, name, counts[name], ""))
            elif len(frame[top == area]):
                found += [(area, name, None, "withheld") for name in ("favourable", "unfavourable")]
    hidden = {"withheld": min(tables.values(TABLE, "status", "withheld"), default=""), "": None}
    kept = [item for item in found if words[item[1]]]
    return pd.DataFrame({
        "place_id": [area for area, *_ in kept],
        "measure": [words[name] for _, name, *_ in kept],
        "item": NO_ITEM,
        "count": pd.array([number for *_, number, _ in kept], dtype="Int64"),
        "status": [hidden[status] for *_, status in kept],
    })  # fmt: skip


def counted(tables: Tables, frame: pd.DataFrame, settled: date) -> Mapping[str, int]:
    """Return RATED → how many, as it stood at the end of `settled`."""
    good, bad = (frame["rating"].isin(tables.values("feedback", "rating", r)) for r in ("favourable", "unfavourable"))
    never = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    back = frame.get("follow_up_date", never) <= pd.Timestamp(settled)
    return {"favourable": int(good.sum()), "unfavourable": int(bad.sum()), "followed_up": int((bad & back).sum())}


def read(tables: Tables) -> pd.DataFrame:
    """Return period, measure (role), count of the last revision of each period; NA for what is hidden."""
    if TABLE not in tables:
        return pd.DataFrame(columns=["period", "measure", "count"])
    frame = last(tables[TABLE])
    roles = {word: role for role in RATED for word in tables.values(TABLE, "measure", role)}
    return frame.assign(measure=frame["measure"].map(roles))[["period", "measure", "count"]].reset_index(drop=True)
