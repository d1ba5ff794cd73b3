"""What a case of the corpus does to a file that takes more than an edit: each function is given the file's path."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

__all__ = ["as_xlsx", "one_day"]


def as_xlsx(path: Path) -> None:
    """Put the same cells beside the CSV as a workbook, all of them text."""
    book = openpyxl.Workbook()
    sheet = book.active
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.reader(source):
            sheet.append(row)
    book.save(path.with_suffix(".xlsx"))


def one_day(path: Path) -> None:
    """Put the day of the export into every cell of done_date that has one."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    place = rows[0].index("done_date")
    filled = [[*row[:place], row[place] and "2026-10-31", *row[place + 1 :]] for row in rows[1:]]
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([rows[0], *filled])
