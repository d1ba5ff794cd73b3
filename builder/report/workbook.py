"""A clerk's own table as a workbook in which what was found is coloured, commented and noted in a column of its own.

Always holds: every cell is text and says what it said in the file, so that taking the workbook in again loses nothing;
where that cannot be (too many rows, a cell that is too long for Excel) only the rows with findings are shown, under a
line that says so, and nothing can take that for the table. It holds the whole file, private columns too: it is for
whoever has the file already. What was found is told as everywhere (see `protect`).
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from builder.language import Translator, fill, mark, said, translator
from builder.model import Message, Severity
from builder.model.header import NOTES
from builder.model.legible import shown
from builder.report.document import Document, File, Item, remedy
from builder.report.excel import height, position, sheet_name, shortened, too_long, wide, written

__all__ = ["MOST_ROWS", "coloured"]

MOST_ROWS = 50_000
"""Rows of a file that is shown whole; of a larger one those with findings, as many as these at most."""

MOST_COMMENTS = 2_000
"""Comments of a workbook: Excel takes seconds for each thousand. The column of notes has them all."""

SIGNATURE = ("mingge report", "0" * 64)
"""A property in the place of which `release.write_report` puts what tells a report that nobody has edited."""

DATED = datetime(2000, 1, 1)
WIDEST, NARROWEST, NOTES_WIDTH, LOOKED = 40, 6, 80, 200

Rows = Sequence[Sequence[str]]


class Found(NamedTuple):
    """`rows`: row → its findings, row 0 those of the file; `others`: how many are of rows that are not among these."""

    rows: Mapping[int, list[Item]]
    others: int


@dataclass(frozen=True, slots=True)
class Styles:
    """Text, and text in a cell with an error or a warning; `header`: the same in the first row."""

    text: Format
    bold: Format
    note: Format
    cell: Mapping[Severity, Format]
    header: Mapping[Severity, Format]


def coloured(document: Document, path: str, rows: Rows | None, header: int = 1) -> bytes:
    """Return a workbook. `path`: the file as the package has it; `rows`: its cells, None if unreadable.

    `header`: the row with the names of the columns; what stands above it are titles.
    """
    translate, target = translator(document.language), io.BytesIO()
    found = sorted_out(document.findings.of(path))
    file = next((item for item in document.files if item.path == shown(path)), File(shown(path), "", "", ()))
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                             "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"created": DATED})
    book.set_custom_property(*SIGNATURE)
    styles = styled(book)
    if rows:
        plain = [list(map(written, row)) for row in rows]
        table = Table(book, styles, found, notes(document), translate, header)
        table.draw(sheet_name(file.title or file.resource), plain)
    explain(book.add_worksheet(translate(mark("About this workbook"))), document, file, styles, found)
    book.close()
    return target.getvalue()


def sorted_out(items: Iterable[Item]) -> Found:
    """Return findings by row: all of the rows that come first, as long as they are not too many."""
    rows: defaultdict[int, list[Item]] = defaultdict(list)
    others = 0
    for item in items:
        if item.row in rows or len(rows) < MOST_ROWS:
            rows[item.row].append(item)
        else:
            others += 1
    return Found(rows, others)


def notes(document: Document) -> str:
    """Return the header of the notes: one of those that `mingge import` leaves out."""
    return NOTES[0] if document.language.startswith("zh") else NOTES[1]


def styled(book: Workbook) -> Styles:
    text = {"num_format": "@", "valign": "top"}
    # by colour and by weight: a red that nobody sees is still bold
    error = {**text, "bg_color": "#FFC7CE", "font_color": "#8A0013", "bold": True}
    warning = {**text, "bg_color": "#FFEB9C", "font_color": "#5C3A00", "italic": True}
    made = {Severity.ERROR: error, Severity.WARNING: warning}
    return Styles(
        text=book.add_format(text),
        bold=book.add_format({**text, "bold": True}),
        note=book.add_format({**text, "text_wrap": True}),
        cell={severity: book.add_format(form) for severity, form in made.items()},
        header={severity: book.add_format({**form, "bold": True}) for severity, form in made.items()},
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Draws the sheet with the cells. `header`: the row with the names of the columns, as Excel counts."""

    book: Workbook
    styles: Styles
    found: Found
    notes: str
    translate: Translator
    header: int

    def draw(self, title: str, rows: Rows) -> None:
        """Draw the whole table, or the rows of it that something was found in."""
        sheet = self.book.add_worksheet(title)
        width = max(len(row) for row in rows)
        if len(rows) <= MOST_ROWS and not any(too_long(cell) for row in rows for cell in row):
            self.put(sheet, rows, range(1, len(rows) + 1), width)
            sheet.freeze_panes(self.header, 0)
            sheet.autofilter(self.header - 1, 0, max(self.header, len(rows) - 1), width)
            return
        text = mark(
            "Only the {count} rows with findings of {total} rows are shown here. This is not the whole table: mend "
            "the table itself."
        )
        numbers = [number for number in sorted(self.found.rows) if self.header < number <= len(rows)]
        values = {"count": len(numbers), "total": len(rows) - self.header}
        sheet.write_string(0, 0, fill(self.translate, text, values), self.styles.bold)
        self.put(sheet, rows, [self.header, *numbers], width, is_part=True)
        sheet.freeze_panes(2, 0)

    def put(self, sheet: Worksheet, rows: Rows, numbers: Sequence[int], width: int, *, is_part: bool = False) -> None:
        """Write the rows with these `numbers`, the notes behind them, and what was found in the cells.

        `is_part`: below a line that says so, and behind a column with the number that each row has in the file.
        """
        down = right = int(is_part)
        comments = 0
        for place, number in enumerate(numbers):
            items, at = self.found.rows.get(number, []), place + down
            if is_part:
                said_of = str(number) if number > self.header else self.translate(mark("Row"))
                sheet.write_string(at, 0, said_of, self.styles.bold)
            row = rows[number - 1]
            for column, cell in enumerate(row):
                if cell:
                    style = self.styles.text if number > self.header else self.styles.bold
                    sheet.write_string(at, column + right, shortened(cell), style)
            comments = self.mark(sheet, row, at, right, grouped(items), comments, is_header=number <= self.header)
            if items and number > self.header:
                note = "\n".join(self.told(item, with_place=True) for item in items)
                sheet.write_string(at, width + right, shortened(note), self.styles.note)
                sheet.set_row(at, height(note, NOTES_WIDTH))
        self.finish(sheet, rows, width, down + (0 if is_part else self.header - 1), right)

    def mark(
        self, sheet: Worksheet, row: Sequence[str], at: int, right: int, found: Mapping[str, list[Item]],
        comments: int, *, is_header: bool,
    ) -> int:  # fmt: skip
        """Colour the cells of a row and comment on them. Returns how many comments there are then."""
        for letter, items in found.items():
            if not letter:
                continue
            column = position(letter)
            style = (self.styles.header if is_header else self.styles.cell)[worst(items)]
            cell = row[column] if column < len(row) else ""
            if cell:
                sheet.write_string(at, column + right, shortened(cell), style)
            else:
                sheet.write_blank(at, column + right, None, style)
            if comments < MOST_COMMENTS:
                self.comment(sheet, at, column + right, items)
                comments += 1
        return comments

    def finish(self, sheet: Worksheet, rows: Rows, width: int, down: int, right: int) -> None:
        """Write the head of the notes, with what is wrong with the header or the file, and set the widths."""
        sheet.write_string(down, width + right, self.notes, self.styles.bold)
        general = [item for number in range(self.header + 1) for item in self.found.rows.get(number, ())]
        if general:
            self.comment(sheet, down, width + right, general, with_place=True)
        for column in range(width):
            texts = (row[column] for row in rows[:LOOKED] if column < len(row))
            widest = max((wide(text) for text in texts), default=0)
            sheet.set_column(column + right, column + right, min(WIDEST, max(NARROWEST, widest + 2)), self.styles.text)
        sheet.set_column(width + right, width + right, NOTES_WIDTH, self.styles.note)
        paper(sheet)
        sheet.repeat_rows(down)
        # a code is text on purpose: without this each one gets a green corner
        sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, down + len(rows), width + right)})

    def comment(
        self, sheet: Worksheet, row: int, column: int, items: Sequence[Item], *, with_place: bool = False
    ) -> None:
        text = written("\n".join(self.told(item, with_place=with_place) for item in items)[:2_000])
        options = {"author": "mingge", "width": 320, "height": 24 + height(text, 44), "font_size": 10}
        sheet.write_comment(row, column, text, options)

    def told(self, item: Item, *, with_place: bool = False) -> str:
        return line(item, self.translate, with_place=with_place)


def paper(sheet: Worksheet) -> None:
    """Print a sheet on A4, across, as wide as one page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def line(item: Item, translate: Translator, *, with_place: bool = False) -> str:
    """Return a finding in one line: how bad, (where,) what is wrong, what to do, what it should say."""
    word = translate(mark("Error") if item.severity is Severity.ERROR else mark("Warning"))
    place = f" {item.letter} “{item.field}”" if item.field else f" {item.letter}".rstrip()
    text = f"[{word}]{place if with_place else ''} {remedy(item, translate)}"
    return written(text)


def explain(sheet: Worksheet, document: Document, file: File, styles: Styles, found: Found) -> None:
    """Write what the colours mean, how to go on, and every kind of problem with its count."""
    translate = translator(document.language)
    verdict, _ = said(translate, Message(document.verdict[0], "", document.verdict[1]))
    steps = (
        mark("A red cell in bold is an error, a yellow one in italics a warning; the comment says why."),
        mark(
            "Mend the cells, save the workbook, and take it in with `mingge import`: the column “{notes}” and this "
            "sheet are left out then."
        ),
        mark("This is your whole table, with everything in it: pass it on to nobody who may not read the table."),
    )
    rows: list[tuple[str, ...]] = [(f"{file.path} {file.title}".strip(),), (verdict,), ()]
    rows += [(fill(translate, text, {"notes": notes(document)}),) for text in steps]
    if found.others:
        text = mark("{count} findings are in rows that are not shown here; the report as .csv or .json has them all.")
        rows.append((fill(translate, text, {"count": found.others}),))
    head = (mark("Severity"), mark("Column"), mark("Title of the column"), mark("What is wrong"), mark("Places"))
    rows += [(), tuple(map(translate, head))]
    last = len(rows)
    for kind in file.kinds:
        word = translate(mark("Error") if kind.severity is Severity.ERROR else mark("Warning"))
        rows.append((word, kind.letter, kind.field, f"{kind.wrong} [{kind.code}]", str(kind.count)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            style = styles.bold if number in (0, last - 1) else styles.text
            sheet.write_string(number, column, written(text), style)
    paper(sheet)
    for column, width in enumerate((10, 8, 24, 80, 10)):
        sheet.set_column(column, column, width)


def grouped(items: Iterable[Item]) -> Mapping[str, list[Item]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.letter].append(item)
    return found


def worst(items: Iterable[Item]) -> Severity:
    return Severity.ERROR if any(item.severity is Severity.ERROR for item in items) else Severity.WARNING
