"""Sums of rows by several columns are those of pandas, whatever the columns hold."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from builder.frames import summed

CELLS = st.tuples(
    st.sampled_from(["甲", "乙", "", None]), st.sampled_from(["b", "a", None]), st.integers(-3, 3),
    st.integers(0, 1), st.one_of(st.none(), st.integers(0, 10**17)),
)  # fmt: skip
COLUMNS = ["unit", "kind", "days", "received", "money"]


@given(st.lists(CELLS, max_size=30))
def test_each_combination_has_the_sums_of_its_rows_without_a_key_none(rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({
        # the order of these categories is not that of the words, and one has no cell
        "unit": "str", "kind": pd.CategoricalDtype(pd.Index(["b", "z", "a"], dtype="str")), "days": "int64",
        "received": "int8", "money": "Int64",
    })  # fmt: skip
    plain = frame.astype({"kind": "str", "received": "int64"})
    wanted = plain.groupby(COLUMNS[:3], sort=True)[["received", "money"]].sum().reset_index()
    wanted = wanted.astype({"unit": "category", "kind": "category", "days": "int32", "received": "int32"})
    assert_frame_equal(summed(frame, COLUMNS[:3], COLUMNS[3:]), wanted)
