"""What single residents thought of their case: satisfaction is published for enough ratings together only.

A rating of one case among few could be laid beside the list of cases and read as somebody's.
"""

from __future__ import annotations

import pandas as pd

from builder.frames import summed

__all__ = ["by_category", "by_unit", "by_value", "hidden"]

RATINGS = ["satisfied", "rated"]


def by_unit(frame: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Sum `frame` (unit, category_id, counts) by unit; ratings fewer than `minimum` become NA (none stay 0)."""
    total = summed(frame, ["unit"], list(frame.columns.drop(["unit", "category_id"])))
    return hidden(total, (total["rated"] > 0) & (total["rated"] < minimum))


def by_category(frame: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return `frame` with the ratings of a unit's categories only where each rated category has `minimum`, else NA.

    All or none: one hidden category would be the total less the others, and a 0 among hidden ones would narrow them.
    """
    few = (frame["rated"] > 0) & (frame["rated"] < minimum)
    return hidden(frame, few.groupby(frame["unit"]).transform("any"))


def by_value(frame: pd.DataFrame, minimum: int, tops: frozenset[str]) -> pd.DataFrame:
    """Return `frame` (unit, cut, value, counts) with the ratings of topmost areas only, and there all or none of a cut.

    Below them, categories and values together would be too many ways to narrow one rating down. Cases without a value
    are a value of their own, so that no difference to the total is left.
    """
    few = (frame["rated"] > 0) & (frame["rated"] < minimum)
    any_few = few.groupby([frame["unit"], frame["cut"]]).transform("any")
    return hidden(frame, any_few | ~frame["unit"].isin(tops))


def hidden(frame: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Return `frame` with NA for the ratings of some rows."""
    return frame.assign(**{name: frame[name].astype("Int64").mask(rows, pd.NA) for name in RATINGS})
