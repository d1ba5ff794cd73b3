"""The second sheet of a form: how to fill it in and hand it over, what each column is, and which are not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from builder.excel import plain, sheet_name, width
from builder.forms import words
from builder.forms.choices import Choices
from builder.language import Translator, fill, mark
from builder.model import Field, Resource

__all__ = ["draw", "named"]

STEPS = (
    mark("Fill in the first sheet: a row is one record. Leave the first row as it is, and no row empty in between."),
    mark("Dark headers must be filled in. Point at a header to read what belongs there."),
    mark("Paste with “values only” or “text only”: an ordinary paste replaces the rules of the cells."),
    mark("Codes are text here: leading zeros and all digits stay. Do not change the format of these columns."),
    mark("Leave a cell empty when there is nothing to say: no “none”, no “/”. No merged cells, no row of totals."),
    mark("Save as a workbook (.xlsx): drop it into `mingge desk`, or run `mingge import {file} --write`."),
)

HEADERS = (
    mark("Column"), mark("Must it be filled in?"), mark("What to write"), mark("Example"), mark("Published"),
    mark("Meaning"),
)  # fmt: skip

WIDTHS = (20, 12, 36, 22, 12, 60)
FORM = HEADERS.index("What to write")
LINE = 15
"""Points."""


def named(first: str, translate: Translator) -> str:
    """Return the sheet's name."""
    return sheet_name((translate(mark("How to fill in")), "guide"), (first,))


def draw(
    sheet: Worksheet,
    resource: Resource,
    lists: Mapping[str, Choices],
    examples: Mapping[str, str],
    places: Mapping[str, str],
    formats: Mapping[str, Any],
    translate: Translator,
) -> None:
    """Write the sheet. `examples`: field of the form → a cell as it may stand there; other fields are not in it.

    `places`: list → where it stands in the workbook.
    """
    for place, wide in enumerate(WIDTHS):
        sheet.set_column(place, place, wide)
    sheet.write_string(0, 0, plain(resource.title), formats["title"])
    sheet.write_string(1, 0, plain(resource.description), formats["line"])
    row = 2
    for number, step in enumerate(STEPS, 1):
        text = fill(translate, step, {"file": f"{resource.title}.xlsx"})
        sheet.write_string(row, 0, plain(f"{number}. {text}"), formats["line"])
        row += 1
    if absent := tuple(field.title for field in resource.schema.fields if field.name not in examples):
        text = mark("Not in this form, because this package may not have them: {names}.")
        sheet.write_string(row, 0, plain(fill(translate, text, {"names": absent})), formats["line"])
        row += 1
    row += 1
    for place, header in enumerate(HEADERS):
        sheet.write_string(row, place, translate(header), formats["optional"])
    for field in resource.schema.fields:
        if field.name in examples:
            row += 1
            found = lists.get(field.name)
            cells = told(field, found, examples[field.name], translate)
            write(sheet, row, cells, formats)
            if found and found.table:
                beyond = places[found.key].rpartition("!")[0]
                sheet.write_url(row, FORM, f"internal:{beyond}!A1", formats["link"], plain(cells[FORM]))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def told(field: Field, found: Choices | None, example: str, translate: Translator) -> Sequence[str]:
    what = "\n".join(filter(None, (words.form(field, found, translate), field.fix)))
    return (
        field.title, words.need(field, translate), what, example, words.published(field, translate),
        field.description,
    )  # fmt: skip


def write(sheet: Worksheet, row: int, cells: Sequence[str], formats: Mapping[str, Any]) -> None:
    columns = zip(WIDTHS, cells, strict=True)
    sheet.set_row(row, LINE * max(sum(1 + width(line) // wide for line in text.split("\n")) for wide, text in columns))
    for place, text in enumerate(cells):
        sheet.write_string(row, place, plain(text), formats["wrapped"])
