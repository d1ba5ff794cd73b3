"""A workbook says what the CSV says, to people: text stays text, and the same table always makes the same bytes.

It is read back by openpyxl, which shares no code with what writes it.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.load.properties import Properties
from builder.load.schema import schema
from builder.model import Resource
from builder.site import workbook
from builder.validate.typed import typed
from tests.sharing import examples

ROOT = Path(__file__).parents[2]
OWN = workbook.words(str)

TEXTS = [
    "=1+1", "+86 138", "-5", "@x", "\ttab first", "＝1+1", "＋1", "'apostrophe first", '=HYPERLINK("http://x.cn","看")',
    "320812001001001", "007", "0", "1e5", "3.2E+14", "TRUE", "2026-03-05", "50%", "￥5",
    "https://example.com/?a=1&b=2", "mailto:a@b.cn", "file:///etc/passwd", "internal:Sheet1!A1", "#REF!",
    " blank first", "blank last ", "　", "one, two", 'say "hello"', "<b>&amp;</b>", "first\nsecond", "a\ttab",
    "_x0041_", "_x0041_x0042_", "_x", "NA", "null", "网格", "👩‍🌾", "\u2028", "]]>",
]  # fmt: skip


def table(*fields: Mapping[str, Any], title: str = "便条") -> Resource:
    """Return a resource `note` with these fields, all public."""
    described = [{"title": f"{item['name']}栏", "publish": "public", **item} for item in fields]
    found = schema(Properties({"fields": described, "primaryKey": [fields[0]["name"]]}, "note.json"))
    return Resource("note", title, "", "note.csv", (), 0, found)


def frame(resource: Resource, **columns: Sequence[str]) -> pd.DataFrame:
    """Return text columns typed as they are behind the wall."""
    return pd.DataFrame(
        {
            name: typed(pd.Series(texts, dtype="str"), resource.schema[name].descriptor)
            for name, texts in columns.items()
        }
    )


def opened(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def written(folder: Path, resource: Resource, **columns: Sequence[str]) -> Any:
    """Return the workbook of these texts, opened."""
    workbook.write(resource, frame(resource, **columns), folder / "note.xlsx", OWN)
    return opened(folder / "note.xlsx")


def column(book: Any, letter: str) -> list[tuple[object, str, str]]:
    """Return (value, type, number format) of a column's cells below the header."""
    return [(cell.value, cell.data_type, cell.number_format) for cell in book.worksheets[0][letter][1:]]


def xml(path: Path, part: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()


# ── cells ────────────────────────────────────────────────────────────────────────────────────────


def test_text_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x"}), x=TEXTS)

    assert column(book, "A") == [(text, "s", "@") for text in TEXTS]
    assert [cell.hyperlink for cell in book.worksheets[0]["A"] if cell.hyperlink] == []
    assert "<f" not in xml(tmp_path / "note.xlsx", "xl/worksheets/sheet1.xml")


@settings(max_examples=examples(50), deadline=None)
@given(texts=st.lists(st.text(max_size=20), min_size=1, max_size=20))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    resource = table({"name": "x"})
    texts = [text.replace("x005F_", "") for text in texts]  # openpyxl drops it wherever it stands
    held = frame(resource, x=[*texts, "the last"])
    book = written(tmp_path_factory.mktemp("any"), resource, x=[*texts, "the last"])

    # what is no character of XML cannot be held; a line break is the one that Excel writes
    expected = [
        None if pd.isna(text) else
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        for text in held["x"]
    ]  # fmt: skip
    assert [value for value, _, _ in column(book, "A")] == expected


def test_text_that_looks_like_a_numbered_character_is_escaped_as_the_standard_says(tmp_path: Path) -> None:
    texts = ["_x0041_", "_x005F_", "_x", "_xyz", "_x004G_", "x0041_"]
    written(tmp_path, table({"name": "x"}), x=texts)
    shared = xml(tmp_path / "note.xlsx", "xl/sharedStrings.xml")

    found = [text for text in re.findall("<t[^>]*>([^<]*)</t>", shared) if text.startswith(("_", "x0"))]
    assert found == [
        "_x005F_x0041_", "_x005F_x005F_", "_x", "_xyz", "_x004G_", "x0041_"
    ]  # fmt: skip
    # what a reader makes of it
    assert [re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) for text in found] == texts


def test_line_breaks_are_those_of_excel(tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x"}), x=["one\r\ntwo", "one\rtwo", "\rone"])

    assert [value for value, _, _ in column(book, "A")] == ["one\ntwo", "one\ntwo", "\none"]
    assert "\r" not in xml(tmp_path / "note.xlsx", "xl/sharedStrings.xml")


def test_a_character_that_xml_cannot_hold_is_shown_as_one(tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x"}), x=["a\ufffeb", "a\uffffb", "a\x00b", "a\x1bb"])

    assert [value for value, _, _ in column(book, "A")] == ["a\ufffdb"] * 4


def test_times_are_text_that_sorts_as_they_do_and_is_read_again(tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x", "type": "datetime"}), x=["2026-03-05 08:00:00"])

    assert [value for value, _, _ in column(book, "A")] == ["2026-03-05T08:00:00"]


def test_dates_are_dates_and_numbers_are_numbers(tmp_path: Path) -> None:
    resource = table(
        {"name": "day", "type": "date"}, {"name": "count", "type": "integer"}, {"name": "score", "type": "number"}
    )
    book = written(
        tmp_path, resource,
        day=["2026-03-05", "", "1900-03-01", "9999-12-31"],
        count=["0", "-5", "", "999999999999999"],
        score=["71.2", "", "-0.5", "100"],
    )  # fmt: skip

    day = r"yyyy\-mm\-dd"
    assert column(book, "A") == [
        (datetime(2026, 3, 5), "d", day), (None, "n", "General"),
        (datetime(1900, 3, 1), "d", day), (datetime(9999, 12, 31), "d", day),
    ]  # fmt: skip
    assert [value for value, _, _ in column(book, "B")] == [0, -5, None, 999999999999999]
    assert [value for value, _, _ in column(book, "C")] == [71.2, None, -0.5, 100]
    assert {(kind, shown) for letter in "BC" for _, kind, shown in column(book, letter)} == {("n", "General")}


def test_what_excel_would_show_wrongly_is_text(tmp_path: Path) -> None:
    resource = table({"name": "day", "type": "date"}, {"name": "count", "type": "integer"})
    book = written(
        tmp_path, resource,
        day=["1900-02-28", "", "0200-01-01", "2026-03-05"],
        count=["1000000000000000", "", "-123456789012345678", "7"],
    )  # fmt: skip

    assert column(book, "A")[:3:2] == [("1900-02-28", "s", "@"), ("0200-01-01", "s", "@")]
    assert column(book, "B")[:3:2] == [("1000000000000000", "s", "@"), ("-123456789012345678", "s", "@")]
    assert [column(book, letter)[1][0] for letter in "AB"] == [None, None]
    assert [column(book, letter)[3][0] for letter in "AB"] == [datetime(2026, 3, 5), 7]


def test_booleans_are_in_the_words_of_the_schema(tmp_path: Path) -> None:
    words = {"name": "x", "type": "boolean", "trueValues": ["是", "对"], "falseValues": ["否"]}
    plain = {"name": "y", "type": "boolean"}
    book = written(tmp_path, table(words, plain), x=["对", "否", ""], y=["1", "0", "true"])

    assert column(book, "A")[:2] == [("是", "s", "@"), ("否", "s", "@")]
    assert [value for value, _, _ in column(book, "B")] == ["true", "false", "true"]
    assert column(book, "A")[2][0] is None


def test_an_empty_cell_is_not_there(tmp_path: Path) -> None:
    written(tmp_path, table({"name": "x"}, {"name": "y", "type": "date"}), x=["甲", ""], y=["", "2026-03-05"])
    sheet = xml(tmp_path / "note.xlsx", "xl/worksheets/sheet1.xml")

    assert re.findall("<c .*?>", sheet)[2:] == ['<c r="A2" s="1" t="s">', '<c r="B3" s="2">']
    assert sheet.count("<c ") == 4
    assert "<c/>" not in sheet


@pytest.mark.parametrize("rows", [0, 1, 10_000, 10_001, 25_000])
def test_every_row_is_there_and_in_its_place(rows: int, tmp_path: Path) -> None:
    resource = table({"name": "x"}, {"name": "n", "type": "integer"})
    texts = [f"第{number}行" if number % 3 else "" for number in range(rows)]
    book = written(tmp_path, resource, x=texts, n=[str(number) for number in range(rows)])

    found = [(x.value, n.value) for x, n in book.worksheets[0].iter_rows(min_row=2)]
    assert found == [(text or None, number) for number, text in enumerate(texts)]


# ── what a cell cannot hold ──────────────────────────────────────────────────────────────────────

LONG = {
    "as long as can be": ("长" * 32_767, "长" * 32_767),
    "one too long": ("长" * 32_768, "长" * (32_767 - len(OWN.cut)) + OWN.cut),
    "outside the basic plane, as long as can be": ("𠀀" * 16_383, "𠀀" * 16_383),
    "outside the basic plane, one too long": ("𠀀" * 16_384, "𠀀" * ((32_767 - len(OWN.cut)) // 2) + OWN.cut),
}


@pytest.mark.parametrize(("text", "held"), LONG.values(), ids=LONG)
def test_a_text_that_a_cell_cannot_hold_ends_in_words_that_say_so(text: str, held: str, tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x", "description": "说明。"}), x=["短", text, text])

    assert [value for value, _, _ in column(book, "A")] == ["短", held, held]
    assert len(held.encode("utf-16-le")) // 2 <= 32_767
    note = OWN.note.format(count=2) if held != text else ""
    assert book.worksheets[1]["D2"].value == "说明。" + note


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def test_the_first_row_is_titles_frozen_and_filtered(tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x"}, {"name": "n", "type": "integer"}), x=["甲", "乙"], n=["1", "2"])
    sheet = book.worksheets[0]

    assert [(cell.value, cell.font.b) for cell in sheet[1]] == [("x栏", True), ("n栏", True)]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("A2", "A1:B3", "A1:B3")
    assert sheet.sheet_view.pane.state == "frozen"
    assert book.active is sheet
    # two chosen sheets would be edited together
    assert [bool(item.sheet_view.tabSelected) for item in book.worksheets] == [True, False]


def test_the_second_sheet_says_what_the_columns_are(tmp_path: Path) -> None:
    fields = [{"name": "x", "title": "编号", "description": "=一件一个。"}, {"name": "day", "type": "date"}]
    book = written(tmp_path, table(*fields), x=["甲"], day=[""])

    assert book.sheetnames == ["便条", "Columns"]
    assert [[cell.value for cell in row] for row in book.worksheets[1].rows] == [
        ["Title", "Name", "Type", "Meaning"],
        ["编号", "x", "string", "=一件一个。"],
        ["day栏", "day", "date", None],
    ]


def test_a_column_is_as_wide_as_what_it_holds_within_reason(tmp_path: Path) -> None:
    fields = [{"name": name, "title": title, **rest} for (name, rest), title in zip({
        "a": {}, "code": {}, "name": {}, "day": {"type": "date"}, "long": {}, "none": {},
    }.items(), "甲乙丙丁戊己", strict=True)]  # fmt: skip
    book = written(
        tmp_path, table(*fields),
        a=["1"], code=["320812001001001"], name=["柴米第一网格一号楼"],
        day=["2026-03-05"], long=["长" * 100], none=[""],
    )  # fmt: skip
    widths = {letter: int(item.width) for letter, item in book.worksheets[0].column_dimensions.items()}

    assert widths == {"A": 11, "B": 18, "C": 21, "D": 13, "E": 60, "F": 11}


def test_a_cell_below_the_last_row_is_text_where_the_column_is(tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "code"}, {"name": "day", "type": "date"}), code=["007"], day=["2026-03-05"])
    styles = xml(tmp_path / "note.xlsx", "xl/worksheets/sheet1.xml").partition("<sheetData>")[0]

    assert ('style="1"' in styles.split("<col ")[1], 'style="2"' in styles.split("<col ")[2]) == (True, True)
    assert [cell.number_format for cell in book.worksheets[0][2]] == ["@", r"yyyy\-mm\-dd"]


NAMES = {
    "事项办理": "事项办理",
    "一/二:三*四?五[六]七\\八": "一 二 三 四 五 六 七 八",
    "长" * 40: "长" * 31,
    "'quoted'": "quoted",
    "it's": "it's",
    " \t ": "note",
    "": "note",
    "History": "note",
    "columns": "note",
    "<&\">": "<&\">",
}  # fmt: skip


@pytest.mark.parametrize(("title", "name"), NAMES.items(), ids=[repr(title) for title in NAMES])
def test_a_sheet_has_a_name_that_excel_accepts(title: str, name: str, tmp_path: Path) -> None:
    book = written(tmp_path, table({"name": "x"}, title=title), x=["甲"])

    assert book.sheetnames == [name, "Columns"]
    names = re.findall(">([^<]+)</definedName>", xml(tmp_path / "note.xlsx", "xl/workbook.xml"))
    quoted = name.replace("'", "''")
    areas = {(sheet.strip("'"), area) for sheet, _, area in (unescape(item).rpartition("!") for item in names)}
    assert areas == {(quoted, "$A$1:$A$2"), ("Columns", "$A$1:$D$2")}


def test_no_code_is_marked_as_a_number_that_was_stored_as_text(tmp_path: Path) -> None:
    written(tmp_path, table({"name": "x"}, {"name": "y"}), x=["007"], y=["1"])

    assert '<ignoredError sqref="A1:B2" numberStoredAsText="1"/>' in xml(
        tmp_path / "note.xlsx", "xl/worksheets/sheet1.xml"
    )


# ── the file ─────────────────────────────────────────────────────────────────────────────────────

WRITE = """
import sys
from pathlib import Path
from tests.site.test_workbook import OWN, TEXTS, frame, table
from builder.site import workbook

resource = table({"name": "x"}, {"name": "day", "type": "date"})
rows = frame(resource, x=TEXTS, day=["2026-03-05"] * len(TEXTS))
workbook.write(resource, rows, Path(sys.argv[1]), OWN)
"""


def test_the_same_table_makes_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    digests = set()
    for zone, seed in (("UTC", "1"), ("Asia/Shanghai", "2"), ("America/Los_Angeles", "3")):
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        # there is no folder for temporary files: nothing may be written there
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "TMPDIR": str(folder / "absent"),
                       "PYTHONPATH": str(ROOT)}  # fmt: skip
        subprocess.run([sys.executable, "-c", WRITE, "note.xlsx"], cwd=folder, env=environment, check=True)
        digests.add(hashlib.sha256((folder / "note.xlsx").read_bytes()).hexdigest())
        assert [path.name for path in folder.iterdir()] == ["note.xlsx"]

    assert len(digests) == 1


def test_no_part_tells_when_or_where_it_was_written(tmp_path: Path) -> None:
    written(tmp_path, table({"name": "x"}), x=["甲"])
    with zipfile.ZipFile(tmp_path / "note.xlsx") as archive:
        entries = archive.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    core = xml(tmp_path / "note.xlsx", "docProps/core.xml")
    assert set(re.findall(r">([0-9T:Z-]+)</dcterms", core)) == {"2000-01-01T00:00:00Z"}
