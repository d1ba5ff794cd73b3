"""Text columns to typed ones. What does not convert has a finding already and becomes empty."""

from __future__ import annotations

import pandas as pd

from builder.model import Field

__all__ = ["CONTROL", "typed"]

CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
"""Control characters and those that change the direction of the text after them: shown as U+FFFD."""


def typed(column: pd.Series, field: Field) -> pd.Series:
    """Return `column` (str, "" = empty) with the dtype that `model.Table` promises for `field`."""
    filled = column.mask(column == "")
    if field.type == "date":
        return pd.to_datetime(filled, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
    if field.type == "integer":
        whole = filled.where(filled.str.fullmatch(r"[+-]?[0-9]{1,18}").fillna(False).astype(bool))
        return pd.to_numeric(whole, errors="coerce").astype("Int64")
    if field.type == "number":
        return pd.to_numeric(filled, errors="coerce").astype("float64")
    if field.type == "boolean":
        words = dict.fromkeys(field.descriptor.get("trueValues", ("true", "True", "TRUE", "1")), True)  # type: ignore[call-overload]
        words |= dict.fromkeys(field.descriptor.get("falseValues", ("false", "False", "FALSE", "0")), False)  # type: ignore[call-overload]
        return filled.map(words).astype("boolean")
    if filled.str.contains(CONTROL, regex=True).any():
        filled = filled.str.replace(CONTROL, "\ufffd", regex=True)
    return filled.astype("str")
