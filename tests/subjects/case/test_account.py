"""No case is left out without a word: received = counted + void + not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.model import Severity
from builder.subjects.case import CASE
from builder.subjects.case.measure import CaseFacts
from builder.subjects.case.protect import Balance
from tests.packages import ONE_COMMUNITY, checked, counted, csv, facts, write_package

GRID = "990001001001001"
TABLES = {
    "area": ONE_COMMUNITY,
    "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
    "case_category": csv(
        "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
        ["A01,路灯,公共,逐件公开,1,5,自然日", "P01,纠纷,矛盾,受保护,1,5,自然日"],
    ),
}
COLUMNS = (
    "case_id", "grid_id", "category_id", "channel", "received_date", "responded_date", "resolved_date", "is_void",
)  # fmt: skip


def case_table(cells: list[tuple[str, str, str]], without: str = "") -> str:
    """Return cases from (grid, category, void), each responded to on its second day and open."""
    columns = [name for name in COLUMNS if name != without]
    rows = []
    for number, (grid, category, void) in enumerate(cells):
        values = ("", grid, category, "网格巡查", "2026-10-01", "2026-10-02", "", void)
        row = dict(zip(COLUMNS, values, strict=True)) | {"case_id": f"C{number:06d}"}
        rows.append(",".join(row[name] for name in columns))
    return csv(",".join(columns), rows)


def package(folder: Path, case: str) -> Path:
    """Write a package whose cases may lack a grid or a category."""
    write_package(folder, {**TABLES, "case": case})
    schema = folder / "schemas" / "case.json"
    text = schema.read_text(encoding="utf-8")
    for pattern in ("^[0-9]{15}$", "^[A-Z][0-9]{2}$"):
        text = text.replace(f'"pattern": "{pattern}",\n    "required": true', f'"pattern": "{pattern}"')
    schema.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("protected", "unplaced", "account"),
    [(0, 0, Balance(31, 30, 1, 0)), (6, 70, Balance(107, 30, 1, 76)), (2, 1, Balance(None, 30, 1, None))],
    ids=["all are shown", "enough are not", "too few are not"],
)
def test_what_was_received_is_the_sum_of_what_became_of_it(
    protected: int, unplaced: int, account: Balance, tmp_path: Path
) -> None:
    cells = [(GRID, "A01", "否")] * 30 + [(GRID, "P01", "否")] * protected + [("", "A01", "否")] * unplaced
    found = checked(package(tmp_path / "package", case_table([*cells, (GRID, "A01", "是")])))
    case = facts(found).parts["case"]
    assert isinstance(case, CaseFacts)
    kinds = {code: n for (severity, code, _), n in found.report.counts().items() if severity is Severity.WARNING}

    assert case.account == account
    assert case.total.received == account.counted
    assert kinds.get("case-without-grid", 0) == unplaced
    assert {item.grid for item in case.late} == {GRID}
    if account.received is not None and account.left_out is not None:
        assert account.received == account.counted + account.void + account.left_out


def test_a_case_without_a_category_is_told_and_not_counted(tmp_path: Path) -> None:
    found = checked(package(tmp_path / "package", case_table([(GRID, "A01", "否"), (GRID, "", "否")])))
    counts = CASE.count(found.tables, counted(found).scope)

    assert found.counts()["case-without-category"] == 1
    assert counts.tallies["area"]["received"].tolist() == [1, 1, 1]
    assert counts.account[["category_id", "received", "unplaced"]].to_numpy().tolist() == [["", 1, 1], ["A01", 1, 0]]


def test_a_word_of_no_role_for_disclosure_stops_the_package(tmp_path: Path) -> None:
    folder = package(tmp_path / "package", case_table([(GRID, "A01", "否")]))
    for path in (folder / "case_category.csv", folder / "schemas" / "case_category.json"):
        text = path.read_text(encoding="utf-8")
        # the schema lists the word, but names no role for it
        text = text.replace("矛盾,受保护", "矛盾,内部公开").replace('"enum": [', '"enum": ["内部公开",')
        path.write_text(text, encoding="utf-8")

    found = checked(folder, errors=frozenset({"disclosure-unknown"}))
    assert found.counts()["disclosure-unknown"] == 1
