"""Which column is which field: name, Chinese title or alias; every other header is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.model import Severity, letter
from tests.validate.one_table import Field, shorts, validated

FIELDS: list[Field] = [
    {"name": "grid_id", "title": "网格编码", "aliases": ["网格代码"], "constraints": {"required": True}},
    {"name": "household_count", "title": "户数", "type": "integer"},
]
MISSING = (
    "note.csv:1: missing-column: the column “网格编码” (grid_id) is missing | "
    "Add the column; its header may be the Chinese title or the English name."
)
ABSENT = (
    "note.csv:1: absent-column: the column “户数” (household_count) is missing | "
    "Add the column, empty if need be, or take the field out of the schema."
)


@pytest.mark.parametrize(
    "header",
    [
        "grid_id,household_count", "网格编码,户数", "网格代码,household_count", " 网格编码 ,户数 ", '"grid_id","户数"',
        "\ufeff网格编码,户数", "网 格编码,户　数", "网格编码\u200b,\"户\n数\"",
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name_title_or_alias(header: str, tmp_path: Path) -> None:
    table, report = validated(tmp_path, f"{header}\n001,312\n", FIELDS)
    assert tuple(report.findings) == ()
    assert table is not None
    assert table.frame.to_dict("records") == [{"grid_id": "001", "household_count": 312}]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    table, report = validated(tmp_path, "户数,网格编码\n312,001\n", FIELDS)
    assert tuple(report.findings) == ()
    assert table is not None
    assert (list(table.frame), table.parts[0].columns) == (
        ["grid_id", "household_count"], {"grid_id": "B", "household_count": "A"},
    )  # fmt: skip


def test_an_optional_column_may_be_absent_with_a_warning_and_is_empty(tmp_path: Path) -> None:
    table, report = validated(tmp_path, "grid_id\n001\n", FIELDS)
    assert (shorts(report), [item.severity for item in report.findings]) == ([ABSENT], [Severity.WARNING])
    assert table is not None
    assert (str(table.frame["household_count"].dtype), table.frame["household_count"].isna().tolist()) == (
        "Int64", [True],
    )  # fmt: skip
    assert table.address(0, "household_count") == ("note.csv", 2, "")


def test_a_column_that_figures_are_made_from_may_not_be_absent(tmp_path: Path) -> None:
    table, report = validated(tmp_path, "grid_id\n001\n", FIELDS, figures=frozenset({"household_count"}))
    missing = MISSING.replace("网格编码", "户数").replace("grid_id", "household_count")
    assert (shorts(report), [item.severity for item in report.findings]) == ([missing], [Severity.ERROR])
    assert table is None


def test_a_schema_in_which_a_header_could_mean_two_fields_is_refused(tmp_path: Path) -> None:
    fields: list[Field] = [{"name": "code", "title": "编码（新）"}, {"name": "area", "aliases": ["编码 (新)"]}]
    with pytest.raises(BuilderError, match="the fields code and area are both called “编码 \\(新\\)”"):
        validated(tmp_path, "code,area\n1,2\n", fields)


TWICE = "note.csv:1:B duplicate-column: there are two columns for “网格编码” | "
COMPARE = "Compare columns A and B, and keep the one whose cells are right."
UNKNOWN = "note.csv:1:B unknown-column: the column “B” is not known"
WRONG = {
    "a letter too few": (
        "grid_id,houshold_count",
        [f"{UNKNOWN}, and the column “household_count” (household_count) is missing | "
         "If that is meant, write “household_count” into cell B1. Do not delete the column."],
    ),
    "a Chinese title too long": (
        "网格编码,户数数",
        [f"{UNKNOWN}, and the column “户数” (household_count) is missing | "
         "If that is meant, write “户数” into cell B1. Do not delete the column."],
    ),
    "nothing like it": (
        "grid_id,备注",
        [f"{UNKNOWN} | The table is complete without it: delete the column, or have it added to the schema.", ABSENT],
    ),
    "the number of the row": (
        "grid_id,序号",
        [f"{UNKNOWN} | It counts the rows, which the table does not need: delete this column.", ABSENT],
    ),
    "a comma too many": (
        "grid_id,",
        ["note.csv:1:B nameless-column: the header of column B is empty, but 1 cells below it are filled | "
         "Write the name of the column into cell B1, or empty these cells if they are of no column.", ABSENT],
    ),
    "twice the same": ("grid_id,grid_id", [f"{TWICE}{COMPARE}", ABSENT]),
    "twice the same by another name": ("网格代码,grid_id", [f"{TWICE}{COMPARE}", ABSENT]),
    "a required column missing": ("户数,备注", [
        f"{UNKNOWN} | If it is one of those that are missing (网格编码), write that name into cell B1.",
        MISSING,
    ]),
    "twice the same where a required one is missing": ("户数,户 数", [
        "note.csv:1:B duplicate-column: there are two columns for “户数” | "
        "If one of them is a column that is missing (网格编码), write that name above it.",
        MISSING,
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("header", "findings"), WRONG.values(), ids=WRONG)
def test_every_wrong_header_is_a_finding(header: str, findings: list[str], tmp_path: Path) -> None:
    _, report = validated(tmp_path, f"{header}\n1,2\n", FIELDS)
    assert shorts(report) == findings


def test_a_column_without_a_header_that_holds_nothing_is_none(tmp_path: Path) -> None:
    table, report = validated(tmp_path, "grid_id,,户数,\n001,,312,\n", FIELDS)
    assert tuple(report.findings) == ()
    assert table is not None
    assert table.address(0, "household_count") == ("note.csv", 2, "C")


def test_a_table_that_lacks_a_column_is_judged_and_kept_apart_so_that_no_check_blames_other_tables(
    tmp_path: Path,
) -> None:
    table, report = validated(tmp_path, "户数\n312\nx\n", FIELDS)
    assert (table, report.row_counts) == (None, {"note": 2})
    assert [item.code for item in report.findings] == ["missing-column", "type-error"]


def test_every_file_of_a_folder_has_its_own_header(tmp_path: Path) -> None:
    files = {
        "note/1.csv": "grid_id,户数\n001,1\n",
        "note/2.csv": "户数,网格编码\nx,002\n",
        "note/3.csv": "grid_id\n003\n",
    }
    table, report = validated(tmp_path, files, FIELDS)
    assert [(item.address, item.code) for item in report.findings] == [
        (("note/3.csv", 1, ""), "absent-column"), (("note/2.csv", 2, "A"), "type-error"),
    ]  # fmt: skip
    assert table is not None
    assert table.frame["grid_id"].tolist() == ["001", "002", "003"]
    assert [table.address(row, "grid_id") for row in range(3)] == [
        ("note/1.csv", 2, "A"), ("note/2.csv", 2, "B"), ("note/3.csv", 2, "A"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_that_excel_gives_them(position: int, letters: str) -> None:
    assert letter(position) == letters
