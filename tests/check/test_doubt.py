"""What follows from a cell that has a finding is not told; what does not, is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from builder.check import near
from builder.check.doubt import Doubt, doubt
from builder.model import Damage, Issue, Severity, Tables
from builder.rules import Check
from tests.check.test_checks import checked, write_package
from tests.corpus.spoiled import remarks, spoiled

ROWS = {
    "grid": "grid_id,name\n320812001001001,柴米第一网格\n320812001001002,柴米第二网格\n",
    "duty": "duty_id,grid_id,due_date\nD000001,320812001001001,2026-01-01\nD000002,320812001001002,2026-01-02\n",
}
ISSUES = (Issue(0, "due_date"), Issue(1, "due_date"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("doubt")
    write_package(folder, ROWS)
    return checked(folder)


def check(*reads: str, groups: tuple[str, ...] = ()) -> Check:
    return Check("code", Severity.ERROR, "duty", reads, "", "", "", lambda _tables, _day: (), groups=groups)


def left(tables: Tables, rule: Check, resource: str, column: str, row: int) -> list[int]:
    """Return the rows whose issues are told when one cell has a finding."""
    damage = Damage().joined(resource, (column,), [row], 2)
    wrong = Tables(tables.package, tables.tables, damage=damage)
    return [issue.row for issue in doubt(rule, wrong).left(ISSUES)]


def test_a_row_with_a_wrong_cell_that_is_read_is_left_out(tables: Tables) -> None:
    assert left(tables, check("duty.due_date"), "duty", "due_date", 0) == [1]


def test_a_wrong_cell_that_is_not_read_hides_nothing(tables: Tables) -> None:
    assert left(tables, check("duty.due_date"), "duty", "grid_id", 0) == [0, 1]


def test_a_row_that_points_at_a_row_with_a_wrong_cell_is_left_out(tables: Tables) -> None:
    rule = check("duty.grid_id", "duty.due_date", "grid.grid_id", "grid.name")

    assert left(tables, rule, "grid", "name", 1) == [0]


def test_a_group_with_a_wrong_cell_is_left_out(tables: Tables) -> None:
    rule = check("duty.grid_id", "duty.due_date", groups=("duty.grid_id",))

    assert left(tables, rule, "duty", "due_date", 1) == [0]


def test_where_all_rows_belong_together_one_wrong_cell_hides_all(tables: Tables) -> None:
    assert left(tables, check("duty.due_date", groups=("duty",)), "duty", "due_date", 1) == []


def test_a_wrong_name_of_a_group_explains_as_many_groups_as_there_are_wrong_names() -> None:
    keys = np.array(["a", "b"], dtype=object)

    assert list(Doubt(keys=keys, unknown=1).left(ISSUES)) == list(ISSUES)
    assert list(Doubt(keys=keys, unknown=2).left(ISSUES)) == []


def test_without_damage_nothing_is_doubted(tables: Tables) -> None:
    assert doubt(check("duty.due_date"), tables) == Doubt()


NAMES = {
    "柴米巷第一网格": "柴米巷1", "柴米巷社区1号网格": "柴米巷1", "柴米巷（1）": "柴米巷1",
    "柴米巷第十二网格": "柴米巷12",
    "第一网格": "", "12": "", "柴米巷二十": "柴米巷20",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_however_it_is_written(name: str) -> None:
    assert near.plain_name(name) == NAMES[name]


MEANT = {
    "B32081200100110": "B32081200100101", "b32081200100101": "B32081200100101", "Ｂ32081200100101": "B32081200100101",
    "B3208120010010": "B32081200100101", "B320812001001011": "B32081200100101", "B99": "", "320812001001009": "",
}  # fmt: skip


@pytest.mark.parametrize("written", MEANT)
def test_a_code_one_sign_away_is_told_only_where_it_is_the_only_one(written: str) -> None:
    known = ("B32081200100101", "320812001001001", "320812001001002")
    there = near.Codes(frozenset(known), {near.folded(code): code for code in known}, {}, "B0123456789")
    meant = there.meant(written)

    assert (meant.code if meant else "") == MEANT[written]


def test_an_odd_year_hides_no_error_that_makes_figures_impossible(tmp_path: Path) -> None:
    edits = [{"file": "case.csv", "cell": "K2", "value": "1926-11-15"}]
    found = [item.code for item in remarks(spoiled(tmp_path / "package", edits))]

    assert "odd-year" in found
    assert any(item != "odd-year" for item in found), "a build on this would count days below nothing"
