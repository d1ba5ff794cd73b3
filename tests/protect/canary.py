"""Packages in which every cell that is not published is a word that stands nowhere else, and ways to break them."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Rows = list[list[str]]
Break = Callable[[Path], object]

TOKEN = re.compile(rb"qz[0-9]{5}zq", re.IGNORECASE)
"""A planted word, as bytes of any text."""

PRIVATE = {
    "case": ("petition_kind", "satisfaction", "is_void", "summary", "petitioner", "phone", "address"),
    "feedback": ("rating", "follow_up_date", "follow_up"),
}
NEVER = ("summary", "petitioner", "phone", "address")


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


def tokens() -> Iterator[str]:
    return (f"qz{number:05d}zq" for number in itertools.count())


def hidden_rows(package: Path, rows: Rows) -> list[int]:
    """Return the rows of case.csv that are published nowhere one by one: of other categories, or void."""
    categories = read(package / "case_category.csv")
    level = categories[0].index("disclosure")
    itemised = {row[0] for row in categories[1:] if row[level] == "逐件公开"}
    at, void = rows[0].index("category_id"), rows[0].index("is_void")
    return [n for n, row in enumerate(rows) if n and (row[at] not in itemised or row[void] == "是")]


def planted(package: Path, *, sound: bool = False) -> int:
    """Put a word into every cell that is not published; `sound`: only where any word may stand. Returns how many."""
    words, count = tokens(), 0
    for name, private in PRIVATE.items():
        rows = read(package / f"{name}.csv")
        closed = set(hidden_rows(package, rows)) if name == "case" else set()
        for number, row in enumerate(rows[1:], 1):
            for at, column in enumerate(rows[0]):
                closing = number in closed and column != "category_id"
                if column in NEVER if sound else column in private or closing:
                    row[at], count = next(words), count + 1
        write(package / f"{name}.csv", rows)
    return count


def found(*texts: bytes) -> set[bytes]:
    """Return the planted words in some bytes, whatever their letters."""
    return {word.lower() for text in texts for word in TOKEN.findall(text)}


def in_tree(folder: Path, but: Path | None = None) -> set[bytes]:
    """Return the planted words below a folder: in names, in files, and in what is packed in them; not in `but`."""
    seen: set[bytes] = set()
    for path in folder.rglob("*"):
        if but and path.is_relative_to(but):
            continue
        seen |= found(str(path).encode(errors="surrogateescape"))
        if path.is_file():
            seen |= found(*unpacked(path.read_bytes()))
    return seen


def unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(data))
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))


# ── ways to break a package ──────────────────────────────────────────────────────────────────────


def rows_of(table: str, change: Callable[[Rows], object]) -> Break:
    def broken(package: Path) -> None:
        rows = read(package / f"{table}.csv")
        change(rows)
        write(package / f"{table}.csv", rows)

    return broken


def text_of(table: str, change: Callable[[bytes], bytes]) -> Break:
    def broken(package: Path) -> None:
        path = package / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return broken


def swapped(one: str, other: str) -> Callable[[Rows], None]:
    """Swap two headers, so that the cells of one column lie under the name of the other."""

    def change(rows: Rows) -> None:
        a, b = rows[0].index(one), rows[0].index(other)
        rows[0][a], rows[0][b] = rows[0][b], rows[0][a]

    return change


def laid_over(private: str, public: str) -> Callable[[Rows], None]:
    """Give a private column the header of a public one, and that one no header that anybody knows."""

    def change(rows: Rows) -> None:
        a, b = rows[0].index(private), rows[0].index(public)
        rows[0][a], rows[0][b] = public, "附注"

    return change


def in_place_of(private: str, public: str) -> Callable[[Rows], None]:
    """Take a public column out of the file, and give its header to a private one."""

    def change(rows: Rows) -> None:
        b = rows[0].index(public)
        for row in rows:
            del row[b]
        rows[0][rows[0].index(private)] = public

    return change


def moved(rows: Rows) -> None:
    """Shift the cells of each row by one."""
    for row in rows[1:]:
        row[:] = [*row[-1:], *row[:-1]]


def rotated(rows: Rows) -> None:
    rows[0][:] = [*rows[0][1:], rows[0][0]]


def one_row_moved(rows: Rows) -> None:
    rows[1][:] = [*rows[1][5:], *rows[1][:5]]


def twice(rows: Rows) -> None:
    rows += [list(row) for row in rows[1:]]


def named_like(row: int) -> Callable[[Rows], None]:
    """Join each header with a cell of a row, as a lost line break does to the last of them."""

    def change(rows: Rows) -> None:
        rows[0][:] = [f"{name}{cell}" for name, cell in zip(rows[0], rows[row], strict=True)]

    return change


def joined(text: bytes) -> bytes:
    return text.replace(b"\n", b"", 1)


def schema(table: str, change: Callable[[Any], object]) -> Break:
    def broken(package: Path) -> None:
        path = package / f"schemas/{table}.json"
        value = json.loads(path.read_text(encoding="utf-8"))
        change(value)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    return broken


def property_of(table: str, name: str, **properties: object) -> Break:
    def change(value: Any) -> None:
        (item,) = (item for item in value["fields"] if item["name"] == name)
        item.update(properties)

    return schema(table, change)


def copied(source: str, target: str) -> Break:
    """Save one table under the name of another."""
    return lambda package: (package / f"{target}.csv").write_bytes((package / f"{source}.csv").read_bytes())


def both(*breaks: Break) -> Break:
    return lambda package: [each(package) for each in breaks]


def filled(table: str, change: Callable[[str], str]) -> Break:
    """Change each cell that holds a planted word."""

    def broken(rows: Rows) -> None:
        for row in rows[1:]:
            row[:] = [change(cell) if TOKEN.fullmatch(cell.encode()) else cell for cell in row]

    return rows_of(table, broken)


BREAKS: dict[str, Break] = {
    "as it is": lambda _: None,
    "a private header on a public column": rows_of("case", laid_over("petitioner", "grid_id")),
    "a private header on a public column, the first": rows_of("case", swapped("summary", "case_id")),
    "a private column in the place of a public one": rows_of("case", in_place_of("phone", "channel")),
    "a rating under an enumeration": rows_of("case", swapped("satisfaction", "stage")),
    "a rating of a reply under its result": rows_of("feedback", swapped("rating", "result")),
    "a follow-up in the place of a question": rows_of("feedback", in_place_of("follow_up", "received_date")),
    "rows moved by a cell": rows_of("case", moved),
    "one row moved": rows_of("case", one_row_moved),
    "headers moved by a cell": rows_of("case", rotated),
    "a header twice": rows_of("case", lambda rows: rows[0].__setitem__(rows[0].index("petitioner"), "channel")),
    "no header": rows_of("case", lambda rows: rows.pop(0)),
    "a header with one known name": rows_of("case", lambda rows: (rows.pop(0), rows[0].__setitem__(0, "channel"))),
    "a header in one line with the first row": text_of("case", joined),
    "headers that end like cells": rows_of("case", named_like(1)),
    "headers that end like cells, of replies": rows_of("feedback", named_like(1)),
    "every row twice": rows_of("case", twice),
    "keys that are counted only": both(
        property_of("feedback", "feedback_id", publish="counts"),
        rows_of("feedback", lambda rows: [row.__setitem__(0, "qz99999zq") for row in rows[1:]]),
    ),
    "a key of two columns, one private": both(
        schema("feedback", lambda value: value.update(primaryKey=["feedback_id", "rating"])), rows_of("feedback", twice)
    ),
    "a foreign key that is counted only": both(
        property_of("case", "grid_id", publish="counts"), rows_of("case", swapped("grid_id", "summary"))
    ),
    "formulas": filled("case", lambda word: f"=HYPERLINK({word})"),
    "hidden characters": filled("case", lambda word: f"{word}\u202e"),
    "line breaks": filled("case", lambda word: f"{word}\n{word}"),
    "a doubtful encoding": text_of("case", lambda text: text.replace(b"zq", b"\xe9\xe9zq", 1)),
    "a doubtful header": text_of("case", lambda text: joined(text).replace(b"zq", b"\xe9tzq", 1)),
    "a byte of no encoding": text_of("case", lambda text: text.replace(b"zq", b"zq\xff\xff\xff", 1)),
    "NUL": text_of("case", lambda text: text.replace(b"zq", b"zq\0", 1)),
    "cut in a row": text_of("case", lambda text: text[: text.rindex(b"zq") + 1]),
    "a quotation mark that never closes": text_of("case", lambda text: text.replace(b"qz", b'"qz', 1)),
    "a quotation mark within": text_of("case", lambda text: text.replace(b"zq", b'z"q', 1).replace(b",qz", b',"qz', 1)),
    "a comma too many": text_of("case", lambda text: text.replace(b"zq", b"zq,zq", 3)),
    "semicolons": text_of("case", lambda text: text.replace(b",", b";")),
    "saved as duties": copied("case", "duty"),
    "saved as feedback": copied("case", "feedback"),
    "saved as grids": copied("case", "grid"),
    "saved as areas": copied("case", "area"),
    "saved as categories": copied("case", "case_category"),
    "saved as partners": copied("feedback", "partner"),
    "saved as disclosures": copied("feedback", "disclosure"),
    "a private attachment": property_of("case", "summary", attachment=True),
    "a private column that is typed": property_of("case", "phone", type="integer"),
    "a private column with words": property_of(
        "case", "petitioner", publish="counts", constraints={"enum": ["qz0000zq", "qz0001zq"]}
    ),
}  # fmt: skip
