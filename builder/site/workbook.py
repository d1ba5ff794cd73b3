"""A table for people: an Excel workbook whose first sheet is the table and whose second says what its columns are.

The first row holds titles alone: a second row of names would be sorted and filtered with the data, so the names stand
on the second sheet. The first sheet, saved as CSV, is an input that the engine reads, since a header may be the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from builder.excel import DAY_0, FIRST_DAY, LONGEST_TEXT, Column, Sheet, Style, sheet_name, spreadsheet, units, width
from builder.frames import in_words, moments
from builder.language import Translator, mark
from builder.model import Field, Resource

__all__ = ["MOST_ROWS", "Words", "words", "write"]

MOST_ROWS = 100_000
"""Larger tables get no workbook: nobody reads them row by row, and programs have the CSV."""

MOST_DIGITS = 999_999_999_999_999
"""The largest whole number of which Excel keeps every digit."""

WRITTEN = ("boolean", "datetime")
"""Types of fields whose values are written as text: sorted as text, times are in their order."""

MEASURED = 200
"""Rows from whose text a column's width is taken."""

NARROWEST, WIDEST, PADDING = 8, 60, 3
"""Digits; the padding leaves room for the filter's button."""

DATE_WIDTH = len("2026-03-05")


class Words(NamedTuple):
    """The workbook's own words in one language: `cut` ends a text that was cut, `note` says how many were."""

    sheet: str
    header: tuple[str, ...]
    cut: str
    note: str


class Cells(NamedTuple):
    """What a sheet's column holds (see `spreadsheet.Column`), and how many of its texts were cut."""

    style: Style
    numbers: pd.Series | None = None
    texts: pd.Series | None = None
    cut_count: int = 0


def words(translate: Translator) -> Words:
    """Return the words in the language of `translate`."""
    _ = translate
    return Words(
        sheet=_(mark("Columns")),
        header=(_(mark("Title")), _(mark("Name")), _(mark("Type")), _(mark("Meaning"))),
        cut=_(mark("… [cut: the CSV file has the whole text]")),
        note=_(mark("{count} texts are too long for a cell and were cut; the CSV file has them whole.")),
    )


def write(resource: Resource, frame: pd.DataFrame, path: Path, own: Words) -> None:
    """Write the published rows `frame` of `resource`: its columns are fields, its dtypes those of `model.Table`.

    Text is text, a date is a date and a number a number; a date or number that Excel would show wrongly is text. A
    text that a cell cannot hold ends in `own.cut`, and the second sheet says so.
    """
    fields = [resource.schema[str(name)] for name in frame]
    found = [cells(field, frame[field.name], own.cut) for field in fields]
    columns = tuple(sheet_column(field.title, item) for field, item in zip(fields, found, strict=True))
    name, other = sheet_names(resource, own.sheet)
    meaning = dictionary(fields, [item.cut_count for item in found], own)
    spreadsheet.write(path, [Sheet(name, columns, len(frame)), Sheet(other, meaning, len(fields))])


def cells(field: Field, values: pd.Series, marker: str) -> Cells:
    """Return a field's values as a sheet holds them."""
    if field.type == "date":
        days = (values - pd.Timestamp(DAY_0)).dt.days.astype("Int64")
        return shown_as(Style.DATE, values, days, values < pd.Timestamp(FIRST_DAY))
    if field.type == "integer":
        return shown_as(Style.NUMBER, values, values, values.abs() > MOST_DIGITS)
    if field.type == "number":
        return Cells(Style.NUMBER, numbers=values)
    if field.type == "datetime":
        return Cells(Style.TEXT, texts=moments(field, values), cut_count=0)
    texts, cut_count = shortened(in_words(field, values) if field.type == "boolean" else values, marker)
    return Cells(Style.TEXT, texts=texts, cut_count=cut_count)


def shown_as(style: Style, values: pd.Series, numbers: pd.Series, wrong: pd.Series) -> Cells:
    """Return `numbers`, and as text those `values` that would be shown wrongly."""
    odd = wrong.fillna(False).astype(bool)
    if not odd.any():
        return Cells(style, numbers)
    kept = values[odd]
    texts = kept.dt.date if style is Style.DATE else kept
    return Cells(style, numbers.mask(odd), texts.map(str).astype("str").reindex(values.index))


def shortened(texts: pd.Series, marker: str) -> tuple[pd.Series, int]:
    """Return texts that a cell can hold, and how many were cut for it."""
    # a character outside the basic plane counts twice
    long = {text for text in texts[texts.str.len() > LONGEST_TEXT // 2].unique() if units(text) > LONGEST_TEXT}
    if not long:
        return texts, 0
    kept = LONGEST_TEXT - units(marker)
    cut = {text: text.encode("utf-16-le")[: 2 * kept].decode("utf-16-le", "ignore") + marker for text in long}
    return texts.map(lambda text: cut.get(text, text), na_action="ignore").astype("str"), int(texts.isin(long).sum())


def dictionary(fields: Sequence[Field], cut_counts: Sequence[int], own: Words) -> tuple[Column, ...]:
    """Return the second sheet: title, name, type and meaning of every column."""
    meanings = [
        f"{field.description}{own.note.format(count=count) if count else ''}"
        for field, count in zip(fields, cut_counts, strict=True)
    ]
    told = ([field.title for field in fields], [field.name for field in fields], [field.type for field in fields])
    listed = (pd.Series([text or None for text in texts], dtype="str") for texts in (*told, meanings))
    return tuple(
        sheet_column(title, Cells(Style.TEXT, texts=shortened(texts, own.cut)[0]))
        for title, texts in zip(own.header, listed, strict=True)
    )


def sheet_column(title: str, found: Cells) -> Column:
    """Return the column, as wide as its title and what its first rows hold."""
    held = (item.head(MEASURED).dropna() for item in (found.numbers, found.texts) if item is not None)
    digits = [DATE_WIDTH if found.style is Style.DATE else width(str(value)) for item in held for value in item]
    return Column(
        title, min(max(width(title), *digits, NARROWEST) + PADDING, WIDEST), found.style, found.numbers, found.texts
    )


def sheet_names(resource: Resource, other: str) -> tuple[str, str]:
    """Return names that Excel accepts: of the table, and `other`; two sheets may not have the same."""
    return sheet_name((resource.title, resource.name, "table"), (other,)), other
