"""Whatever stands in a table of an export: findings or a site, never an exception.

Cases are made, not written: every way to spoil a table at every place of every table of a small package. The
normal run tries a few of them, always the same, and the nightly run many.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.packages import build, checked
from tests.sharing import by_day

DATASETS = Path(__file__).parents[1] / "datasets"
TABLES = ("area", "grid", "branch", "branch_grid", "duty", "case_category", "case", "indicator", "assessment", "grade")

TREE = ("area", "grid")
"""Tables without a row of which there is no page; no package may let them be empty."""

Rows = list[list[str]]


def write(rows: Rows, end: str = "\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode("utf-8")


def mixed_ends(rows: Rows) -> bytes:
    return b"".join(write([row], end) for row, end in zip(rows, ("\r\n", "\n", "\r") * len(rows), strict=False))


WHOLE: Mapping[str, Callable[[Rows], bytes]] = {
    "only the header": lambda rows: write(rows[:1]),
    "one row": lambda rows: write(rows[:2]),
    "no header": lambda rows: write(rows[1:]),
    "an empty file": lambda _rows: b"",
    "the header twice": lambda rows: write([rows[0], *rows]),
    "the first row twice": lambda rows: write([*rows, rows[1]]),
    "all rows twice": lambda rows: write([*rows, *rows[1:]]),
    "rows upside down": lambda rows: write([rows[0], *reversed(rows[1:])]),
    "an empty row in the middle": lambda rows: write([*rows[:2], [""] * len(rows[0]), *rows[2:]]),
    "a row with too few cells": lambda rows: write([*rows, rows[1][:-1]]),
    "a row with too many cells": lambda rows: write([*rows, [*rows[1], "x"]]),
    "a byte order mark": lambda rows: b"\xef\xbb\xbf" + write(rows),
    "two byte order marks": lambda rows: b"\xef\xbb\xbf\xef\xbb\xbf" + write(rows),
    "lines that end in all three ways": mixed_ends,
    "GB18030": lambda rows: write(rows).decode("utf-8").encode("gb18030"),
    "UTF-16": lambda rows: write(rows).decode("utf-8").encode("utf-16"),
    "a file cut in the middle of a character": lambda rows: write([*rows, ["网"]])[:-2],
    "a quotation mark that never closes": lambda rows: write(rows) + b'"',
    "semicolons for commas": lambda rows: write(rows).replace(b",", b";"),
}

VALUES: Mapping[str, str] = {
    "nothing": "", "a space": " ", "a full-width space": "\u3000", "year 0": "0000-01-01", "year 1": "0001-01-01",
    "the last day": "9999-12-31", "year 10000": "10000-01-01", "a negative year": "-001-01-01",
    "a day without hyphens": "20260101", "a 30 February": "2026-02-30", "1677": "1677-09-20", "2262": "2262-04-12",
    "a day with a time": "2026-01-01T00:00:00", "full-width digits": "２０２６-０１-０１", "minus one": "-1",
    "half": "0.5", "more than 64 bits": "9" * 19, "the largest 64 bits": str(2**63 - 1), "1e308": "1e308",
    "1e999": "1e999", "not a number": "NaN", "no end": "-inf", "true": "true", "a word": "x", "a brace": "{x}",
    "a percent sign": "%(x)s", "a quotation mark": '"', "a line break": "a\nb", "an escape": "\x1b[31m",
    "text turned around": "\u202eabc", "NUL": "a\0b", "a formula": "=1+1", "100,000 characters": "网" * 100_000,
    "an emoji": "👩‍👩‍👧", "half a quarter": "2026-Q5", "the year 9999": "9999-Q4", "a path": "../../x",
}  # fmt: skip


def set_cell(rows: Rows, column: int, value: str) -> Rows:
    return [[*row[:column], value, *row[column + 1 :]] if number == 1 else row for number, row in enumerate(rows)]


def set_column(rows: Rows, column: int, value: str) -> Rows:
    return [[*row[:column], value, *row[column + 1 :]] if number else row for number, row in enumerate(rows)]


def swapped(rows: Rows, column: int) -> Rows:
    """Swap the cells of two neighbours under the header as it was."""
    order = list(range(len(rows[0])))
    order[column - 1], order[column] = order[column], order[column - 1]
    return [rows[0], *([row[place] for place in order] for row in rows[1:])]


class Case(NamedTuple):
    """One way to spoil one table."""

    table: str
    name: str
    spoil: Callable[[Rows], bytes]

    def __repr__(self) -> str:
        return f"{self.table}: {self.name}"


@cache
def header(table: str) -> tuple[str, ...]:
    schema = json.loads((DATASETS / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
    return tuple(field["name"] for field in schema["fields"])


def column_cases(table: str, column: int) -> Iterator[Case]:
    title = header(table)[column]
    yield Case(table, f"without {title}", lambda rows: write([row[:column] + row[column + 1 :] for row in rows]))
    yield Case(table, f"{title} twice", lambda rows: write([[*row, row[column]] for row in rows]))
    yield Case(table, f"{title} and its neighbour swapped", lambda rows: write(swapped(rows, column)))
    for name, value in VALUES.items():
        yield Case(table, f"{name} in {title}", lambda rows, v=value: write(set_cell(rows, column, v)))  # type: ignore[misc]
        yield Case(table, f"{name} all over {title}", lambda rows, v=value: write(set_column(rows, column, v)))  # type: ignore[misc]


@cache
def cases(table: str) -> tuple[Case, ...]:
    columns = range(len(header(table)))
    return (
        *(Case(table, name, spoil) for name, spoil in WHOLE.items()),
        *(case for column in columns for case in column_cases(table, column)),
    )


def some(count: int) -> list[Case]:
    """Return the same `count` cases of each table every time: an empty table, a year 0, and what chance brings."""
    chooser = random.Random(20261031)  # noqa: S311 - nothing secret
    chosen = []
    for table in TABLES:
        years = [case for case in cases(table) if re.fullmatch("year 0 in .*_date", case.name)]
        always = [cases(table)[0], *years[-1:]]
        others = [case for case in cases(table) if case not in always]
        chosen += [*always, *chooser.sample(others, count - len(always))]
    return chosen


@pytest.fixture
def package(small_raw: Path, tmp_path: Path) -> Path:
    """Return a small export whose tables may all be empty, so that an empty one gets past the first stage."""
    path = Path(shutil.copytree(small_raw, tmp_path / "package")) / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["minimum_rows"] = 0 if resource["name"] not in TREE else 1
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return path.parent


def spoilt(package: Path, case: Case) -> Path:
    path = package / f"{case.table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == header(case.table)
    path.write_bytes(case.spoil(rows))
    return package


def has_errors(package: Path) -> bool:
    return checked(package, errors=None, is_raw=True).errors > 0


@pytest.mark.parametrize("case", by_day(some(2), 3), ids=repr)
def test_a_spoilt_table_is_checked_to_the_end(case: Case, package: Path) -> None:
    has_errors(spoilt(package, case))


@pytest.mark.nightly
@pytest.mark.parametrize("case", some(200), ids=repr)
def test_two_hundred_ways_to_spoil_each_table_are_checked_to_the_end(case: Case, package: Path) -> None:
    has_errors(spoilt(package, case))


# ── what passes the checks becomes a site ────────────────────────────────────────────────────────

LATER = ("duty", "case", "assessment", "grade")
"""Tables that nothing else needs: they may be empty while the others are not."""


def empty(package: Path, tables: Iterable[str]) -> Path:
    for table in tables:
        spoilt(package, Case(table, "only the header", WHOLE["only the header"]))
    return package


def test_a_district_that_has_only_just_begun_has_a_site(package: Path, tmp_path: Path) -> None:
    assert build(empty(package, LATER), tmp_path / "site", is_raw=True) > 3  # a page for each grid, and more


def test_a_package_of_headers_is_stopped_by_the_checks_or_has_a_site(package: Path, tmp_path: Path) -> None:
    assert has_errors(empty(package, TABLES)) or build(package, tmp_path / "site", is_raw=True) > 3


@pytest.mark.nightly
@pytest.mark.parametrize("case", [Case(table, *way) for table in TABLES for way in WHOLE.items()], ids=repr)
def test_a_spoilt_table_that_passes_the_checks_becomes_a_site(case: Case, package: Path, tmp_path: Path) -> None:
    if has_errors(spoilt(package, case)):
        pytest.skip("the checks stop it")
    assert build(package, tmp_path / "site", is_raw=True) > 3
