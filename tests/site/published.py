"""A package whose cells are as awkward as cells get, what is published of a package, and how to read it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from frictionless import Package

from builder import count, pipeline, protect
from builder.model import Download, Published, Severity
from builder.processes import here
from builder.site import downloads
from tests import packages

Rows = list[dict[str, str]]

# what was received → what is published
CELLS = [
    ("=1+1", "=1+1"),
    ("+86 138", "+86 138"),
    ("-5", "-5"),
    ("@x", "@x"),
    ("\ttab first", "\ttab first"),
    ("\rreturn first", "\rreturn first"),
    ("\nline feed first", "\nline feed first"),
    ("＝1+1", "＝1+1"),
    ("＋1", "＋1"),
    ("－1", "－1"),
    ("＠x", "＠x"),
    ("'apostrophe first", "'apostrophe first"),
    ("320812001001001", "320812001001001"),
    ("007", "007"),
    ("0", "0"),
    ("3.2E+14", "3.2E+14"),
    ("TRUE", "TRUE"),
    ("2026-03-05", "2026-03-05"),
    ("0512-1234", "0512-1234"),
    ("1=1", "1=1"),
    ("a\ttab inside", "a\ttab inside"),
    ('say "hello"', 'say "hello"'),
    ('"', '"'),
    ("one, two", "one, two"),
    ("first\nsecond", "first\nsecond"),
    ("first\r\nsecond", "first\r\nsecond"),
    ("first\rsecond", "first\rsecond"),
    ("ends in a break\n", "ends in a break\n"),
    ("=1,2\n'\"", "=1,2\n'\""),
    (" blank first", " blank first"),
    ("blank last ", "blank last "),
    ("　full-width blanks　", "　full-width blanks　"),
    ("ＡＢ　１２，。", "ＡＢ　１２，。"),
    ("", ""),
    ("NA", "NA"),
    ("null", "null"),
    ("网格", "网格"),
    ("👩‍🌾 𠀀", "👩‍🌾 𠀀"),
    ("\ufeffmark", "\ufeffmark"),
    ("_x0041_", "_x0041_"),
    ("a\x07b\u202ec", "a\ufffdb\ufffdc"),  # what nobody can see is shown (`validate.typed`)
    ("长" * 32_768, "长" * 32_768),
    ("long, \"quoted\"\n" * 20_000, "long, \"quoted\"\n" * 20_000),
]  # fmt: skip
CELL_IDS = [f"{cell[:20]!a}{'…' if len(cell) > 20 else ''}" for cell, _ in CELLS]
GRIDS = [f"{990001001001001 + number}" for number in range(len(CELLS))]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def received(folder: Path, cells: Sequence[tuple[str, str]] = tuple(CELLS)) -> Path:
    """Write a package whose grids have every one of `cells` as their extent, however long."""
    areas = ["990001,演示区,district,", "990001001,东街道,street,990001", "990001001001,柴米,community,990001001"]
    grids = [
        f"{grid},{grid[-3:]}格,990001001001,综合,{quoted(cell)},,2020-01-01,"
        for grid, (cell, _) in zip(GRIDS, cells, strict=False)
    ]
    cases = [
        f"C{number:06d},{grid},A01,网格巡查,2026-10-{number % 28 + 1:02d},,办理中,否"
        for number, grid in enumerate(GRIDS[: len(cells)])
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
    package = packages.write_package(folder, tables)
    # Path.write_text would translate the line breaks inside the cells on some systems
    (package / "grid.csv").write_bytes(tables["grid"].encode())
    edit(package, "grid", "extent", constraints={})
    return package


def edit(package: Path, table: str, field: str, **properties: object) -> None:
    """Change properties of a field in a package's schema."""
    path = package / "schemas" / f"{table}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for item in schema["fields"]:
        if item["name"] == field:
            item |= properties
    packages.write_json(path, schema)


def published(package: Path) -> Published:
    """Return what may be published of a package without an error."""
    found = pipeline.check(package, packages.no_clock, packages.quiet, is_locked=False)
    assert [item for item in found.remarks() if item.severity is Severity.ERROR] == []
    counted = count.tables(found.tables, found.as_of, found.subjects, here())
    return protect.counted(counted, found.tables, found.report, found.policy, found.subjects)


def publish(package: Path, target: Path) -> tuple[Download, ...]:
    behind = published(package)
    found = downloads.write(behind.tables, behind.package, behind.scope.as_of.isoformat(), target, str)
    packages.locked(target / "data")  # as whoever builds a site of it has to
    return found.tables


# ── reading it, without the engine ───────────────────────────────────────────────────────────────


def rows(path: Path) -> Rows:
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def json_of(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def fields(folder: Path, table: str) -> Mapping[str, Mapping[str, Any]]:
    """Return field name → descriptor."""
    return {item["name"]: item for item in json_of(folder / "schemas" / f"{table}.json")["fields"]}


def complaints(folder: Path) -> Sequence[object]:
    report = Package(str(folder / "datapackage.json")).validate()
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def same(received_text: str, published_text: str) -> bool:
    """Return whether two texts are the same value: number 5.0 is published as 5."""
    try:
        return received_text == published_text or Decimal(received_text) == Decimal(published_text)
    except InvalidOperation:
        return False
