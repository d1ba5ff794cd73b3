"""Text to cells: every record is a row or is reported, under the row number that Excel shows."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from builder import load
from builder.errors import BuilderError
from builder.load.descriptor import package as parsed
from builder.model import Finding, TextPart

SCHEMA = {"fields": [{"name": "a"}, {"name": "b"}]}


def package(folder: Path, path: str = "note.csv") -> Path:
    """Write a package of one resource; its CSV is up to the test."""
    (folder / "note.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    resources = [{"name": "note", "path": path, "schema": "note.json"}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    return folder


def read(folder: Path, data: bytes) -> TextPart | Finding:
    (package(folder) / "note.csv").write_bytes(data)
    tables, findings = load.tables(parsed(folder))
    if findings:
        assert (len(findings), dict(tables)) == (1, {})
        return findings[0]
    (part,) = tables["note"].parts
    return part


def records(part: TextPart) -> list[list[str]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in part.columns), strict=True)]


def said(finding: Finding) -> str:
    """Return file:row code: sentence."""
    path, row, letter = finding.address
    assert finding.severity == "error"
    return f"{path}:{row}{letter} {finding.code}: {finding.message.text.format(**finding.message.values)}"


class Read(NamedTuple):
    """What a file should be read as: `rows` are those of the records, in order."""

    text: str
    header: tuple[str, ...]
    records: list[list[str]]
    rows: list[int]
    ragged: tuple[tuple[int, int], ...] = ()


AB = ("a", "b")
FILES = {
    "lines that end as on Linux": Read("a,b\n1,2\n3,4\n", AB, [["1", "2"], ["3", "4"]], [2, 3]),
    "lines that end as on Windows": Read("a,b\r\n1,2\r\n3,4\r\n", AB, [["1", "2"], ["3", "4"]], [2, 3]),
    "lines that end as on an old Mac": Read("a,b\r1,2\r3,4\r", AB, [["1", "2"], ["3", "4"]], [2, 3]),
    "lines that end in all three ways": Read("a,b\r1,2\n3,4\r\n", AB, [["1", "2"], ["3", "4"]], [2, 3]),
    "no line break at the end": Read("a,b\n1,2", AB, [["1", "2"]], [2]),
    "header only": Read("a,b\n", AB, [], []),
    "header only, nothing after it": Read("a,b", AB, [], []),
    "empty lines at the end are no rows": Read("a,b\n1,2\n\n\r\n\n", AB, [["1", "2"]], [2]),
    "an empty line in the middle is a row": Read("a,b\n\n3,4\n", AB, [["", ""], ["3", "4"]], [2, 3]),
    "an empty row of commas": Read("a,b\n,\n3,4\n", AB, [["", ""], ["3", "4"]], [2, 3]),
    "one column": Read("a\n1\n\n3\n", ("a",), [["1"], [""], ["3"]], [2, 3, 4]),
    "quoted cells": Read('a,b\n"1,5","say ""yes"""\n', AB, [["1,5", 'say "yes"']], [2]),
    "a quotation mark inside a bare cell": Read('a,b\n1,5" pipe\n', AB, [["1", '5" pipe']], [2]),
    "cells are left as they are": Read("a,b\n 1,NULL\n007,N/A\n", AB, [[" 1", "NULL"], ["007", "N/A"]], [2, 3]),
    "a line break in a cell is one row": Read('a,b\n1,"x\ny"\n3,4\n', AB, [["1", "x\ny"], ["3", "4"]], [2, 3]),
    "a line break in a header": Read('"a\nx",b\n1,2\n', ("a\nx", "b"), [["1", "2"]], [2]),
    "an old Mac's line break in a header": Read('"a\rx",b\n1,2\n', ("a\rx", "b"), [["1", "2"]], [2]),
    "too few and too many cells": Read(
        "a,b\n1,2\n3\n5,6\n7,8,9\n0,0\n", AB, [["1", "2"], ["5", "6"], ["0", "0"]], [2, 4, 6], ((3, 1), (5, 3))
    ),
    "rows keep their number after a line break in a cell and a short row": Read(
        'a,b\n1,"x\n\ny"\n2\n3,4\n\n5\n6,7\n', AB, [["1", "x\n\ny"], ["3", "4"], ["", ""], ["6", "7"]], [2, 4, 5, 7],
        ((3, 1), (6, 1)),
    ),
    "only short rows": Read("a,b\n1\n2\n", AB, [], [], ((2, 1), (3, 1))),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES.values(), ids=FILES)
def test_a_file_is_cut_into_cells_under_the_row_numbers_of_excel(case: Read, tmp_path: Path) -> None:
    part = read(tmp_path, case.text.encode())
    assert isinstance(part, TextPart)
    rows = part.rows if part.rows is not None else range(2, part.row_count + 2)
    assert (part.path, part.header, records(part), list(rows), part.ragged) == (
        "note.csv", case.header, case.records, case.rows, case.ragged,
    )  # fmt: skip
    assert (part.row_count, len(part.columns)) == (len(case.records), len(case.header))


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return target.getvalue()


UNQUOTED = "a quotation mark is opened and not closed, or is followed by more text"
NO_HEADER = "note.csv:1 no-header: row 1 is empty, it must hold the names of the columns"
UNREADABLE = {
    "empty": (b"", "note.csv:0 unreadable-file: the file is empty"),
    "nothing but a byte order mark and empty lines": (
        b"\xef\xbb\xbf\r\n \r\n", "note.csv:0 unreadable-file: the file is empty",
    ),
    "empty rows above the header": (
        b"\n\na,b\n1,2\n", "note.csv:1 title-row: the names of the columns stand in row 3, below empty rows",
    ),
    "commas only": (b", ,\n,,\n", NO_HEADER),
    "commas only in the first row": (
        b", ,\n1,2,3\n", "note.csv:2 no-header: row 2 is a row of data already: the names of the columns are missing",
    ),
    "an xlsx file": (zipped(), "note.csv:0 not-a-table: this is an Excel workbook that was renamed to .csv"),
    "an xls file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        "note.csv:0 not-a-table: this is a workbook of the old kind (.xls)",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "note.csv:0 not-a-table: this is a picture"),
    "a NUL": (b"a,b\n1,\0\n", "note.csv:0 damaged-file: byte 6 is NUL, so this is not a text file"),
    "cut UTF-8": (
        "a,b\n网格,网格网格".encode()[:-1],
        "note.csv:2 cut-file: the file ends in the middle of a character: its end is missing",
    ),
    "noise": (b"a,\xe9\x81\xff\n", "note.csv:0 wrong-encoding: byte 2 belongs neither to UTF-8 nor to GB18030"),
    "a quotation mark never closed": (b'a,b\n1,2\n3,"4\n5,6\n', f"note.csv:3 unreadable-file: row 3: {UNQUOTED}"),
    "text after a closed quotation mark": (b'a,b\n"1"x,2\n', f"note.csv:2 unreadable-file: row 2: {UNQUOTED}"),
    "a quotation mark never closed in the header": (b'a,"b\n1,2\n', f"note.csv:1 unreadable-file: row 1: {UNQUOTED}"),
    "2 MB on one line": (
        b"x" * 2_000_000,
        "note.csv:1 unreadable-file: row 1 is longer than a million characters, so this is not a table",
    ),
    "2 MB in one row of short lines": (
        b'a,b\n1,2\n3,"' + b"x\n" * 1_000_000 + b'"\n',
        "note.csv:3 unreadable-file: row 3 is longer than a million characters, so this is not a table",
    ),
    "a row of many lines that is larger than all that pyarrow reads at a time": (
        b"a,b\n" + b"1,2\n" * 2_000_000 + b'1,"' + (b"x" * 900_000 + b"\n") * 45 + b'"\n',
        "note.csv:2000002 unreadable-file: row 2000002 is longer than a million characters, so this is not a table",
    ),
    "1,001 columns": (
        b"," * 1_000 + b"a\n",
        "note.csv:1 unknown-header: row 1 has 1001 cells, so it does not hold the names of columns",
    ),
    "2 MB in one line among others": (
        b"a,b\n1,2\n3," + b"x" * 2_000_000 + b"\n",
        "note.csv:3 unreadable-file: row 3 is longer than a million characters, so this is not a table",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_table_is_one_finding_that_says_why(data: bytes, sentence: str, tmp_path: Path) -> None:
    result = read(tmp_path, data)
    assert isinstance(result, Finding)
    assert said(result) == sentence


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    tables, findings = load.tables(parsed(package(tmp_path)))
    assert (dict(tables), [said(item) for item in findings]) == (
        {}, ["note.csv:0 missing-file: the file does not exist"],
    )  # fmt: skip


PACKED = gzip.compress(b"a,b\n1,2\n", mtime=0)
NOT_COMPLETE = "note.csv.gz:0 unreadable-file: this is not a complete .gz file"


@pytest.mark.parametrize("path", ["note.csv.gz", "note"])
def test_a_compressed_file_is_read_like_any_other_also_in_a_folder(path: str, tmp_path: Path) -> None:
    target = package(tmp_path, path) / ("note.csv.gz" if path == "note.csv.gz" else "note/2026-10.csv.gz")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(PACKED)
    tables, findings = load.tables(parsed(tmp_path))
    (part,) = tables["note"].parts
    assert (findings, part.header, records(part)) == ([], ("a", "b"), [["1", "2"]])


DAMAGED = {
    "a byte short": PACKED[:-1],
    "half of it": PACKED[:15],
    "a byte too many": PACKED + b"x",
    "not compressed": b"a,b\n1,2\n",
    "noise": b"\x1f\x8b\x08" + b"x" * 30,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_compressed_file_that_is_damaged_is_one_finding(data: bytes, tmp_path: Path) -> None:
    (package(tmp_path, "note.csv.gz") / "note.csv.gz").write_bytes(data)
    tables, findings = load.tables(parsed(tmp_path))
    assert (dict(tables), [said(item) for item in findings]) == ({}, [NOT_COMPLETE])


def test_gb18030_is_read_as_the_characters_that_were_typed(tmp_path: Path) -> None:
    part = read(tmp_path, "a,b\n柴米,𠮷\n".encode("gb18030"))
    assert isinstance(part, TextPart)
    assert records(part) == [["柴米", "𠮷"]]


def test_a_header_may_be_longer_than_the_csv_module_likes(tmp_path: Path) -> None:
    csv.field_size_limit(131_072)  # as Python starts; other libraries raise it
    part = read(tmp_path, b"a," + b"x" * 200_000 + b"\n1,2\n")
    assert isinstance(part, TextPart)
    assert (len(part.header[1]), records(part)) == (200_000, [["1", "2"]])


def test_row_numbers_hold_beyond_the_block_that_is_read_at_a_time(tmp_path: Path) -> None:
    part = read(tmp_path, b"a,b\n" + b"1234567,1234567\n" * 1_200_000 + b"3\n4,5\n")
    assert isinstance(part, TextPart)
    assert part.rows is not None
    assert (part.row_count, part.ragged, part.rows[-2:]) == (1_200_001, ((1_200_002, 1),), (1_200_001, 1_200_003))


def test_200_megabytes_on_one_line_are_refused_at_once(tmp_path: Path) -> None:
    data = b"x" * 200_000_000
    start = time.perf_counter()
    result = read(tmp_path, data)
    assert isinstance(result, Finding)
    assert said(result) == UNREADABLE["2 MB on one line"][1]
    assert time.perf_counter() - start < 5


# ── what is no file, or has no name ──────────────────────────────────────────────────────────────

STRANGER = "unreadable-file: a folder, a pipe or a device stands where a CSV file is expected"
LOOP = "unreadable-file: this is a link that leads back to itself"


def long_loop(path: Path) -> None:
    path.symlink_to("b")
    path.with_name("b").symlink_to(path.name)


STRANGERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (os.mkfifo, STRANGER),
    "a link to itself": (lambda path: path.symlink_to(path.name), LOOP),
    "a link to a link to itself": (long_loop, LOOP),
}


@pytest.mark.parametrize(("make", "sentence"), STRANGERS.values(), ids=STRANGERS)
@pytest.mark.parametrize("name", ["note.csv", "note/1.csv"])
def test_only_files_are_opened(name: str, make: Callable[[Path], None], sentence: str, tmp_path: Path) -> None:
    path = package(tmp_path, name.partition("/1")[0]) / name
    path.parent.mkdir(exist_ok=True)
    make(path)
    tables, findings = load.tables(parsed(tmp_path))
    assert (dict(tables), [said(item) for item in findings]) == ({}, [f"{name}:0 {sentence}"])


def test_a_link_to_a_device_leads_out_of_the_folder(tmp_path: Path) -> None:
    (package(tmp_path) / "note.csv").symlink_to("/dev/zero")
    with pytest.raises(BuilderError, match="is a link to a file outside"):
        parsed(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    (package(tmp_path) / "note.csv").touch(mode=0)
    _, findings = load.tables(parsed(tmp_path))
    assert [said(item) for item in findings] == [
        "note.csv:0 unreadable-file: the file cannot be read (Permission denied)"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    (package(tmp_path, "note") / "note").mkdir(mode=0)
    with pytest.raises(BuilderError, match=r"the path “note” cannot be used \(Permission denied\)"):
        parsed(tmp_path)


NAMES = {
    "GBK": ("网格.csv".encode("gbk"), r"\xcd\xf8\xb8\xf1.csv"),
    "Latin-1": (b"\xe9.csv", r"\xe9.csv"),
    "a line break": (b"a\n::error::b.csv", r"a\n::error::b.csv"),
    "an escape": (b"\x1b[31m.csv", r"\x1b[31m.csv"),
    "text turned around": ("a\u202eb.csv".encode(), r"a\u202eb.csv"),
}


@pytest.mark.parametrize(("name", "shown"), NAMES.values(), ids=NAMES)
def test_a_name_that_cannot_be_shown_is_a_finding_that_can(name: bytes, shown: str, tmp_path: Path) -> None:
    folder = package(tmp_path, "note") / "note"
    folder.mkdir()
    (folder / os.fsdecode(name)).write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "一 格.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    tables, findings = load.tables(parsed(tmp_path))
    assert [part.path for part in tables["note"].parts] == ["note/一 格.csv"]
    assert ([said(item) for item in findings], findings[0].message.hint) == (
        [
            f"note/{shown}:0 unreadable-file: the file’s name holds signs that cannot stand there, "
            "or is not written in UTF-8"
        ],
        "Rename the file, for instance to 2026-10.csv.",
    )
    assert said(findings[0]).isprintable()


# ── folders ──────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_is_one_table_of_its_csv_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = package(tmp_path, "note") / "note"
    folder.mkdir()
    for name, text in {"2.csv": "b,a\n4,3\n", "1.CSV": "a,b\n1,2\n", "readme.txt": "no", "3.csv": "a,b\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    tables, findings = load.tables(parsed(tmp_path))
    assert findings == []
    assert [(part.path, part.header, records(part)) for part in tables["note"].parts] == [
        ("note/1.CSV", ("a", "b"), [["1", "2"]]),
        ("note/2.csv", ("b", "a"), [["4", "3"]]),
        ("note/3.csv", ("a", "b"), []),
    ]


def test_an_empty_folder_is_a_finding(tmp_path: Path) -> None:
    (package(tmp_path, "note") / "note").mkdir()
    tables, findings = load.tables(parsed(tmp_path))
    assert (dict(tables), [said(item) for item in findings]) == (
        {}, ["note:0 unreadable-file: the folder holds no CSV file"],
    )  # fmt: skip


def test_of_a_folder_the_files_that_can_be_read_are_judged_and_all_others_are_named(tmp_path: Path) -> None:
    folder = package(tmp_path, "note") / "note"
    folder.mkdir()
    for name, data in {"1.csv": b"a,b\n1,2\n", "2.csv": b"", "3.csv": b"\0"}.items():
        (folder / name).write_bytes(data)
    (folder / "4.csv").mkdir()
    tables, findings = load.tables(parsed(tmp_path))
    assert ([part.path for part in tables["note"].parts], tables["note"].is_whole) == (["note/1.csv"], False)
    assert [said(item) for item in findings] == [
        "note/2.csv:0 unreadable-file: the file is empty",
        "note/3.csv:0 damaged-file: byte 0 is NUL, so this is not a text file",
        f"note/4.csv:0 {STRANGER}",
    ]
