"""What is published can be opened in Excel without harm and validated with any Frictionless tool."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from builder import protect
from builder.site import Download, downloads
from tests import packages

Rows = list[dict[str, str]]

# what was received → what is published
CELLS = [
    ("=1+1", "'=1+1"),
    ("+86 138", "'+86 138"),
    ("-5", "'-5"),
    ("@x", "'@x"),
    ("\ttab first", "'\ttab first"),
    ("\rreturn first", "'\rreturn first"),
    ("\nline feed first", "'\nline feed first"),
    ("＝1+1", "'＝1+1"),  # a full-width sign: some input methods and programs make it a narrow one
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠x", "'＠x"),
    ("'apostrophe first", "''apostrophe first"),
    ("320812001001001", "'320812001001001"),
    ("320812001001", "'320812001001"),
    ("32081200100", "32081200100"),
    ("007", "'007"),
    ("0", "0"),
    ("0512-1234", "0512-1234"),
    ("1=1", "1=1"),
    ("a\ttab inside", "a\ttab inside"),
    ('say "hello"', 'say "hello"'),
    ("one, two", "one, two"),
    ("first\nsecond", "first\nsecond"),
    ("first\r\nsecond", "first\r\nsecond"),
    ("first\rsecond", "first\rsecond"),
    ("=1,2\n'\"", "'=1,2\n'\""),
    (" =space first", " =space first"),
    ("", ""),
    ("NA", "NA"),
    ("null", "null"),
    ("网格", "网格"),
]
GRIDS = [f"{990001001001001 + number}" for number in range(len(CELLS))]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def received(folder: Path) -> Path:
    """Write a package whose grids have every cell of CELLS as their extent."""
    areas = ["990001,演示区,district,", "990001001,东街道,street,990001", "990001001001,柴米,community,990001001"]
    grids = [
        f"{grid},{grid[-3:]}格,990001001001,综合,{quoted(cell)},,2020-01-01,"
        for grid, (cell, _) in zip(GRIDS, CELLS, strict=True)
    ]
    cases = [
        f"C{number:06d},{grid},A01,网格巡查,2026-10-{number % 28 + 1:02d},,办理中,否"
        for number, grid in enumerate(GRIDS)
    ]
    tables = {
        "area": packages.csv("area_id,name,level,parent_id", areas),
        "grid": packages.csv("grid_id,name,area_id,kind,extent,household_count,opened_date,closed_date", grids),
        "case_category": packages.csv(
            "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
            ["A01,路灯,公共,逐件公开,,,自然日"],
        ),
        "case": packages.csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", cases),
    }
    return packages.write_package(folder, tables)


def publish(package: Path, target: Path) -> tuple[Download, ...]:
    tables, _, _ = packages.checked(package)
    return downloads.write(protect.rows(tables), target)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published data/ of the package with nasty cells."""
    folder = tmp_path_factory.mktemp("nasty")
    publish(received(folder / "package"), folder)
    return folder / "data"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data/ of the built demonstration site."""
    return packages.demo_site(tmp_path_factory.getbasetemp()) / "data"


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def descriptor(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def complaints(folder: Path) -> Sequence[object]:
    report = Package(str(folder / "datapackage.json")).validate()
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


@pytest.fixture(params=["demo", "nasty"])
def data(request: pytest.FixtureRequest) -> Path:
    """The data/ of either package."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


# ── any tool accepts it ──────────────────────────────────────────────────────────────────────────


def test_stock_frictionless_finds_nothing_wrong(data: Path) -> None:
    assert complaints(data) == []


def test_stock_frictionless_would_find_a_changed_byte_and_a_lost_parent(nasty: Path, tmp_path: Path) -> None:
    for path in ("datapackage.json", *(f"schemas/{n}.json" for n in ("area", "grid", "case_category", "case"))):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((nasty / path).read_bytes())
    for file in nasty.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"'990001001001001", b"'990001001001999"))
    (tmp_path / "case.csv").write_bytes((nasty / "case.csv").read_bytes())
    codes = {error.type for error in complaints(tmp_path)}  # type: ignore[attr-defined]

    assert codes == {"hash-count", "foreign-key"}


def test_the_descriptor_has_the_size_and_the_hash_of_every_file(data: Path) -> None:
    resources = descriptor(data)["resources"]
    stated = {item["path"]: (item["bytes"], item["hash"]) for item in resources}

    assert stated == {
        path.name: (path.stat().st_size, "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest())
        for path in data.glob("*.csv")
    }
    assert {item["schema"] for item in resources} == {
        path.relative_to(data).as_posix() for path in data.glob("schemas/*")
    }


def test_what_is_returned_is_what_is_on_disk(tmp_path: Path) -> None:
    files = publish(received(tmp_path / "package"), tmp_path)

    assert [(f.path, f.row_count, f.byte_count, f.sha256) for f in files] == [
        (f"data/{p.name}", len(rows(p)), p.stat().st_size, hashlib.sha256(p.read_bytes()).hexdigest())
        for p in (tmp_path / "data" / f"{f.resource}.csv" for f in files)
    ]


def test_schemas_are_standard_and_without_our_own_properties(data: Path) -> None:
    fields = [
        field
        for path in data.glob("schemas/*.json")
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]
    ]

    assert fields
    assert {key for field in fields for key in field} & set(downloads.OURS) == set()


# ── any spreadsheet opens it ─────────────────────────────────────────────────────────────────────


def test_every_file_begins_with_a_byte_order_mark_for_excel(data: Path) -> None:
    paths = sorted(data.glob("*.csv"))

    assert len(paths) >= 4
    assert [
        path.name
        for path in paths
        if not path.read_bytes().startswith(b"\xef\xbb\xbf") or path.read_bytes().count(b"\xef\xbb\xbf") != 1
    ] == []


@pytest.mark.parametrize(
    ("number", "cell", "expected"), [(n, *pair) for n, pair in enumerate(CELLS)], ids=[repr(cell) for cell, _ in CELLS]
)
def test_a_cell_is_published_as_it_is_or_with_one_apostrophe(
    nasty: Path, number: int, cell: str, expected: str
) -> None:
    row = rows(nasty / "grid.csv")[number]

    assert row["grid_id"] == f"'{GRIDS[number]}"
    assert row["extent"] == expected
    assert row["extent"] in {cell, f"'{cell}"}


def test_no_cell_of_the_published_files_begins_like_a_formula(data: Path) -> None:
    for path in sorted(data.glob("*.csv")):
        numbers = {
            f["name"]
            for f in json.loads((data / "schemas" / f"{path.stem}.json").read_text("utf-8"))["fields"]
            if f["type"] != "string"
        }
        cells = {cell for row in rows(path) for name, cell in row.items() if name not in numbers}

        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
        assert [
            cell for cell in cells if cell.isdigit() and (len(cell) > 11 or (cell[0] == "0" and len(cell) > 1))
        ] == []


def test_dates_are_iso_and_empty_cells_are_empty(nasty: Path) -> None:
    case = rows(nasty / "case.csv")

    assert [row["received_date"] for row in case] == [f"2026-10-{number % 28 + 1:02d}" for number in range(len(CELLS))]
    assert {row["resolved_date"] for row in case} == {""}
    assert {row["household_count"] for row in rows(nasty / "grid.csv")} == {""}


def test_files_that_refer_to_each_other_carry_the_same_guard(demo: Path) -> None:
    grids = {row["grid_id"] for row in rows(demo / "grid.csv")}
    areas = {row["area_id"] for row in rows(demo / "area.csv")}

    assert all(grid.startswith("'") for grid in grids)
    assert {row["area_id"] for row in rows(demo / "grid.csv")} <= areas
    assert {row["parent_id"] for row in rows(demo / "area.csv")} - {""} <= areas
    for name in ("case", "duty", "branch_grid"):
        assert {row["grid_id"] for row in rows(demo / f"{name}.csv")} - {""} <= grids


# ── other types, and values that a schema names ──────────────────────────────────────────────────


def test_a_value_that_the_schema_lists_is_still_in_the_list_when_it_is_guarded(tmp_path: Path) -> None:
    package = received(tmp_path / "package")
    schema = json.loads((package / "schemas" / "grid.json").read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] == "extent":
            field["constraints"] = {
                "enum": sorted(
                    {cell.replace("\r\n", "\n") for cell, _ in CELLS if cell} | {cell for cell, _ in CELLS if cell}
                )
            }
    packages.write_json(package / "schemas" / "grid.json", schema)
    publish(package, tmp_path)

    assert complaints(tmp_path / "data") == []


def test_booleans_are_published_in_the_words_of_the_schema(tmp_path: Path) -> None:
    package = received(tmp_path / "package")
    schema = json.loads((package / "schemas" / "case.json").read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] == "is_void":
            field["publish"] = "public"
    packages.write_json(package / "schemas" / "case.json", schema)
    publish(package, tmp_path)

    assert {row["is_void"] for row in rows(tmp_path / "data" / "case.csv")} == {"否"}
    assert complaints(tmp_path / "data") == []
