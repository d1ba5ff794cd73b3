"""Money, in whole cents (分) from the table to the page: it is added up as integers and never becomes a float."""

from __future__ import annotations

import pandas as pd

from builder.model import Ratio

__all__ = ["cents", "exact", "share", "yuan"]


def cents(column: pd.Series) -> pd.Series:
    """Return exact decimals with two places (see `model.Table`) as cents (Int64), empty cells as NA.

    Int64 and not int64, which `compact` takes for a count that is small.
    """
    codes, values = pd.factorize(column)
    words = [*(int(value.scaleb(2)) for value in values), None]
    return pd.Series([words[code] for code in codes], index=column.index, dtype="Int64")


def exact(amount: int | None) -> str | None:
    """Return cents as decimal text in yuan, for programs: 1234.50; None for None."""
    return None if amount is None else _written(amount, "")


def yuan(amount: int | None) -> str:
    """Return cents in yuan with thousands separated and two decimals, 1,234.50; a dash for None."""
    return "—" if amount is None else _written(amount, ",")


def _written(amount: int, separator: str) -> str:
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole:{separator}}.{rest:02}"


def share(ratio: Ratio) -> str:
    """Return a share of amounts in percent with one decimal, rounded half up, for amounts from 0 up; "" of nothing."""
    if ratio.denominator == 0:
        return ""
    tenths = (2_000 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
    return f"{tenths // 10}.{tenths % 10}"
