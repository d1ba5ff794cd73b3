"""Typed tables are what model.Table promises, in one process or in several, however large the table."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa

from builder.model import Address
from builder.validate.cells import CHUNK
from builder.validate.defects import FileDefects
from builder.validate.screen import doubtful
from builder.validate.typed import typed, typed_column
from tests.validate.one_table import Field, validated

FIELDS: list[Field] = [
    {"name": "text"},
    {"name": "count", "type": "integer"},
    {"name": "score", "type": "number"},
    {"name": "is_void", "type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
    {"name": "day", "type": "date"},
    {"name": "moment", "type": "datetime"},
]
DTYPES = {
    "text": "str", "count": "Int64", "score": "float64", "is_void": "boolean", "day": "datetime64[s]",
    "moment": "datetime64[s]",
}  # fmt: skip
LARGE = CHUNK + 10


def test_columns_have_the_types_of_their_fields_and_empty_cells_are_missing(tmp_path: Path) -> None:
    rows = "甲,1,2.5,是,2026-03-05,2026-03-05 08:30:00\n乙,,,,,\n,2,,,,\n"
    table, report = validated(tmp_path, f"{','.join(DTYPES)}\n{rows}", FIELDS)
    assert tuple(report.findings) == ()
    assert table is not None
    assert {name: str(dtype) for name, dtype in table.frame.dtypes.items()} == DTYPES
    assert table.frame.iloc[0].tolist() == [
        "甲", 1, 2.5, True, pd.Timestamp("2026-03-05"), pd.Timestamp("2026-03-05 08:30"),
    ]  # fmt: skip
    assert table.frame.isna().to_numpy().tolist() == [
        [False] * 6, [False, *[True] * 5], [True, False, *[True] * 4],
    ]  # fmt: skip


def test_a_column_that_is_never_published_is_looked_at_and_goes_no_further(tmp_path: Path) -> None:
    fields: list[Field] = [{"name": "text"}, {"name": "count", "type": "integer", "publish": "never"}]
    table, report = validated(tmp_path, "text,count\n甲,很多\n", fields)
    assert [(item.code, item.address.letter) for item in report.findings] == [("type-error", "B")]
    assert table is not None
    assert list(table.frame) == ["text"]


def test_text_that_repeats_is_a_category_and_text_that_does_not_is_not() -> None:
    encoded = pa.chunked_array([["乙", "甲", "", "乙\x07"], ["甲", "乙\ufffd"]]).dictionary_encode()
    column = typed_column(encoded, FIELDS[0])
    assert column.dtype == pd.CategoricalDtype(pd.Index(["乙", "乙\ufffd", "甲"], dtype="str"))
    assert column.cat.codes.tolist() == [0, 2, -1, 1, 2, 1]
    assert typed_column(pa.chunked_array([["甲", ""]]), FIELDS[0]).dtype == "str"


def test_files_of_which_one_repeats_itself_are_one_column_of_text(tmp_path: Path) -> None:
    files = {"note/1.csv": "text,count\n甲,1\n乙,2\n", "note/2.csv": "text\n" + "甲\n" * 9, "note/3.csv": "text\n乙\n"}
    table, _ = validated(tmp_path, files, FIELDS[:2])
    assert table is not None
    assert table.frame["text"].tolist() == ["甲", "乙", *"甲" * 9, "乙"]
    assert table.frame["count"].tolist() == [1, 2, *[pd.NA] * 10]


def test_a_table_without_rows_has_the_same_types(tmp_path: Path) -> None:
    table, _ = validated(tmp_path, f"{','.join(DTYPES)}\n", FIELDS, minimum_rows=0)
    assert table is not None
    assert {name: str(dtype) for name, dtype in table.frame.dtypes.items()} == DTYPES
    assert isinstance(table.frame.index, pd.RangeIndex)


def test_codes_keep_their_leading_zeros_and_nothing_is_taken_for_missing(tmp_path: Path) -> None:
    table, _ = validated(tmp_path, "text\n007\nNA\nnull\n3.20812E+14\n", FIELDS[:1])
    assert table is not None
    assert table.frame["text"].tolist() == ["007", "NA", "null", "3.20812E+14"]


def test_a_cell_that_is_no_value_is_missing_and_the_rest_of_its_row_is_kept(tmp_path: Path) -> None:
    table, report = validated(tmp_path, "text,count\n甲,很多\n乙,4\n", FIELDS[:2])
    assert [item.code for item in report.findings] == ["type-error"]
    assert table is not None
    assert table.frame["text"].tolist() == ["甲", "乙"]
    assert table.frame["count"].isna().tolist() == [True, False]


def large() -> tuple[str, list[Address]]:
    """Return a table of LARGE rows, and the addresses of its defects on both sides of the chunks' border."""
    wrong = {0, CHUNK - 1, CHUNK, LARGE - 1}
    rows = [f"甲,{'x' if row in wrong else row}" for row in range(LARGE)]
    return "text,count\n" + "\n".join(rows) + "\n", [Address("note.csv", row + 2, "B") for row in sorted(wrong)]


def test_defects_are_found_in_every_chunk_under_their_own_row(tmp_path: Path) -> None:
    text, wrong = large()
    table, report = validated(tmp_path, text, FIELDS[:2])
    assert [item.address for item in report.findings] == wrong
    assert {item.code for item in report.findings} == {"type-error"}
    assert table is not None
    assert (len(table.frame), report.row_counts) == (LARGE, {"note": LARGE})
    assert table.frame["count"].isna().sum() == len(wrong)


def test_a_table_in_which_every_row_is_wrong_is_counted_in_whole_and_read_in_part(tmp_path: Path) -> None:
    text = "text,count\n" + "".join(f"甲,x{row}\n" for row in range(LARGE))
    _, report = validated(tmp_path, text, FIELDS[:2])
    assert sum(report.counts().values()) == LARGE
    assert [item.address.row for item in report.sample(3)] == [2, 3, 4]
    (defects,) = [item for group in report.groups if isinstance(group, FileDefects) for item in group.defects]
    assert (str(defects.rows.dtype), len(defects.rows)) == ("int64", LARGE)
    assert defects.cells[LARGE - 1].as_py() == f"x{LARGE - 1}"


def test_other_processes_find_the_same(tmp_path: Path) -> None:
    text, _ = large()
    here, report = validated(tmp_path, text, FIELDS[:2])
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        there, again = validated(tmp_path, text, FIELDS[:2], pool)
    assert tuple(again.findings) == tuple(report.findings)
    assert again.counts() == report.counts()
    assert here is not None
    assert there is not None
    pd.testing.assert_frame_equal(there.frame, here.frame)


def test_a_ragged_row_shifts_nobody_elses_number_beyond_the_first_chunk(tmp_path: Path) -> None:
    rows = ["甲,1"] * LARGE
    rows[5] = "甲"
    rows[-1] = "甲,x"
    _, report = validated(tmp_path, "text,count\n" + "\n".join(rows) + "\n", FIELDS[:2])
    assert [(item.code, item.address.row) for item in report.findings] == [("ragged-row", 7), ("type-error", LARGE + 1)]


def test_a_long_number_keeps_every_digit_beside_an_empty_cell() -> None:
    column = typed(pd.Series(["123456789012345678", "", "-999999999999999999"], dtype="str"), {"type": "integer"})
    assert column.tolist() == [123456789012345678, pd.NA, -999999999999999999]
    assert typed(pd.Series(["", ""], dtype="str"), {"type": "integer"}).dtype == "Int64"


MONEY: Field = {"name": "amount", "type": "number", "decimals": 2}


def test_a_number_with_decimals_is_exact_and_one_with_more_places_is_told(tmp_path: Path) -> None:
    cells = ["0.10", "999999999999999.99", "-7", "+1.5", "", "0.005"]
    rows = "".join(f'甲,"{cell}"\n' for cell in cells)
    table, report = validated(tmp_path, f"text,amount\n{rows}", [FIELDS[0], MONEY])
    assert table is not None
    kept = [None if pd.isna(cell) else str(cell) for cell in table.frame["amount"]]
    assert kept == ["0.10", "999999999999999.99", "-7.00", "1.50", None, None]
    assert [(item.code, item.address.row) for item in report.findings] == [("too-many-decimals", 7)]


def test_a_column_of_amounts_that_never_repeat_is_judged_as_strictly() -> None:
    cells = pa.chunked_array([[f"{number}.05" for number in range(100)] + ["7.005"]])
    assert doubtful(cells, MONEY).tolist() == [100]
    assert typed_column(cells, MONEY).isna().tolist() == [False] * 100 + [True]
