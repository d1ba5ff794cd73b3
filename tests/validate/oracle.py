"""What is to be found in a table, said again: by Frictionless alone over every cell, and by our rules in plain Python.

Nothing of builder/ is used here but what a descriptor may say, so that the two cannot be wrong together.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import frictionless

Field = Mapping[str, Any]
Reader = Callable[[str], tuple[Any, Mapping[str, str] | None]]
Place = tuple[int, str, str]
"""Row as in Excel, field ("" for the whole row), rule."""

STANDARD = ("name", "type", "format", "constraints", "trueValues", "falseValues")
HIDDEN = {
    *map(chr, (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))),
    *map(chr, (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
}
SIGNS = set("=+-@\t\r＝＋－＠")


class Expected(NamedTuple):
    """What is wrong with a table, and what is kept of each row that has as many cells as the header."""

    places: set[Place]
    rows: list[list[Any]]
    numbers: list[int]
    """Of each of the `rows`, as in Excel."""


def expected(text: str, fields: Sequence[Field]) -> Expected:
    """Judge a CSV whose columns are `fields`, in that order."""
    readers = [reader(field) for field in fields]
    plain = [reader({key: item for key, item in field.items() if key != "constraints"}) for field in fields]
    places: set[Place] = set()
    kept: list[list[Any]] = []
    numbers: list[int] = []
    for number, cells in enumerate(records(text), 2):
        if len(cells) != len(fields):
            places.add((number, "", "ragged-row"))
            continue
        numbers.append(number)
        kept.append([value(cell, field, read) for cell, field, read in zip(cells, fields, plain, strict=True)])
        if not any(cells):
            places.add((number, "", "blank-row"))
            continue
        for cell, field, read in zip(cells, fields, readers, strict=True):
            places |= {(number, field["name"], rule) for rule in rules(cell, field, read)}
    return Expected(places, kept, numbers)


def records(text: str) -> Iterator[list[str]]:
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff").rstrip("\r\n"), newline=""), strict=True)
    for row in rows:
        yield row or [""] * len(header)


def reader(field: Field) -> Reader:
    descriptor = {key: item for key, item in field.items() if key in STANDARD}
    constraints = dict(field.get("constraints", {}))
    # of the whole cell, as the standard has it: Frictionless takes a line break at the end, and a|bc for (a|b)c
    pattern = constraints.pop("pattern", None)
    read: Reader = frictionless.Field.from_descriptor({**descriptor, "constraints": constraints}).create_cell_reader()

    def compared(cell: str) -> tuple[Any, Mapping[str, str] | None]:
        try:
            value, notes = read(cell)
        except TypeError:  # a time that has a zone cannot be compared with a limit that has none
            return None, {"type": ""}
        is_unlike = cell and pattern is not None and "type" not in (notes or ()) and not re.fullmatch(pattern, cell)
        return value, {**(notes or {}), "pattern": ""} if is_unlike else notes

    return compared


def rules(cell: str, field: Field, read: Reader) -> Iterator[str]:
    notes = read(cell)[1]
    yield from notes or ()
    kind = field.get("type", "string")
    if kind == "string":
        if HIDDEN & set(cell):
            yield "control-character"
        if cell[:1] in SIGNS and not is_number_like(cell) and "enum" not in field.get("constraints", {}):
            yield "formula"
    elif not notes and cell and not is_kept(cell, kind):
        yield "type"


def is_number_like(cell: str) -> bool:
    """Say whether a cell is a number, a telephone number with or without an extension, or dashes."""
    rest = cell[1:] if cell[0] in "-+－＋" else cell
    rest = rest.lstrip("-－0123456789０１２３４５６７８９ .,%()（）")
    for word in ("转", "分机"):
        if rest.startswith(word):
            extension = rest.removeprefix(word).removeprefix(" ")
            return extension.isascii() and extension.isdigit()
    return rest == ""


def is_kept(cell: str, kind: str) -> bool:
    """Say whether a value that Frictionless takes can be kept: no full-width digits, no 1_000, no NaN, no 1e999."""
    if kind == "integer":
        return re.fullmatch(r"[+-]?[0-9]{1,18}", cell.strip(" ")) is not None
    if kind == "number":
        return cell.isascii() and "_" not in cell and math.isfinite(float(cell))
    if kind == "datetime":
        parts = len(cell) == 19 and cell.isascii() and cell[10] in "T " and cell[11:13] != "24"
        return parts and cell[4] + cell[7] + cell[13] + cell[16] == "--::"
    return cell.isascii() if kind == "date" else True


def value(cell: str, field: Field, read: Reader) -> Any:
    """Return the value of a cell, None where there is none; `read` knows the type and no constraint."""
    kind = field.get("type", "string")
    if kind == "string":
        return "".join("\ufffd" if character in HIDDEN else character for character in cell) or None
    found, notes = read(cell)
    if found is None or notes or not is_kept(cell, kind):
        return None
    if kind == "date":
        return datetime(found.year, found.month, found.day)
    return float(found) if kind == "number" else found
