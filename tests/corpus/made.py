"""What a case of the corpus does to a file that takes more than an edit: each function is given the file's path."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

BIG5 = str.maketrans(
    "东问渠街网格桥露满综红员满见区办结发举报议协会党务开数据级",
    "東問渠街網格橋露滿綜紅員滿見區辦結發舉報議協會黨務開數據級",
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))


def put_rows(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def schema(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((path.parent / "schemas" / f"{path.stem}.json").read_text(encoding="utf-8"))
    return found


def with_a_cell_inserted(path: Path) -> None:
    """Insert an empty cell before the second one of row 3; the last, which is empty, goes."""
    rows = rows_of(path)
    rows[2] = [rows[2][0], "", *rows[2][1:-1]]
    put_rows(path, rows)


def with_a_cell_deleted(path: Path) -> None:
    """Delete the second cell of row 3, so that those behind it move up."""
    rows = rows_of(path)
    rows[2] = [rows[2][0], *rows[2][2:], ""]
    put_rows(path, rows)


# ── encodings ────────────────────────────────────────────────────────────────────────────────────


def in_big5(path: Path) -> None:
    """Write a file as somebody in Taiwan would."""
    path.write_bytes(text_of(path).translate(BIG5).encode("big5", "replace"))


def in_shift_jis(path: Path) -> None:
    """Write a file as a Japanese computer saves it: what it has no sign for is a question mark."""
    path.write_bytes(text_of(path).translate(BIG5).encode("cp932", "replace"))


def in_western(path: Path) -> None:
    """Write a file with names from abroad as a Western computer does."""
    text = re.sub("[\u3000-\uffff]+", "Café", text_of(path))
    path.write_bytes(text.encode("cp1252"))


def in_two_encodings(path: Path) -> None:
    """Put rows in GB18030 below rows in UTF-8."""
    header, *rows = text_of(path).splitlines(keepends=True)
    path.write_bytes((header + "".join(rows[:2])).encode() + "".join(rows[2:]).encode("gb18030"))


def with_broken_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.index("网".encode()) + 1] = 0x20
    path.write_bytes(bytes(data))


def with_nul_tail(path: Path) -> None:
    """What a computer leaves that lost its power while it wrote."""
    data = path.read_bytes()
    path.write_bytes(data[:400] + b"\0" * (len(data) - 400))


def cut_utf16(path: Path) -> None:
    path.write_bytes(text_of(path).encode("utf-16")[:-1])


def cut_gz(path: Path) -> None:
    """Pack a table, name the packed file in the descriptor, and lose its end."""
    data = gzip.compress(path.read_bytes(), mtime=0)
    path.with_name(f"{path.name}.gz").write_bytes(data[:-30])
    path.unlink()
    named(path, f"{path.name}.gz")


def in_titles(path: Path) -> None:
    """Write the header in Chinese."""
    titles = {field["name"]: field["title"] for field in schema(path)["fields"]}
    header, *rows = rows_of(path)
    put_rows(path, [[titles[name] for name in header], *rows])


def mistaken(path: Path, change: Callable[[str], str]) -> None:
    in_titles(path)
    path.write_text(change(text_of(path)), encoding="utf-8")


def utf8_as_gbk(path: Path) -> None:
    mistaken(path, lambda text: text.encode().decode("gb18030", "replace"))


def gbk_as_latin1(path: Path) -> None:
    mistaken(path, lambda text: text.encode("gb18030").decode("latin-1"))


def gbk_as_utf8(path: Path) -> None:
    mistaken(path, lambda text: text.encode("gb18030").decode("utf-8", "replace"))


def gbk_as_utf8_as_gbk(path: Path) -> None:
    gbk_as_utf8(path)
    path.write_text(text_of(path).encode().decode("gb18030", "replace"), encoding="utf-8")


def question_marks(path: Path) -> None:
    mistaken(path, lambda text: re.sub("[\u3000-\uffff]", "?", text))


def without_last_break(path: Path) -> None:
    path.write_bytes(path.read_bytes().rstrip(b"\r\n"))


# ── kinds of files ───────────────────────────────────────────────────────────────────────────────


def as_html(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows_of(path))
    path.write_text(f"<html><head><meta charset=utf-8></head><table>\n{rows}</table></html>\n", encoding="utf-8")


def as_xml(path: Path) -> None:
    path.write_text('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>\n', encoding="utf-8")


def as_json(path: Path) -> None:
    header, *rows = rows_of(path)
    path.write_text(json.dumps([dict(zip(header, row, strict=True)) for row in rows]), encoding="utf-8")


def zipped(path: Path, **parts: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    path.write_bytes(target.getvalue())


def as_zip(path: Path) -> None:
    zipped(path, **{path.name: text_of(path)})


def as_ods(path: Path) -> None:
    zipped(path, mimetype="application/vnd.oasis.opendocument.spreadsheet")


def as_numbers(path: Path) -> None:
    zipped(path, **{"Index/Document.iwa": ""})


def as_old_excel(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def as_book_called_csv(path: Path) -> None:
    as_xlsx(path)
    path.with_suffix(".xlsx").replace(path)


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────


def with_two_row_header(path: Path) -> None:
    """Group the days under one word, as tables on paper do."""
    titles = {field["name"]: field["title"] for field in schema(path)["fields"]}
    header, *rows = rows_of(path)
    days = [at for at, name in enumerate(header) if name.endswith("_date")]
    upper = ["" if at in days else titles[name] for at, name in enumerate(header)]
    upper[days[0]] = "各环节日期"
    lower = [titles[name] if at in days else "" for at, name in enumerate(header)]
    put_rows(path, [upper, lower, *rows])


def with_header_again(path: Path) -> None:
    header, *rows = rows_of(path)
    put_rows(path, [header, *rows[:3], header, *rows[3:8], header, *rows[8:]])


def with_other_header_again(path: Path) -> None:
    header, *rows = rows_of(path)
    put_rows(path, [header, *rows[:3], header[::-1], *(row[::-1] for row in rows[3:])])


def with_header_in_commas(path: Path) -> None:
    """Write a header with semicolons above rows with commas."""
    header, *rows = text_of(path).splitlines()
    path.write_text("\n".join([header.replace(",", ";"), *rows]) + "\n", encoding="utf-8")


def without_header(path: Path) -> None:
    put_rows(path, rows_of(path)[1:])


def with_empty_ends(path: Path) -> None:
    """What Excel adds where cells were formatted or emptied."""
    put_rows(path, [[*row, "", ""] for row in rows_of(path)] + [[""] * (len(rows_of(path)[0]) + 2)] * 3)


def with_odd_spelling(path: Path) -> None:
    """Write Chinese headers with full-width brackets, spaces inside and invisible signs."""
    in_titles(path)
    header, *rows = rows_of(path)
    put_rows(path, [[f" {cell[0]} {cell[1:]}\u3000\u200b" for cell in header], *rows])


def with_row_numbers(path: Path) -> None:
    put_rows(path, [["序号" if not number else str(number), *row] for number, row in enumerate(rows_of(path))])


def with_remarks(path: Path) -> None:
    put_rows(path, [[*row, "备注" if not number else "已核对"] for number, row in enumerate(rows_of(path))])


def with_second_name(path: Path) -> None:
    """Put the names there twice, the second time a little different."""
    put_rows(path, [[*row, "名称" if not number else f"{row[1]}（新）"] for number, row in enumerate(rows_of(path))])


def upside_down(path: Path) -> None:
    put_rows(path, [row[::-1] for row in rows_of(path)])


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────


def as_xlsx(path: Path) -> None:
    """Put the same cells beside the CSV as a workbook, all of them text."""
    book = openpyxl.Workbook()
    for row in rows_of(path):
        book.active.append(row)
    book.save(path.with_suffix(".xlsx"))


def one_day(path: Path) -> None:
    """Put the day of the export into every cell of done_date that has one."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    place = rows[0].index("done_date")
    filled = [[*row[:place], row[place] and "2026-10-31", *row[place + 1 :]] for row in rows[1:]]
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([rows[0], *filled])
def named(path: Path, name: str) -> None:
    """Name another file for a table in the descriptor."""
    file = path.with_name("datapackage.json")
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    for item in descriptor["resources"]:
        if item["path"] == path.name:
            item["path"] = name
    file.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def book_of(path: Path) -> Any:
    """Return the table as a workbook that somebody typed: days are days, numbers are numbers; the CSV goes away."""
    book = openpyxl.Workbook()
    codes = {field["name"] for field in schema(path)["fields"] if field.get("type", "string") == "string"}
    header, *rows = rows_of(path)
    book.active.append(header)
    for row in rows:
        book.active.append([typed(cell, name in codes) for name, cell in zip(header, row, strict=True)])
    path.unlink()
    named(path, f"{path.stem}.xlsx")
    return book


def typed(cell: str, is_text: bool) -> object:
    if DAY.fullmatch(cell):
        return date.fromisoformat(cell)
    if not is_text and re.fullmatch(r"[0-9]+", cell):
        return int(cell)
    return cell or None


def as_book(path: Path) -> None:
    book_of(path).save(path.with_suffix(".xlsx"))


def spoilt_book(path: Path, spoil: Callable[[Any], object]) -> None:
    book = book_of(path)
    spoil(book)
    book.save(path.with_suffix(".xlsx"))


def book_with_numbers_for_codes(path: Path) -> None:
    def spoil(book: Any) -> None:
        for (cell,) in book.active.iter_rows(min_row=2, max_col=1):
            cell.value = int(cell.value)

    spoilt_book(path, spoil)


def book_with_notes(path: Path) -> None:
    spoilt_book(path, lambda book: book.create_sheet("填写说明").append(["第一列写编号，第二列写网格"]))


def book_with_named_sheet_last(path: Path) -> None:
    def spoil(book: Any) -> None:
        book.active.title = "事项办理"
        other = book.create_sheet("旧表", 0)
        other.append(["case_id", "grid_id"])
        other.append(["C1", "x"])

    spoilt_book(path, spoil)


def book_of_two_months(path: Path) -> None:
    def spoil(book: Any) -> None:
        book.active.title = "9月"
        book.copy_worksheet(book.active).title = "10月"

    spoilt_book(path, spoil)


def book_with_hidden_sheet(path: Path) -> None:
    def spoil(book: Any) -> None:
        book.active.title = "原始"
        book.active.sheet_state = "hidden"
        book.create_sheet("封面").append(["东街道事项办理"])

    spoilt_book(path, spoil)


def book_with_merged_cells(path: Path) -> None:
    def spoil(book: Any) -> None:
        for row in (4, 5):
            book.active.cell(row, 2).value = book.active.cell(3, 2).value
        book.active.merge_cells("B3:B5")

    spoilt_book(path, spoil)


def book_with_title(path: Path) -> None:
    def spoil(book: Any) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "东街道事项办理情况表"
        book.active.merge_cells("A1:F1")

    spoilt_book(path, spoil)


def book_with_formulas(path: Path) -> None:
    def spoil(book: Any) -> None:
        for row in range(2, 6):
            book.active.cell(row, 6).value = f"=200+{row}"

    spoilt_book(path, spoil)


def book_with_macros(path: Path) -> None:
    as_book(path)
    with zipfile.ZipFile(path.with_suffix(".xlsx"), "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")


def cut_book(path: Path) -> None:
    as_book(path)
    book = path.with_suffix(".xlsx")
    book.write_bytes(book.read_bytes()[:4000])


def csv_called_book(path: Path) -> None:
    path.rename(path.with_suffix(".xlsx"))
    named(path, f"{path.stem}.xlsx")


def empty_book(path: Path) -> None:
    book = book_of(path)
    book.active.delete_rows(1, 1000)
    book.save(path.with_suffix(".xlsx"))


def book_with_total(path: Path) -> None:
    spoilt_book(path, lambda book: book.active.append(["合计", None, None, None, None, 1266]))



def twice_under_other_codes(path: Path) -> None:
    """Put all rows there a second time, numbered on."""
    rows = rows_of(path)
    put_rows(path, [*rows, *[["X" + row[0][1:], *row[1:]] for row in rows[1:]]])


def without_every_other_category(path: Path) -> None:
    """Lose the category of two rows out of five."""
    header, *rows = rows_of(path)
    put_rows(path, [header, *[[*row[:2], "" if at % 5 < 2 else row[2], *row[3:]] for at, row in enumerate(rows)]])


def without_the_last_categories(path: Path) -> None:
    """Lose the category of the last thirty rows."""
    header, *rows = rows_of(path)
    put_rows(path, [header, *rows[:-30], *[[*row[:2], "", *row[3:]] for row in rows[-30:]]])


def with_dragged_codes(path: Path) -> None:
    """Drag the code of a grid down over six rows, so that it is counted on."""
    header, *rows = rows_of(path)
    for at in range(10, 16):
        rows[at][1] = str(320812001001001 + at)
    put_rows(path, [header, *rows])
