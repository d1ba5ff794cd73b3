"""What is progress is proved by the course of the table and the days of two releases; all else is a correction."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.model import Course
from tests.changes.releases import DUTY, compared, release, rows_of

SINCE, AS_OF = "2026-10-31", "2026-11-03"

# the cells of one row before, the cells that are others now → field → kind
CELLS = [
    ({}, {"done_date": "2026-11-02"}, {"done_date": "closed"}),
    ({}, {"done_date": SINCE}, {"done_date": "closed"}),
    ({}, {"done_date": AS_OF}, {"done_date": "closed"}),
    ({}, {"done_date": "2026-10-30"}, {"done_date": "late"}),
    ({}, {"done_date": "2026-11-04"}, {"done_date": "changed"}),
    ({}, {"done_date": "2026-13-01"}, {"done_date": "changed"}),
    ({}, {"done_date": "soon"}, {"done_date": "changed"}),
    ({"done_date": "2026-10-01"}, {"done_date": "2026-11-01"}, {"done_date": "changed"}),
    ({"done_date": "2026-10-01"}, {"done_date": ""}, {"done_date": "changed"}),
    ({}, {"to_date": "2027-01-01"}, {"to_date": "happened"}),
    ({}, {"to_date": "2026-10-01"}, {"to_date": "late"}),
    ({"to_date": "2027-01-01"}, {"to_date": "2027-02-01"}, {"to_date": "changed"}),
    ({"stage": "办理中"}, {"stage": "已办结"}, {"stage": "happened"}),
    ({"stage": "已办结"}, {"stage": "办理中"}, {"stage": "changed"}),
    ({"stage": ""}, {"stage": "已办结"}, {"stage": "changed"}),
    ({"stage": "办理中"}, {"stage": "搁置"}, {"stage": "changed"}),
    ({}, {"reason": "下雨"}, {"reason": "told"}),
    ({}, {"reason": "下雨", "done_date": "2026-11-01"}, {"reason": "told", "done_date": "closed"}),
    ({"done_date": "2026-10-01"}, {"reason": "下雨"}, {"reason": "changed"}),
    ({"reason": "下雨"}, {"reason": "停电"}, {"reason": "changed"}),
    ({"done_date": "2026-10-01"}, {"proof": "https://a.example/"}, {"proof": "told"}),
    ({"proof": "https://a.example/"}, {"proof": ""}, {"proof": "changed"}),
    ({"paid": "0.00"}, {"paid": "1200.50"}, {"paid": "grown"}),
    ({"paid": "9.00"}, {"paid": "10.00"}, {"paid": "grown"}),
    ({"paid": "10.00"}, {"paid": "9.00"}, {"paid": "changed"}),
    ({"paid": "10.00"}, {"paid": "10.0"}, {"paid": "changed"}),
    ({"title": "巡查"}, {"title": "巡查 "}, {"title": "changed"}),
    ({}, {"title": "巡查"}, {"title": "changed"}),
    ({"due_date": "2026-11-10"}, {"due_date": "2026-12-10"}, {"due_date": "changed"}),
]


@pytest.mark.parametrize(("was", "cells", "kinds"), CELLS)
def test_a_cell_goes_on_only_where_its_course_proves_it(
    was: dict[str, str], cells: dict[str, str], kinds: dict[str, str], tmp_path: Path
) -> None:
    row = {"duty_id": "D1", "grid_id": "G1", **was}
    before = release(tmp_path / "before", {"duty": (DUTY, [row])}, SINCE)
    now = release(tmp_path / "now", {"duty": (DUTY, [{**row, **cells}])}, AS_OF)
    compared(before, now)

    assert {item.field: item.kind for item in rows_of(now)} == kinds


def test_of_a_table_without_a_course_only_new_rows_are_progress(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, [{"duty_id": "D1"}])}, SINCE)
    rows = [{"duty_id": "D1", "done_date": "2026-11-02", "stage": "已办结", "reason": "x"}, {"duty_id": "D2"}]
    now = release(tmp_path / "now", {"duty": (DUTY, rows)}, AS_OF)
    compared(before, now, ())

    assert [(item.key, item.field, item.kind) for item in rows_of(now)] == [
        ("D1", "done_date", "changed"), ("D1", "stage", "changed"), ("D1", "reason", "changed"), ("D2", "", "new"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"type": "string"}, {"format": "%Y/%m/%d"}, {"roles": {"open": []}}],
    ids=["type", "format", "roles"],
)
def test_a_column_that_means_something_else_now_has_not_gone_on(change: dict[str, object], tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, [{"duty_id": "D1"}])}, SINCE)
    fields = {**DUTY.fields, "done_date": {**DUTY.fields["done_date"], **change}}
    rows = [{"duty_id": "D1", "done_date": "2026-11-02"}]
    now = release(tmp_path / "now", {"duty": (DUTY._replace(fields=fields), rows)}, AS_OF)
    compared(before, now)

    assert [(item.field, item.kind) for item in rows_of(now)] == [("done_date", "changed")]


@pytest.mark.parametrize(
    ("form", "text", "kind"),
    [
        ({"type": "datetime"}, "2026-11-02T08:00:00", "closed"), ({"type": "datetime"}, "2026-10-02T23:59:59", "late"),
        ({"type": "date", "format": "%d.%m.%Y"}, "02.11.2026", "closed"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_whatever_form_the_field_writes_it(
    form: dict[str, str], text: str, kind: str, tmp_path: Path
) -> None:
    table = DUTY._replace(fields={**DUTY.fields, "done_date": form})
    before = release(tmp_path / "before", {"duty": (table, [{"duty_id": "D1"}])}, SINCE)
    now = release(tmp_path / "now", {"duty": (table, [{"duty_id": "D1", "done_date": text}])}, AS_OF)
    compared(before, now)

    assert [item.kind for item in rows_of(now)] == [kind]


def test_a_later_revision_of_a_count_is_a_correction_and_the_first_is_not(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, [])}, SINCE)
    rows = [{"duty_id": "D1", "paid": "1"}, {"duty_id": "D2", "paid": "2"}]
    now = release(tmp_path / "now", {"duty": (DUTY, rows)}, AS_OF)
    compared(before, now, (Course("duty", revision="paid"),))

    assert [(item.key, item.kind) for item in rows_of(now)] == [("D2", "revised"), ("D1", "new")]


def test_a_row_that_is_over_may_leave_a_table_that_looks_ahead(tmp_path: Path) -> None:
    rows = [{"duty_id": f"D{day}", "due_date": f"2026-11-0{day}"} for day in (1, 2, 3, 4)]
    before = release(tmp_path / "before", {"duty": (DUTY, [*rows, {"duty_id": "D9"}])}, SINCE)
    now = release(tmp_path / "now", {"duty": (DUTY, [])}, AS_OF)
    found = compared(before, now, (Course("duty", leaves="due_date"),))

    assert {item.key: item.kind for item in rows_of(now)} == {
        "D1": "left", "D2": "left", "D3": "gone", "D4": "gone", "D9": "gone",
    }  # fmt: skip
    assert sorted(found.history.gone["duty"]) == ["D3", "D4", "D9"]
