"""A table's form, drawn: the sheet that is filled in, how to fill it in, and the lists that its cells choose from.

Always holds: the first sheet has the titles of fields as its first row, as text, and nothing else but rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from builder import mend
from builder.excel import Style, begun, plain, sheet_name, width
from builder.forms import guide, words
from builder.forms.choices import Choices, choices
from builder.forms.looks import NARROWEST, WIDEST, list_sheets, styles
from builder.forms.rows import cell, column, refuse_odd
from builder.forms.rules import lengths, rule
from builder.language import Translator, fill, mark
from builder.model import Field, Package, Resource, TextTable

__all__ = ["ROWS", "workbook"]

ROWS = 5_000
"""Rows below those that are there already whose cells know what may stand in them."""

NOTE_LINE = 24
"""Chinese characters in a line of a note of NOTE_WIDTH pixels."""

NOTE_WIDTH, NOTE_HEIGHT = 320, 18
MEASURED = 200
"""Cells from which a column's width is taken."""

USUAL = 24
"""Digits of a column of which nothing is known."""

MOST_DIGITS = 15
"""Excel compares longer codes by their first digits."""

PAPER_A4 = 9


class Drawn(NamedTuple):
    """What the form's sheet is drawn with: its columns with their lists, and where each list stands."""

    fields: tuple[Field, ...]
    lists: Mapping[str, Choices]
    places: Mapping[str, str]
    formats: Mapping[str, Any]


def workbook(
    package: Package,
    resource: Resource,
    tables: Mapping[str, TextTable],
    translate: Translator,
    *,
    exempt: Collection[str] = (),
    with_rows: bool = False,
) -> bytes:
    """Return the form of `resource` as an .xlsx file.

    `tables`: those of `needed` that could be read; without one of them its codes are not listed. `exempt`: tables
    that are not published, and no secret. `with_rows`: what the table holds stands in the form. Raises BuilderError
    where that cannot be shown as it is; KeyError where it was not read.
    """
    if with_rows:
        refuse_odd(tables[resource.name])
    target = BytesIO()
    book = begun(target)
    formats = styles(book)
    name = sheet_name((resource.title, resource.name, "table"))
    sheet, told = book.add_worksheet(name), book.add_worksheet(guide.named(name, translate))
    unwanted = ("never",) if resource.name in exempt else package.settings.unwanted
    fields = tuple(field for field in resource.schema.fields if field.publish not in unwanted)
    lists = choices(resource, tables, translate)
    drawn = Drawn(fields, lists, list_sheets(book, lists, formats, translate), formats)
    count = rows(sheet, drawn, tables[resource.name]) if with_rows else 0
    head(sheet, drawn, tables.get(resource.name), translate)
    hold(sheet, drawn, resource, count + ROWS, translate)
    paper(sheet, resource.title)
    examples = {field.name: example(field, lists.get(field.name), tables.get(resource.name)) for field in fields}
    guide.draw(told, resource, lists, examples, drawn.places, formats, translate)
    sheet.activate()
    book.close()
    return target.getvalue()


def style(field: Field) -> Style:
    if field.type == "date":
        return Style.DATE
    return Style.NUMBER if field.type in ("integer", "number") else Style.TEXT


def rows(sheet: Worksheet, drawn: Drawn, table: TextTable) -> int:
    """Write what the table holds; return the number of rows."""
    count = 0
    for place, field in enumerate(drawn.fields):
        shown = drawn.formats[style(field).name]
        texts = column(table, field.name)
        count = len(texts)
        for row, text in enumerate(texts, 1):
            value = cell(field, text)
            if isinstance(value, datetime):
                sheet.write_datetime(row, place, value, shown)
            elif isinstance(value, str):
                if value:
                    sheet.write_string(row, place, plain(value), drawn.formats["TEXT"])
            else:
                sheet.write_number(row, place, value, shown)
    return count


def head(sheet: Worksheet, drawn: Drawn, table: TextTable | None, translate: Translator) -> None:
    """Write the headers, each with its note; a header that must be filled in says so where a person looks."""
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 36)
    required = drawn.formats["required"]
    # shown and not written: the cell holds the title alone, by which the column is known
    around = fill(translate, mark("{title} (required)"), {"title": "@"}).split("@")
    required.set_num_format("@".join(f'"{text}"' if text else "" for text in around))
    for place, field in enumerate(drawn.fields):
        found = drawn.lists.get(field.name)
        wide = max(width(field.title) + (8 if field.required else 2), widest(field, found, table))
        sheet.set_column(place, place, min(max(wide, NARROWEST), WIDEST), drawn.formats[style(field).name])
        sheet.write_string(0, place, plain(field.title), required if field.required else drawn.formats["optional"])
        text = words.note(field, found, example(field, found, table), translate)
        lines = sum(1 + width(line) // (2 * NOTE_LINE) for line in text.split("\n"))
        size = {"width": NOTE_WIDTH, "height": NOTE_HEIGHT * (lines + 1), "font_size": 9, "author": ""}
        sheet.write_comment(0, place, plain(text), size)


def widest(field: Field, found: Choices | None, table: TextTable | None) -> int:
    """Return how wide a cell of the field will probably be: as what the table holds, or what it may hold."""
    if found:
        return max(width(row[0]) for row in found.rows[:MEASURED]) + 3
    if field.type == "datetime":
        return len("2026-03-05T08:00:00") + 1
    if style(field) is not Style.TEXT:
        return len("2026-03-05") + 2
    if table and (texts := [text for text in column(table, field.name)[:MEASURED] if text]):
        return max(map(width, texts)) + 2
    return min((lengths(field)[1] or NARROWEST) + 2, USUAL)


def example(field: Field, found: Choices | None, table: TextTable | None) -> str:
    """Return a cell as it may stand there: as the schema says, the first of its list, or a public one of the table."""
    if "example" in field.descriptor:
        return str(field.descriptor["example"])
    if found:
        return found.rows[0][0]
    if field.type == "date":
        return "2026-03-05"
    texts = column(table, field.name) if table and field.publish == "public" else []
    own = next((text for text in texts if text and len(text) <= WIDEST), "")
    pattern = field.descriptor.get("constraints", {}).get("pattern")
    shape = mend.shape(pattern) if pattern and not own else None
    return shape.example if shape else own


def hold(sheet: Worksheet, drawn: Drawn, resource: Resource, last: int, translate: Translator) -> None:
    """Give the cells of the first `last` rows their rules, and colour what is missing or stands there twice."""
    end = xl_rowcol_to_cell(1, len(drawn.fields) - 1, col_abs=True)
    for place, field in enumerate(drawn.fields):
        first = xl_rowcol_to_cell(1, place)
        found = drawn.lists.get(field.name)
        known = rule(field, found, drawn.places[found.key] if found else "", first, translate)
        if known:
            sheet.data_validation(1, place, last, place, known)
        if field.required:
            missing = {"type": "formula", "criteria": f'=AND(COUNTA($A2:{end})>0,{first}="")'}
            sheet.conditional_format(1, place, last, place, {**missing, "format": drawn.formats["missing"]})
        if resource.schema.primary_key == (field.name,) and (lengths(field)[1] or MOST_DIGITS + 1) <= MOST_DIGITS:
            twice = {"type": "duplicate", "format": drawn.formats["twice"]}
            sheet.conditional_format(1, place, last, place, twice)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(drawn.fields) - 1)}"})


def paper(sheet: Worksheet, title: str) -> None:
    """Print across, as wide as one sheet of A4, the header on each."""
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{title.replace('&', '&&')}")
    sheet.set_footer("&C&P / &N")
