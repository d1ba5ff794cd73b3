"""Money is exact to the cent, from the text of the table to the text of the page."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.frames import cents, exact, share, yuan
from builder.model import Ratio
from builder.validate.typed import typed

AMOUNTS = st.decimals(Decimal("-999999999999999.99"), Decimal("999999999999999.99"), places=2)
FIELD = {"name": "amount", "type": "number", "decimals": 2}


@given(st.lists(st.none() | AMOUNTS))
def test_an_amount_is_as_many_cents_as_its_text_says(amounts: list[Decimal | None]) -> None:
    column = typed(pd.Series(["" if item is None else str(item) for item in amounts], dtype="str"), FIELD)
    found = [None if pd.isna(item) else item for item in cents(column)]
    assert found == [None if item is None else int(item * 100) for item in amounts]
    assert [exact(item) for item in found] == [None if item is None else str(item + 0) for item in amounts]


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123_456, "1,234.56"), (-100_000_000, "-1,000,000.00"), (None, "—")],
)
def test_an_amount_is_written_with_thousands_and_two_decimals(amount: int | None, written: str) -> None:
    assert yuan(amount) == written


@pytest.mark.parametrize(
    ("ratio", "percent"),
    [(Ratio(0, 0), ""), (Ratio(0, 7), "0.0"), (Ratio(1, 3), "33.3"), (Ratio(2, 3), "66.7"), (Ratio(7, 7), "100.0")],
)
def test_a_share_has_one_decimal_and_of_nothing_there_is_none(ratio: Ratio, percent: str) -> None:
    assert share(ratio) == percent
