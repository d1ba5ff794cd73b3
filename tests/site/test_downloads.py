"""What is published can be read by any program, validated by any Frictionless tool and opened in Excel."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from builder.load.names import is_plain
from builder.model import Download, PublishedTables
from builder.site import downloads, workbook
from tests.console import said
from tests.site.published import (
    CELL_IDS,
    CELLS,
    GRIDS,
    Rows,
    complaints,
    edit,
    fields,
    json_of,
    publish,
    published,
    received,
    rows,
    same,
)

# ── any tool accepts it ──────────────────────────────────────────────────────────────────────────


def test_stock_frictionless_finds_nothing_wrong(data: Path) -> None:
    assert complaints(data) == []


def test_stock_frictionless_would_find_a_changed_byte_and_a_lost_parent(nasty: Path, tmp_path: Path) -> None:
    for path in ("datapackage.json", *(f"schemas/{n}.json" for n in ("area", "grid", "case_category", "case"))):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((nasty / path).read_bytes())
    for file in nasty.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"990001001001001", b"990001001001999"))
    (tmp_path / "case.csv").write_bytes((nasty / "case.csv").read_bytes())
    codes = {error.type for error in complaints(tmp_path)}  # type: ignore[attr-defined]

    assert codes == {"hash-count", "foreign-key"}


def test_the_descriptor_has_the_size_and_the_hash_of_every_file(data: Path) -> None:
    resources = json_of(data / "datapackage.json")["resources"]
    stated = {item["path"]: (item["bytes"], item["hash"]) for item in resources}

    assert stated == {
        path.name: (path.stat().st_size, "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest())
        for path in data.glob("*.csv")
    }
    assert {item["schema"] for item in resources} == {
        path.relative_to(data).as_posix() for path in data.glob("schemas/*")
    }


def test_what_is_returned_is_what_is_on_disk(nasty_package: Path, tmp_path: Path) -> None:
    files = publish(nasty_package, tmp_path)

    assert [file.resource for file in files] == ["area", "grid", "case_category", "case"]
    for file in files:
        table, book = tmp_path / "data" / f"{file.resource}.csv", tmp_path / "data" / f"{file.resource}.xlsx"
        assert file == Download(
            file.resource, f"data/{table.name}", len(rows(table)), table.stat().st_size,
            hashlib.sha256(table.read_bytes()).hexdigest(), f"data/{book.name}", book.stat().st_size,
        )  # fmt: skip


def test_published_schemas_are_the_inputs_less_what_is_not_published(both: tuple[Path, Path]) -> None:
    package, data = both
    tables = [path.stem for path in data.glob("*.csv")]

    assert len(tables) >= 4
    for table in tables:
        received_fields = fields(package, table)
        shown = {name: dict(item) for name, item in received_fields.items() if item.get("publish") == "public"}
        for name, item in shown.items():
            item.pop("attachment", None)  # where the files lie is the site's business
            if any(not row[name] for row in rows(data / f"{table}.csv")):
                item.get("constraints", {}).pop("required", None)  # what is withheld cannot be required
        assert list(fields(data, table).items()) == list(shown.items())
        header, *_ = (data / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        assert header.replace('"', "").split(",") == list(fields(data, table))


# ── values are those that were received ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(("number", "expected"), [(n, cell) for n, (_, cell) in enumerate(CELLS)], ids=CELL_IDS)
def test_a_cell_is_published_as_it_is(nasty: Path, number: int, expected: str) -> None:
    row = rows(nasty / "grid.csv")[number]

    assert (row["grid_id"], row["extent"]) == (GRIDS[number], expected)


def shown(package: Path, table: str) -> Rows:
    """Return the rows of the input that may be shown one by one, read without the engine."""
    (path,) = (item["path"] for item in json_of(package / "datapackage.json")["resources"] if item["name"] == table)
    found = rows(package / path)
    if table == "disclosure":  # nobody has read yet what is not published yet
        unread = dict.fromkeys(("title", "text", "attachment"), "")
        return [row if row["published_date"] else {**row, **unread} for row in found]
    if table != "case":
        return found
    itemised = {row["category_id"] for row in rows(package / "case_category.csv") if row["disclosure"] == "逐件公开"}
    return [row for row in found if row["category_id"] in itemised]


def test_every_public_cell_of_every_published_row_is_that_of_the_input(demo_package: Path, demo: Path) -> None:
    compared = 0
    for path in sorted(demo.glob("*.csv")):
        before, after = shown(demo_package, path.stem), rows(path)
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            for name, text in new.items():
                assert same(old[name], text), (path.name, old, new)
                compared += 1
    assert compared > 10_000


def test_codes_join_the_published_files(demo: Path) -> None:
    codes = {
        (table, name): {row[name] for row in rows(demo / f"{table}.csv")}
        for table, name in (("area", "area_id"), ("grid", "grid_id"), ("branch", "branch_id"))
    }
    keys = [
        (path.stem, key["fields"][0], key["reference"]["resource"] or path.stem, key["reference"]["fields"][0])
        for path in sorted(demo.glob("schemas/*.json"))
        for key in json_of(path).get("foreignKeys", ())
    ]

    assert len(keys) >= 8
    for table, name, target, target_name in keys:
        targets = codes.get((target, target_name)) or {row[target_name] for row in rows(demo / f"{target}.csv")}
        assert {row[name] for row in rows(demo / f"{table}.csv")} - {""} <= targets
    assert all(grid.isdigit() and len(grid) == 15 for grid in codes["grid", "grid_id"])


def test_files_are_plain_utf_8(data: Path) -> None:
    for path in data.glob("*.csv"):
        text = path.read_bytes()
        assert not text.startswith((b"\xef\xbb\xbf", b"'"))
        assert text.endswith(b"\n")
        text.decode()


def test_dates_are_iso_and_empty_cells_are_empty(nasty: Path) -> None:
    case = rows(nasty / "case.csv")

    assert [row["received_date"] for row in case] == [f"2026-10-{number % 28 + 1:02d}" for number in range(len(CELLS))]
    assert {row["resolved_date"] for row in case} == {""}
    assert {row["household_count"] for row in rows(nasty / "grid.csv")} == {""}


# ── other types, and values that a schema names ──────────────────────────────────────────────────


MOST = 10_000
"""Characters of a value that a schema may list."""


def test_a_value_that_the_schema_lists_is_still_in_the_list(tmp_path: Path) -> None:
    plain = [pair for pair in CELLS if all(cell and is_plain(cell) for cell in pair)]  # a schema lists no others
    short = [pair for pair in plain if max(map(len, pair)) <= MOST and all(cell == cell.strip() for cell in pair)]
    package = received(tmp_path / "short", short)
    edit(package, "grid", "extent", constraints={"enum": sorted({cell for pair in short for cell in pair})})
    assert len(short) > 10
    publish(package, tmp_path)

    assert complaints(tmp_path / "data") == []


def test_booleans_are_published_in_the_words_of_the_schema(tmp_path: Path) -> None:
    package = received(tmp_path / "package")
    edit(package, "case", "is_void", publish="public")
    publish(package, tmp_path)

    assert {row["is_void"] for row in rows(tmp_path / "data" / "case.csv")} == {"否"}
    assert complaints(tmp_path / "data") == []


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────


def test_a_workbook_holds_what_the_csv_beside_it_holds(data: Path) -> None:
    for path in sorted(data.glob("*.csv")):
        described = fields(data, path.stem)
        book = openpyxl.load_workbook(path.with_suffix(".xlsx"))
        header, *found = book.worksheets[0].values
        assert header == tuple(item["title"] for item in described.values())
        expected = [tuple(map(in_excel, row.items(), [described] * len(row))) for row in rows(path)]
        assert found == expected, path


def in_excel(cell: tuple[str, str], described: Mapping[str, Mapping[str, Any]]) -> object:
    """Return what Excel holds of a published cell."""
    name, text = cell
    kind = described[name]["type"]
    if not text:
        return None
    if kind == "date":
        return pd.Timestamp(text).to_pydatetime()
    if kind in ("integer", "number"):
        return float(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cut = workbook.words(str).cut
    return text if len(text) <= 32_767 else text[: 32_767 - len(cut)] + cut


def written(package: Path, row_count: int, target: Path) -> Download:
    """Publish a table of `row_count` rows."""
    behind = published(package)
    frame = pd.DataFrame({"name": pd.Series(["柴米"] * row_count, dtype="str")})
    tables = PublishedTables({"area": behind.tables.resources["area"]}, {"area": frame})
    ((file,), _) = downloads.write(tables, behind.package, "2026-10-31", target, str)
    return file


@pytest.mark.parametrize(("row_count", "name"), [(100_000, "data/area.xlsx"), (100_001, "")])
def test_a_table_that_nobody_reads_row_by_row_has_no_workbook(
    row_count: int, name: str, nasty_package: Path, tmp_path: Path
) -> None:
    file = written(nasty_package, row_count, tmp_path)

    assert (file.row_count, file.workbook, file.workbook_byte_count > 0) == (row_count, name, bool(name))
    assert (tmp_path / "data" / "area.xlsx").exists() is bool(name)


@pytest.mark.parametrize(("row_count", "name"), [(200_000, "area.csv"), (200_001, "area.csv.gz")])
def test_a_table_that_is_long_to_load_is_compressed(
    row_count: int, name: str, nasty_package: Path, tmp_path: Path
) -> None:
    file = written(nasty_package, row_count, tmp_path)

    (described,) = json_of(tmp_path / "data" / "datapackage.json")["resources"]
    assert (file.path, described["path"], described.get("compression")) == (
        f"data/{name}", name, "gz" if name.endswith(".gz") else None,
    )  # fmt: skip
    assert [path.name for path in (tmp_path / "data").glob("*.csv*")] == [name]


# stock Frictionless leaves a compressed file open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_compressed_tables_hold_what_plain_ones_do_and_are_an_input_for_any_tool(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST_PLAIN_ROWS", 0)  # a table without rows stays plain
    files = publish(data, tmp_path)
    packed = tmp_path / "data"

    assert {path.name.removesuffix(".gz"): gzip.decompress(path.read_bytes()) for path in packed.glob("*.gz")} == {
        path.name: path.read_bytes() for path in data.glob("*.csv") if rows(path)
    }
    assert complaints(packed) == []
    code, lines = said("check", packed)
    assert code == 0, lines
    publish(packed, tmp_path / "again")
    assert [(item.path, (tmp_path / "again" / item.path).read_bytes() == (tmp_path / item.path).read_bytes())
            for item in files] == [(item.path, True) for item in files]  # fmt: skip
