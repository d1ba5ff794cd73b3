"""Rows of a file that are no rows of its table: empty ones at the end, a header once more, totals, notes, a cut.

Each is told once and taken out, so that what is said of the other rows is about them alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.language import mark
from builder.load.ends import is_cut
from builder.load.layout import known_columns
from builder.load.notes import TOTALS, Row, is_labelled, is_remark, notes_of
from builder.load.trouble import AGAIN, CUT, Trouble
from builder.model import Message, Resource, TextPart, letter
from builder.patterns import matcher

__all__ = ["settled"]

REPEATED, TOTAL, NOTE = "repeated-header", "total-row", "note-row"

SUM_WORDS = ("合计", "总计", "小计", "共计", "合 计", "总 计", "小 计", "合计：", "总计：", "小计：", "Total", "total")
"""Those of them that are looked for in the first cell of every row."""

MOST_SECTIONS = 1_000
"""Rows without any cell that they need; more are a column that was lost."""

BLOCK = 1_000
"""Rows that are looked at together for what ends a file."""

LAST = 12
"""Rows at the end among which totals and notes are looked for, in any column."""

SHOWN = 10
"""Row numbers that a sentence names."""


def settled(
    resource: Resource,
    part: TextPart | None,
    troubles: Sequence[Trouble] = (),
    last: Mapping[int, str] | None = None,
    *,
    is_open: bool = False,
) -> tuple[TextPart | None, tuple[Trouble, ...]]:
    """Return a part without the rows that are none of its table, and `troubles` with what is to be said of them.

    `last`: the last of its ragged records by number, as written. `is_open`: its last line does not end. No part is
    returned where rows of another order stand below a second header.
    """
    if part is None:
        return None, tuple(troubles)
    part = without_blank_end(part)
    told = list(troubles)
    headers = list(header_rows(resource, part))
    if any(order(resource, row.cells) != order(resource, part.header) for row in headers):
        return None, (*told, other_order(part, headers))
    end = list(end_rows(part))
    totals = [row for row in {*map(frozen, first_cells(part)), *map(frozen, end)} if is_total(resource, part, row)]
    notes = notes_of([row for row in end if row.place not in {item.place for item in totals}])
    ragged, said = below(part, last or {}, [number(part, row.place) for row in notes], is_open=is_open)
    cut = cut_row(resource, part, end) if is_open and not ends_ragged(part) else None
    told += said
    others = {row.place for row in (*headers, *totals, *notes)}
    sections = [row for row in section_rows(resource, part) if row.place not in others]
    for code, rows, words in ((REPEATED, headers, HEADERS), (TOTAL, totals, SUMS), (NOTE, sections, SECTIONS)):
        told += [about(code, words, sorted(number(part, row.place) for row in rows))] if rows else []
    told += [cut] if cut else []
    gone = [row.place for row in (*headers, *totals, *notes, *sections)] + ([part.row_count - 1] if cut else [])
    return without(replace(part, ragged=tuple(ragged)), gone), tuple(told)


def frozen(row: Row) -> Row:
    return Row(row.place, tuple(row.cells))


def number(part: TextPart, place: int) -> int:
    return part.rows[place] if part.rows else place + 2


HEADERS = (
    mark("row {row} holds the names of the columns once more: {count} exports stand below each other in rows {rows}"),
    mark("Delete these rows only, and keep those below them."),
)
SUMS = (
    mark("row {rows}: a total, not a row of this table"),
    mark("Delete these rows: the site adds up by itself."),
)
REMARKS = (
    mark("row {rows}: a note below the table, not a row of it"),
    mark("Delete these rows; what they say may stand in the description of the table."),
)

SECTIONS = (
    mark("row {rows}: a heading between the rows, not a row of this table"),
    mark("Delete these rows: each row says itself where it belongs."),
)


def about(code: str, words: tuple[str, str], rows: Sequence[int]) -> Trouble:
    named = [str(row) for row in rows[:SHOWN]] + (["…"] if len(rows) > SHOWN else [])
    return Trouble(code, Message(*words, {"row": rows[0], "count": len(rows), "rows": ", ".join(named)}), rows[0])


# ── rows that may be none ────────────────────────────────────────────────────────────────────────


def without_blank_end(part: TextPart) -> TextPart:
    """Return a part without the rows at its end that hold nothing that can be seen."""
    count = part.row_count
    while count:
        start = max(0, count - BLOCK)
        block = [column.slice(start, count - start).to_pylist() for column in part.columns]
        filled = [at for at, cells in enumerate(zip(*block, strict=True)) if any(cell.strip() for cell in cells)]
        if filled:
            return cut_to(part, start + filled[-1] + 1)
        count = start
    return cut_to(part, 0)


def cut_to(part: TextPart, count: int) -> TextPart:
    if count == part.row_count:
        return part
    columns = tuple(column.slice(0, count) for column in part.columns)
    return replace(part, columns=columns, row_count=count, rows=part.rows[:count] if part.rows else None)


def without(part: TextPart, places: Sequence[int]) -> TextPart:
    """Return a part without the rows at `places`."""
    if not places:
        return part
    kept = np.delete(np.arange(part.row_count), sorted(set(places)))
    if len(kept) and kept[-1] == len(kept) - 1:
        return cut_to(part, len(kept))
    columns = tuple(column.take(pa.array(kept)) for column in part.columns)
    rows = tuple(number(part, int(place)) for place in kept)
    return replace(part, columns=columns, row_count=len(kept), rows=rows)


def rows_at(part: TextPart, places: Sequence[int]) -> Iterator[Row]:
    taken = [column.take(pa.array(places, pa.int64())).to_pylist() for column in part.columns]
    return (Row(place, cells) for place, cells in zip(places, zip(*taken, strict=True), strict=True))


def having(column: pa.ChunkedArray, texts: Sequence[str]) -> list[int]:
    """Return the places of the cells that are one of `texts`."""
    if pa.types.is_dictionary(column.type):
        one = column.combine_chunks()
        one = one.chunk(0) if isinstance(one, pa.ChunkedArray) and one.num_chunks else one
        if isinstance(one, pa.ChunkedArray):
            return []
        codes = [code for code, text in enumerate(one.dictionary.to_pylist()) if text in texts]
        is_one = np.isin(one.indices.to_numpy(zero_copy_only=False), codes)
    else:
        is_one = pc.is_in(column, pa.array(texts, pa.string())).to_numpy()
    return [int(place) for place in np.flatnonzero(is_one)]


def header_rows(resource: Resource, part: TextPart) -> Iterator[Row]:
    """Yield the rows that hold names of columns."""
    names = {text for field in resource.schema.fields for text in (field.name, field.title, *field.aliases)}
    texts = sorted({*names, *part.header, *(text.strip() for text in part.header)} - {""})
    column = next((at for at, cell in enumerate(part.header) if cell.strip()), 0)
    for row in rows_at(part, having(part.columns[column], texts)):
        known, size = len(known_columns(row.cells, resource.schema.named)), sum(map(bool, row.cells))
        if 2 * known >= size and (known > 1 or size == 1):
            yield row


def section_rows(resource: Resource, part: TextPart) -> Iterator[Row]:
    """Yield the rows that hold words in their first cell and nothing else, as where a table is divided on paper."""
    named = {name: at for at, name in order(resource, part.header).items()}
    key = resource.schema.named(part.header[0]) if part.header else None
    needed = [at for name, at in named.items() if at and resource.schema[name].required]
    pattern = key.descriptor.get("constraints", {}).get("pattern") if key is not None and key.required else None
    if not pattern or not needed:
        return
    is_code = matcher(pattern)
    empty = set.intersection(*(set(having(part.columns[at], ("",))) for at in needed))
    if not empty or len(empty) > MOST_SECTIONS:
        return
    for row in rows_at(part, sorted(empty)):
        is_alone = row.cells[0].strip() and not any(cell.strip() for cell in row.cells[1:])
        if is_alone and re.search("[^\x00-\x7f]", row.cells[0]) and not is_code(row.cells[0]):
            yield row


def order(resource: Resource, cells: Sequence[str]) -> dict[int, str]:
    return known_columns(cells, resource.schema.named)


def other_order(part: TextPart, headers: Sequence[Row]) -> Trouble:
    row = number(part, headers[0].place)
    text = mark("row {row} holds the names of columns once more, in another order: two tables stand below each other")
    hint = mark("Put each table into a file of its own, or copy its rows under the right columns.")
    return Trouble(REPEATED, Message(text, hint, {"row": row}), row)


def first_cells(part: TextPart) -> Iterator[Row]:
    """Yield the rows that begin with a word for a total."""
    return rows_at(part, having(part.columns[0], SUM_WORDS))


def end_rows(part: TextPart) -> Iterator[Row]:
    return rows_at(part, list(range(max(0, part.row_count - LAST), part.row_count)))


def is_total(resource: Resource, part: TextPart, row: Row) -> bool:
    """Return whether a row sums up others: it has the word in one of its first cells, and no key."""
    found = [at for at, cell in enumerate(row.cells[:3]) if TOTALS.fullmatch(re.sub(r"[\s:：]", "", cell))]
    named = {name: at for at, name in order(resource, part.header).items()}
    keys = [named[name] for name in resource.schema.primary_key if name in named]
    return bool(found) and all(at in found or not row.cells[at].strip() for at in keys[:1])


# ── what ends the file ───────────────────────────────────────────────────────────────────────────


def ends_ragged(part: TextPart) -> bool:
    """Return whether the last record of a file is a ragged one."""
    return bool(part.ragged) and part.ragged[-1][0] > (number(part, part.row_count - 1) if part.row_count else 1)


def below(
    part: TextPart, last: Mapping[int, str], above: Collection[int], *, is_open: bool
) -> tuple[Sequence[tuple[int, int]], list[Trouble]]:
    """Return the ragged rows that are rows, and what is said of the others: notes and totals below, a row cut off.

    `above`: the rows that are notes and have as many cells as the header; they are told together with the others.
    """
    ragged, notes = list(part.ragged), list[int]()
    for row, _ in ragged:
        line = last.get(row - 1, "")
        is_next = row - 1 in {*notes[-1:], *above} and is_labelled(next(csv.reader([line]), ()))
        notes += [row] if is_remark(line) or is_next else []
    every = sorted({*notes, *above})
    told = [about(NOTE, REMARKS, every)] if every else []
    if is_open and ends_ragged(part) and ragged[-1][1] < len(part.header) and ragged[-1][0] not in notes:
        row, count = ragged.pop()
        text = mark("the file ends within row {row}, after {count} of {expected} cells: its end is missing")
        message = Message(text, AGAIN, {"row": row, "count": count, "expected": len(part.header)})
        told.append(Trouble(CUT, message, row, letter(count - 1)))
    end = number(part, part.row_count - 1) if part.row_count else 1
    blank = {row for row, _ in ragged if row > end and row - 1 in last and not last[row - 1].strip(" ,;\t\r\n")}
    return [item for item in ragged if item[0] not in {*notes, *blank}], told


def cut_row(resource: Resource, part: TextPart, end: Sequence[Row]) -> Trouble | None:
    """Return that the last cell of a file whose last line does not end is shorter than cells of its column are."""
    field = resource.schema.named(part.header[-1]) if end and part.header else None
    if field is None or not is_cut(end[-1].cells[-1], field, [row.cells[-1] for row in end[:-1]]):
        return None
    row = number(part, end[-1].place)
    text = mark("the file ends within a cell: its end is missing")
    return Trouble(CUT, Message(text, AGAIN), row, letter(len(part.header) - 1))
