"""Whatever cells of a published table are edited, the edit is told, and told as a correction unless it is progress."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.changes.releases import COURSE, DUTY, compared, release, rows_of

FIELDS = [name for name in DUTY.fields if name != "duty_id"]
FREE = [name for name in FIELDS if name not in COURSE.fields]
"""Columns that no course names: any edit of theirs is a correction."""

TEXT = st.sampled_from(
    ["", " ", "a", "b", "|", "\\", '"', ",", "'", "\n", "\r\n", "是", "0", "00", "1", "1.0", "NA", "null", "2026-11-01",
     "2026-10-01", "办理中", "已办结", "\u3000", "=1+1"]
)  # fmt: skip
ROW = st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT))
Frame = dict[str, dict[str, str]]
TABLES = st.dictionaries(st.sampled_from([f"D{n}" for n in range(8)] + ["d0", "D0 ", "|"]), ROW, max_size=8)


def differ(before: Frame, now: Frame) -> tuple[set[str], set[str], dict[tuple[str, str], tuple[str, str]]]:
    """Return the keys that came, those that went, and what differs, found row by row."""
    cells = {
        (key, name): (before[key][name], now[key][name])
        for key in before.keys() & now.keys() for name in FIELDS if before[key][name] != now[key][name]
    }  # fmt: skip
    return now.keys() - before.keys(), before.keys() - now.keys(), cells


def by_datacompy(before: Frame, now: Frame) -> tuple[set[str], set[str], dict[tuple[str, str], tuple[str, str]]]:
    """Return the same as a library for comparing frames finds it."""
    datacompy = pytest.importorskip("datacompy", reason="it asks for an older pandas than we do")
    frames = [
        pd.DataFrame([{"duty_id": key, **row} for key, row in table.items()], columns=list(DUTY.fields), dtype="str")
        for table in (before, now)
    ]
    found = datacompy.PandasCompare(*frames, join_columns=["duty_id"], ignore_spaces=False)
    rows = found.all_mismatch() if len(found.intersect_rows) else pd.DataFrame()
    cells = {
        (row["duty_id"], name): (row[f"{name}_df1"], row[f"{name}_df2"])
        for row in rows.to_dict("records") for name in FIELDS if row[f"{name}_df1"] != row[f"{name}_df2"]
    }  # fmt: skip
    return set(found.df2_unq_rows["duty_id"]), set(found.df1_unq_rows["duty_id"]), cells


def told(before: Frame, now: Frame) -> list[tuple[str, str, str, str, str, bool]]:
    with tempfile.TemporaryDirectory() as folder:
        old, new = (
            release(Path(folder) / day, {"duty": (DUTY, [{"duty_id": key, **row} for key, row in table.items()])}, day)
            for day, table in (("2026-10-31", before), ("2026-11-03", now))
        )
        compared(old, new)
        return [(c.key, c.field, c.kind, c.before or "", c.after or "", c.is_correction) for c in rows_of(new)]


@pytest.mark.parametrize("oracle", [differ, pytest.param(by_datacompy, marks=pytest.mark.nightly)])
def test_every_edit_is_told_once(oracle: object) -> None:
    assert callable(oracle)
    if oracle is by_datacompy:
        by_datacompy({}, {})

    @settings(max_examples=40, deadline=None, database=None)
    @given(TABLES, TABLES)
    def check(before: Frame, now: Frame) -> None:
        found = told(before, now)
        came, went, cells = oracle(before, now)

        assert sorted(key for key, field, kind, *_ in found if not field and kind == "new") == sorted(came)
        assert sorted(key for key, field, kind, *_ in found if not field and kind == "gone") == sorted(went)
        assert sorted((key, field, old, new) for key, field, _, old, new, _ in found if field) == sorted(
            (key, field, *values) for (key, field), values in cells.items()
        )

    check()


@settings(max_examples=40, deadline=None, database=None)
@given(TABLES.filter(bool), st.data())
def test_a_planted_edit_is_a_correction(before: Frame, data: st.DataObject) -> None:
    key, name = data.draw(st.sampled_from(sorted(before))), data.draw(st.sampled_from(FIELDS))
    text = data.draw(TEXT.filter(lambda text: text != before[key][name]))
    found = told(before, {**before, key: {**before[key], name: text}})
    (only,) = found

    assert only[:2] == (key, name)
    assert only[3:5] == (before[key][name], text)
    # progress is to fill what was empty, to go a step on, or to grow: whatever was said before stays said
    if name in FREE or (before[key][name] and name not in (*COURSE.steps, *COURSE.grows)):
        assert only[5]
