"""What a case of the corpus does to a file that takes more than an edit: each function is given the file's path."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

__all__ = ["as_xlsx"]


def as_xlsx(path: Path) -> None:
    """Put the same cells beside the CSV as a workbook, all of them text."""
    book = openpyxl.Workbook()
    sheet = book.active
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.reader(source):
            sheet.append(row)
    book.save(path.with_suffix(".xlsx"))
