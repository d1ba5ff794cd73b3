"""A clerk's own table, coloured: every cell comes back as it was, and what was found stands beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import openpyxl
import pytest

from builder import load, release, report
from builder.model import Address, Finding, Message, Schema
from builder.model.header import NOTES
from builder.report import excel, workbook
from tests.report import golden, made
from tests.report.made import WARNING, checked, finding

TEXT = Message("“{value}”有问题", "改一改。")
HEADER = ["网格编码", "网格名称", "户数"]
GRID = replace(
    made.package(golden.FOLDER).resources["grid"], schema=Schema(tuple(map(made.field, HEADER)), (), (), {})
)


def coloured(rows: Sequence[Sequence[str]] | None, *findings: Finding, language: str = "zh") -> bytes:
    return report.coloured(report.document(checked(findings), language), "grid.csv", rows)


def sheets(data: bytes) -> list[openpyxl.worksheet.worksheet.Worksheet]:
    return list(openpyxl.load_workbook(io.BytesIO(data)))


CELLS = [
    "320812001001001", "007", "3.20812E+14", "2026-03-05", "45000", "=1+1", "+86", "-5", "@x", "'x", "TRUE", "1e5", "https://x.example",
    " a ", "a\nb", "\t", "_x0041_", "全角　空格", "😀", "<b>&amp;", "#N/A", "x" * 32_767,
]  # fmt: skip


def test_every_cell_comes_back_as_it_was_and_only_the_notes_are_new() -> None:
    rows = [HEADER, *([str(number), cell, ""] for number, cell in enumerate(CELLS)), [], ["", "", "z"]]
    bad = finding("a", Address("grid.csv", 3, "B"), TEXT, value="x")
    sheet = sheets(coloured(rows, bad))[0]
    cells = [["" if cell.value is None else cell.value for cell in row[:3]] for row in sheet.iter_rows()]

    assert [[*row, "", "", ""][:3] for row in rows] == cells, "whatever it looks like"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [cell.value for cell in next(iter(sheet.iter_rows()))] == [*HEADER, NOTES[0]]


def test_whoever_takes_the_workbook_in_finds_the_sheet_and_its_cells() -> None:
    rows = [HEADER, ["320812001001001", "007", "3.20812E+14"], ["2026-03-05", "=1+1", " a "]]
    found = load.grid("grid.xlsx", coloured(rows, finding("a", Address("grid.csv", 3, "B"), TEXT, value="x")), GRID)

    assert isinstance(found, load.Grid)
    assert (found.sheet, [row[:3] for row in found.rows]) == ("网格", rows)
    assert [row[3:] for row in found.rows] == [[NOTES[0]], [], ["[错误] B “x”有问题。改一改。"]]


@pytest.mark.parametrize(("language", "notes"), [("zh", "检查意见"), ("en", "Remarks")])
def test_the_column_of_notes_is_called_as_import_knows_it(language: str, notes: str) -> None:
    sheet, about = sheets(coloured([HEADER, ["1", "x", "2"]], language=language))

    assert (sheet["D1"].value, notes in NOTES) == (notes, True)
    assert any(notes in str(row[0].value) for row in about.iter_rows())


def test_an_error_is_red_and_bold_and_a_warning_yellow_and_italic_and_both_say_why() -> None:
    found = [
        finding("a", Address("grid.csv", 2, "B"), TEXT, value="x", mended="y"),
        finding("b", Address("grid.csv", 2, "C"), TEXT, severity=WARNING, value="z"),
        finding("b", Address("grid.csv", 3, "C"), TEXT, severity=WARNING, value=""),
    ]
    sheet = sheets(coloured([HEADER, ["1", "x", "z"], ["2", "x"]], *found))[0]
    error, warning, empty = sheet["B2"], sheet["C2"], sheet["C3"]

    assert [(cell.fill.fgColor.rgb, cell.font.b, cell.font.i) for cell in (error, warning, empty)] == [
        ("FFFFC7CE", True, False), ("FFFFEB9C", False, True), ("FFFFEB9C", False, True),
    ]  # fmt: skip
    assert error.comment.text == "[错误] “x”有问题。改一改。 应写成：y"
    assert sheet["D2"].value == "[错误] B “x”有问题。改一改。 应写成：y\n[提醒] C “z”有问题。改一改。"
    assert (sheet["A2"].fill.fill_type, sheet["A2"].comment) == (None, None)


def test_a_large_table_shows_only_its_rows_with_findings_and_says_so_where_nobody_takes_it_for_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    rows = [HEADER, *([str(n), "x", ""] for n in range(2, 12))]
    bad = [finding("a", Address("grid.csv", row, "B"), TEXT, value="x") for row in (3, 5, 7, 9, 11)]
    sheet, about = sheets(coloured(rows, *bad))

    assert [row[0].value for row in sheet.iter_rows()] == [
        "这里只列出全部 10 行中有问题的 4 行，不是整张表：请在原表里改。", "行", "3", "5", "7", "9",
    ]  # fmt: skip
    assert sheet["C3"].fill.fgColor.rgb == "FFFFC7CE"
    assert any("1 处问题所在的行没有列在这里" in str(row[0].value) for row in about.iter_rows())
    assert isinstance(load.grid("grid.xlsx", coloured(rows, *bad), GRID), load.Trouble)


def test_a_cell_that_excel_cannot_hold_makes_it_no_table_rather_than_losing_the_rest_of_the_cell() -> None:
    sheet = sheets(coloured([HEADER, ["1", "x" * (excel.LONGEST + 1), ""]]))[0]

    assert sheet["A1"].value.startswith("这里只列出")


def test_a_file_that_cannot_be_read_has_a_workbook_that_says_why() -> None:
    (about,) = sheets(coloured(None, finding("unreadable", Address("grid.csv"), Message("打不开", ""))))

    assert any(row[3].value == "打不开 [unreadable]" for row in about.iter_rows())


def test_there_are_not_more_comments_than_excel_bears_and_the_notes_have_them_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_COMMENTS", 2)
    bad = [finding("a", Address("grid.csv", row, "B"), TEXT, value="x") for row in range(2, 6)]
    sheet = sheets(coloured([HEADER, *[["1", "x", ""]] * 4], *bad))[0]
    cells = [sheet[f"B{row}"] for row in range(2, 6)]

    assert [bool(cell.comment) for cell in cells] == [True, True, False, False]
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFFFC7CE"}
    assert all(sheet[f"D{row}"].value for row in range(2, 6))


def test_the_same_findings_make_the_same_bytes() -> None:
    rows = [line.split(",") for line in made.FILES["grid.csv"].splitlines()]
    one, two = (report.coloured(golden.document(), "grid.csv", rows) for _ in range(2))

    assert release.stamped(one) == release.stamped(two)


def test_the_notes_stand_beside_the_header_when_titles_are_above_it() -> None:
    rows = [["网格表"], HEADER, ["1", "x", "2"]]
    document = report.document(checked([finding("a", Address("grid.csv", 3, "B"), TEXT, value="x")]), "zh")
    sheet = sheets(report.coloured(document, "grid.csv", rows, 2))[0]

    assert (sheet.cell(1, len(HEADER) + 1).value, sheet.cell(2, len(HEADER) + 1).value) == (None, NOTES[0])
    assert (sheet["A1"].value, sheet.freeze_panes) == ("网格表", "A3")
    assert sheet.cell(3, len(HEADER) + 1).value is not None
