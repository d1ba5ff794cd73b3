"""What the sheets of a form look like, and the sheets of its lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from builder.excel import Style, plain, sheet_name, width
from builder.forms.choices import Choices
from builder.language import Translator, mark

__all__ = ["NARROWEST", "WIDEST", "list_sheets", "styles"]

NARROWEST, WIDEST = 10, 40
"""Digits."""


def styles(book: Workbook) -> Mapping[str, Any]:
    """Return the looks of cells: text, days and numbers, two kinds of headers, and what asks for attention."""
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    return {
        **{style.name: book.add_format({"num_format": style.value, "valign": "top"}) for style in Style},
        "required": book.add_format({**head, "num_format": "@", "bg_color": "#1F4E79", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**head, "num_format": "@", "bg_color": "#DDEBF7"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrapped": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1}),
        "line": book.add_format({"num_format": "@"}),
        "link": book.add_format(
            {"font_color": "#0563C1", "underline": 1, "text_wrap": True, "valign": "top", "border": 1}
        ),
        "missing": book.add_format({"bg_color": "#FFF2CC"}),
        "twice": book.add_format({"bg_color": "#F8CBAD"}),
    }


def list_sheets(
    book: Workbook, lists: Mapping[str, Choices], formats: Mapping[str, Any], translate: Translator
) -> Mapping[str, str]:
    """Write each list once, keys of a table on a sheet of their own. Returns list → the range of its values."""
    places: dict[str, str] = {}
    short = [item for item in lists.values() if not item.table]
    if short:
        sheet = book.add_worksheet(sheet_name((translate(mark("Choices")), "lists"), used(book)))
        sheet.freeze_panes(1, 0)
        at = 0
        for item in {item.key: item for item in short}.values():
            places[item.key] = write_list(sheet, item, at, formats)
            at += len(item.header) + 1
    for item in {item.key: item for item in lists.values() if item.table}.values():
        sheet = book.add_worksheet(sheet_name((item.title, item.table, item.key.replace(".", " ")), used(book)))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(item.rows), len(item.header) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:A{len(item.rows) + 1}"})
        places[item.key] = write_list(sheet, item, 0, formats)
    return places


def used(book: Workbook) -> list[str]:
    return [sheet.get_name() for sheet in book.worksheets()]


def write_list(sheet: Worksheet, item: Choices, at: int, formats: Mapping[str, Any]) -> str:
    """Write a list from column `at` on; return the range of its values."""
    for place, title in enumerate(item.header):
        texts = [row[place] for row in item.rows]
        widest = max(map(width, (title, *texts[:200])))
        sheet.set_column(at + place, at + place, min(max(widest, NARROWEST), WIDEST) + 3, formats["TEXT"])
        sheet.write_string(0, at + place, plain(title), formats["optional"])
        for row, text in enumerate(texts, 1):
            if item.is_number and not place:
                sheet.write_number(row, at, float(text), formats["NUMBER"])
            else:
                sheet.write_string(row, at + place, plain(text), formats["TEXT"])
    return f"{quote_sheetname(sheet.get_name())}!{xl_range_abs(1, at, len(item.rows), at)}"
