"""Rows are compared by their key, whatever their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import load
from builder.desk.difference import SHOWN, Row, difference
from builder.model import Resource
from tests.packages import BRANCH_TABLES, write_package

OLD = [
    {"grid_id": "1", "name": "一格", "kind": "综合"},
    {"grid_id": "2", "name": "二格", "kind": "综合"},
    {"grid_id": "3", "name": "三格", "kind": "综合"},
]


@pytest.fixture
def grid(tmp_path: Path) -> Resource:
    return load.package(write_package(tmp_path / "package", BRANCH_TABLES), ()).resources["grid"]


def test_rows_are_new_gone_changed_or_as_before(grid: Resource) -> None:
    new = [
        {"grid_id": "4", "name": "四格", "kind": "综合"},
        {"grid_id": "3", "name": "三格", "kind": "综合"},
        {"grid_id": " 1 ", "name": "第一格", "kind": "专属"},
    ]
    found = difference(grid, OLD, new, [2, 3, 5])
    assert found is not None
    assert (found.added, found.removed, found.same) == ([Row(2, ("4",))], [Row(0, ("2",))], 1)
    assert found.changed == [Row(5, ("1",), ("网格名称", "网格类型"))]
    assert dict(found.counts) == {"added": 1, "removed": 1, "changed": 1}
    assert dict(found.pages) == {"grid/1/": 1, "grid/2/": 1, "grid/4/": 1}


def test_a_column_that_is_left_out_or_added_is_a_change_where_it_says_something(grid: Resource) -> None:
    new = [{"grid_id": row["grid_id"], "name": row["name"], "leader": ""} for row in OLD]
    found = difference(grid, OLD, new, [2, 3, 4])
    assert found is not None
    assert [row.columns for row in found.changed] == [("网格类型",)] * 3


def test_only_the_first_rows_are_named_and_all_are_counted(grid: Resource) -> None:
    new = [{"grid_id": str(n), "name": "格"} for n in range(10, 60)]
    found = difference(grid, [], new, range(2, 52))
    assert found is not None
    assert (len(found.added), found.counts["added"], len(found.pages)) == (SHOWN, 50, 50)


def test_without_the_key_nothing_is_said(grid: Resource) -> None:
    assert difference(grid, OLD, [{"name": "一格"}], [2]) is None


@pytest.mark.parametrize("code", ["../../etc/", "a/b", "“x”", "1?x=1", ".."])
def test_what_is_no_code_leads_to_no_page(code: str, grid: Resource) -> None:
    found = difference(grid, [], [{"grid_id": code, "name": "格"}], [2])
    assert found is not None
    assert dict(found.pages) == {}
