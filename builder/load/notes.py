"""Lines of a table on paper that are no rows: totals, notes, what is signed below it, told by their words alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["TOTALS", "Row", "is_labelled", "is_remark", "notes_of"]

TOTALS = re.compile(
    r"(?:本页|全区|全街道|全社区|以上)?(?:合计|总计|小计|共计|累计)(?:[（(].{0,6}[)）])?"
    r"|共(?:计|有)?[0-9０-９]+[件条户个人项次行笔]|平均(?:值|数)?|(?:sub|grand)?total|sum|average|mean",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"\s*(?:注|备注|说明|附注|填表|填报|制表|审核|数据来源|来源|单位负责|统计(?:人|时间|日期)|打印|导出"
    r"|note|source)\s*\w{0,6}[:：]|\s*第\s*[0-9]+\s*页.{0,12}$|\s*[-—(（]*以下(?:空白|无正文|无内容)[-—)）]*\s*$"
    r"|\s*page [0-9]+ of [0-9]+\s*$",
    re.IGNORECASE,
)

LABEL = re.compile(r"\s*\w{1,12}\s*[:：]")
"""What begins a line that is signed or dated below a table."""

DATED = re.compile(r"\s*(?:19|20)[0-9]{2}\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月]\s?[0-9]{1,2}\s?日?\s*")

MOST_LABELS = 4
"""Such lines that stand beside each other."""


class Row(NamedTuple):
    """A row of a part: its place, counted from 0, and its cells."""

    place: int
    cells: Sequence[str]


def is_note(row: Row) -> bool:
    """Return whether a row at the end is a sentence about the table: one cell that says that it is a note.

    Beside it may stand who else signed, and the day.
    """
    filled = [cell for cell in row.cells if cell.strip()]
    if not filled or len(row.cells) < 2 or len(filled) > MOST_LABELS or not NOTES.match(filled[0]):
        return False
    return all(LABEL.match(cell) or DATED.fullmatch(cell) for cell in filled[1:])


def notes_of(end: Sequence[Row]) -> list[Row]:
    """Return the rows at the end that are notes: those that say so, and the lines with a label below them."""
    found = list[Row]()
    for row in end:
        is_next = bool(found) and found[-1].place == row.place - 1
        if is_note(row) or (is_next and len(row.cells) > 1 and is_labelled(row.cells)):
            found.append(row)
    return found


def is_labelled(cells: Sequence[str]) -> bool:
    """Return whether all that stands in a line has a label before it, as in what is signed below a table."""
    filled = [cell for cell in cells if cell.strip()]
    return 0 < len(filled) <= MOST_LABELS and all(LABEL.match(cell) for cell in filled)


def is_remark(text: str) -> bool:
    """Return whether a line is a note or a total rather than a row."""
    cells = [cell for cell in next(csv.reader([text]), ()) if cell.strip()]
    return bool(cells) and ((len(cells) == 1 and bool(NOTES.match(cells[0]))) or bool(TOTALS.fullmatch(cells[0])))
