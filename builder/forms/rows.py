"""The rows that a table has, as text by field, and each as a cell of a form: a date is a date, a code is text."""

from __future__ import annotations

import re
from datetime import date, datetime

from builder.errors import BuilderError
from builder.excel import FIRST_DAY, LONGEST_TEXT, units
from builder.language import mark
from builder.model import Field, TextTable

__all__ = ["MOST_ROWS", "cell", "column", "day_of", "refuse_odd"]

MOST_ROWS = 100_000
"""Nobody works on more in a form, and Excel is slow long before."""

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_DIGITS = 15
"""Of which Excel keeps every one."""


def column(table: TextTable, name: str) -> list[str]:
    """Return the cells of a field, file after file, as they are written; "" where a file lacks it."""
    found: list[str] = []
    for part in table.parts:
        meant = (table.resource.schema.named(text) for text in part.header)
        place = next((at for at, field in enumerate(meant) if field and field.name == name), None)
        found += [""] * part.row_count if place is None else map(str, part.columns[place].to_pylist())
    return found


def cell(field: Field, text: str) -> str | int | float | datetime:
    """Return a cell as Excel holds it: what is not surely a day or a number stays as it is written."""
    if field.type == "date" and DAY.fullmatch(text) and (day := day_of(text)) and day >= FIRST_DAY:
        return datetime(day.year, day.month, day.day)
    if field.type in ("integer", "number") and NUMBER.fullmatch(text) and len(text) <= MOST_DIGITS:
        return float(text) if "." in text else int(text)
    return text


def day_of(text: str) -> date | None:
    """Return the day that a text names, None for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def refuse_odd(table: TextTable) -> None:
    """Raise BuilderError for rows that a form would show otherwise than they are, or not at all."""
    schema = table.resource.schema
    for part in table.parts:
        where, hint = {"path": part.path}, mark("run `mingge check`, mend the file, and ask again")
        if part.ragged:
            raise BuilderError(
                mark("{path}: row {row} has {count} cells, the header has {expected}"), hint,
                row=part.ragged[0][0], count=part.ragged[0][1], expected=len(part.header), **where,
            )  # fmt: skip
        for header in part.header:
            if not schema.named(header):
                raise BuilderError(mark("{path}: the column “{header}” is not known"), hint, header=header, **where)
    if (count := sum(part.row_count for part in table.parts)) > MOST_ROWS:
        raise BuilderError(
            mark("{title} has {count} rows; a form holds {most}"), mark("make the form without --with-rows"),
            title=table.resource.title, count=count, most=MOST_ROWS,
        )  # fmt: skip
    for name in schema.names:
        for row, text in enumerate(column(table, name), 2):
            if len(text) > LONGEST_TEXT // 2 and units(text) > LONGEST_TEXT:
                raise BuilderError(
                    mark("{title}: a text of {name} in row {row} is longer than a cell of Excel holds"),
                    mark("make the form without --with-rows"),
                    title=table.resource.title, name=schema[name].title, row=row,
                )  # fmt: skip
