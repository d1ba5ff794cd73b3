"""Text columns to typed ones. What does not convert has a finding already and becomes empty."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from builder.validate.encoded import encoded, is_encoded

__all__ = ["CONTROL", "DIGITS", "typed", "typed_column"]

CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
"""Control characters and those that change the direction of the text after them: shown as U+FFFD."""


MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}"
FIRST, LAST = (pd.Timestamp(text).as_unit("s") for text in ("0001-01-01", "9999-12-31"))
"""The days that a Python date can hold."""


DIGITS = 15
"""Of an exact number before its point: more than any account holds, and what a spreadsheet still shows."""


def typed_column(cells: pa.ChunkedArray, field: Mapping[str, Any]) -> pd.Series:
    """Return a column of text with the dtype of its field; text that repeats is a category of sorted str."""
    if not is_encoded(cells):
        return typed(cells.to_pandas().astype("str"), field)
    codes, values = encoded(cells)
    distinct = typed(pd.Series(values.to_pandas(), dtype="str"), field)
    if field.get("type", "string") == "string":
        return category(codes, distinct)
    return pd.Series(distinct.array.take(codes), dtype=distinct.dtype)


def category(codes: npt.NDArray[np.int32], distinct: pd.Series) -> pd.Series:
    # two values may be one now that control characters are replaced; a missing one has the place -1
    places, words = pd.factorize(distinct, sort=True)
    return pd.Series(pd.Categorical.from_codes(places.take(codes), pd.Index(words, dtype="str"), validate=False))


def moments(filled: pd.Series, field: Mapping[str, Any]) -> pd.Series:
    """Return local times to the second: a zone or a fraction would have to be forgotten, so it is no value here."""
    form = field.get("format", "default")
    plain = filled.where(filled.str.isascii().fillna(False).astype(bool))
    if form == "default":
        plain = filled.where(filled.str.fullmatch(MOMENT).fillna(False).astype(bool)).str.replace(" ", "T")
        form = "%Y-%m-%dT%H:%M:%S"
    found = pd.to_datetime(plain, format=form, errors="coerce").astype("datetime64[s]")
    return found.where((found >= FIRST) & (found < LAST + pd.Timedelta(days=1)))


def typed(column: pd.Series, field: Mapping[str, Any]) -> pd.Series:
    """Return `column` (str, "" = empty) with the dtype that `model.Table` promises for the field descriptor `field`.

    Text is str.
    """
    kind = field.get("type", "string")
    filled = column.mask(column == "")
    if kind == "date":
        # pandas reads digits of all scripts
        narrow = filled.where(filled.str.isascii().fillna(False).astype(bool))
        days = pd.to_datetime(narrow, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
        return days.where((days >= FIRST) & (days <= LAST))
    if kind == "datetime":
        return moments(filled, field)
    if kind == "integer":
        whole = filled.where(filled.str.fullmatch(r" *[+-]?[0-9]{1,18} *").fillna(False).astype(bool))
        # nullable: by way of floats, numbers beside an empty cell would lose their last digits
        return pd.to_numeric(whole, errors="coerce", dtype_backend="numpy_nullable").astype("Int64")
    if kind == "number" and "decimals" in field:
        return exact(filled, int(field["decimals"]))
    if kind == "number":
        return pd.to_numeric(filled, errors="coerce").astype("float64").replace([np.inf, -np.inf], np.nan)
    if kind == "boolean":
        words = dict.fromkeys(field.get("trueValues", ("true", "True", "TRUE", "1")), True)
        words |= dict.fromkeys(field.get("falseValues", ("false", "False", "FALSE", "0")), False)
        return filled.map(words).astype("boolean")
    if filled.str.contains(CONTROL, regex=True).any():
        filled = filled.str.replace(CONTROL, "\ufffd", regex=True)
    return filled.astype("str")


def exact(cells: pd.Series, decimals: int) -> pd.Series:
    """Return decimals, made from the text itself: a float has no place for 0.10.

    What has more places is missing, as a cell that is no number is, and so is found out.
    """
    pattern = rf" *[+-]?[0-9]{{1,{DIGITS}}}(?:\.[0-9]{{1,{decimals}}})? *"
    written = cells.where(cells.str.fullmatch(pattern).fillna(False).astype(bool))
    kind = pd.ArrowDtype(pa.decimal128(DIGITS + decimals, decimals))
    return pd.Series([None if pd.isna(text) else Decimal(text.strip()) for text in written], cells.index, dtype=kind)
