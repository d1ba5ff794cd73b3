"""The records of a file one after the other, each as it is or as it is to be written."""

from __future__ import annotations

from collections.abc import Sequence

from builder.fix import words
from builder.fix.cells import Cleaner
from builder.fix.layout import is_blank, spelt
from builder.fix.plan import Plan
from builder.fix.records import Written, cell, joined, pieces, plain
from builder.fix.values import Change
from builder.model import letter

__all__ = ["COMMA", "Rewritten", "rewritten"]

COMMA = ","


class Rewritten:
    """What is written of a file: `texts`, one for each record, which says `rows`, and the `changes`."""

    def __init__(self, plan: Plan, separator: str) -> None:
        self.plan, self.separator = plan, separator
        self.cleaner = Cleaner(plan.head.fields, is_exact=True)
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self.changes: list[Change] = []

    def title(self, row: int) -> None:
        """Leave out a row above the header."""
        self.changes.append(Change(row, "", "", "", "", words.TITLE_ROW))

    def blank(self, row: int) -> None:
        """Leave out a row that says nothing."""
        self.changes.append(Change(row, "", "", "", "", words.BLANK_ROW))

    def header(self, row: int, record: Written) -> None:
        """Write the header as the schema spells it."""
        new = list(record.cells)
        for place, field in enumerate(self.plan.head.fields):
            old = record.cells[place]
            if field and (text := spelt(field, old)) != old:
                new[place] = text
                self.changes.append(Change(row, letter(place), field.name, old, text, words.HEADER))
        self.write(record, new)

    def whole(self, row: int, record: Written) -> None:
        """Write a row that has all its cells, each mended where that is sure."""
        if len(record.cells) > self.plan.column_count:
            self.changes.append(Change(row, "", "", "", "", words.SURPLUS))
        new = list(record.cells)
        for place, change in self.cleaner.mended(row, record.cells):
            new[place] = change.new
            self.changes.append(change)
        self.write(record, new)

    def write(self, record: Written, new: Sequence[str]) -> None:
        """Write the columns that are kept of a record, which shall say `new`."""
        kept, is_same = self.plan.kept, self.separator == COMMA
        cells = [new[place] for place in kept]
        self.rows.append(cells)
        if is_same and cells == record.cells:
            self.texts.append(record.text)
            return
        found = pieces(record, self.separator)
        written = [
            found[place]
            if is_same and new[place] == record.cells[place]
            else cell(new[place], quoted=found[place].startswith('"'))
            for place in kept
        ]
        self.texts.append(joined(written, record.end))

    def ragged(self, record: Written) -> None:
        """Write a row that is too short or too long as it stands: which cell belongs to which column is not sure."""
        self.rows.append(record.cells)
        if self.separator == COMMA or not record.cells:
            self.texts.append(record.text)
            return
        found = pieces(record, self.separator)
        self.texts.append(joined([cell(plain(piece), quoted=piece.startswith('"')) for piece in found], record.end))


def rewritten(plan: Plan, separator: str, source: Sequence[Written]) -> Rewritten:
    """Return a file's records `source` as they are to be written."""
    found = Rewritten(plan, separator)
    body = len(source)
    while body and not source[body - 1].cells:
        body -= 1  # empty lines at the end are no rows, and no defect
    for row, record in enumerate(source, 1):
        if row <= plan.titles:
            found.title(row)
        elif row == plan.titles + 1:
            found.header(row, record)
        elif row <= body and is_blank(record.cells):
            found.blank(row)
        elif row <= body and plan.is_whole(record.cells):
            found.whole(row, record)
        else:
            found.ragged(record)
    return found
