"""What may not be published is gone as early as it can be, and nowhere in the finished site."""

from __future__ import annotations

import csv
import gzip
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from builder import protect
from builder.model import PublishedTables, Scope, Tables, Unit
from builder.pipeline import Checked
from builder.subjects.case import CASE
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.protect import CasePublished
from tests import packages
from tests.packages import demo_checked, demo_package, demo_published, demo_site

NEVER = ("summary", "petitioner", "phone", "address")
COUNTS_ONLY = ("petition_kind", "satisfaction", "is_void")

# how the demonstration writes each column that is never published (builder/subjects/case/demo.py)
PERSONAL = re.compile(r"演示摘要:居民反映.+?问题;编号\d{8}|演示居民\d{4}|0517-0001\d{4}|演示路\d+号")
CASE_ID = re.compile(r"C\d{8}")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_package(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The package as the checks and all later stages see it."""
    return demo_checked(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> PublishedTables:
    """The tables as they are published."""
    return demo_published(tmp_path_factory.getbasetemp()).tables


@pytest.fixture(scope="session")
def scope(checked: Checked) -> Scope:
    return packages.counted(checked).scope


@pytest.fixture(scope="session")
def counted(checked: Checked, scope: Scope) -> CaseCounted:
    return CASE.count(checked.tables, scope)


@pytest.fixture(scope="session")
def published(checked: Checked, counted: CaseCounted) -> CasePublished:
    return CASE.protect(counted, checked.policy)


@pytest.fixture(scope="session")
def cases(package: Path) -> list[dict[str, str]]:
    """The rows of case.csv as they were received."""
    with (package / "case.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def disclosure(package: Path) -> dict[str, str]:
    """category_id → 逐件公开, 数量公开 or 受保护."""
    with (package / "case_category.csv").open(encoding="utf-8", newline="") as file:
        return {row["category_id"]: row["disclosure"] for row in csv.DictReader(file)}


def of(disclosure: dict[str, str], level: str) -> set[str]:
    found = {code for code, value in disclosure.items() if value == level}
    assert found
    return found


def categories(case: CaseCounted | CasePublished) -> dict[str, set[str]]:
    """Return the categories that each frame of counts still names."""
    levels = {"tallies": case.tallies, "days": case.days, "months": case.months}
    found = {
        f"{name}.{level}": set(frame["category_id"])
        for name, frames in levels.items()
        for level, frame in frames.items()
    }
    return found | {"rows": set(case.rows["category_id"])}


# ── columns ──────────────────────────────────────────────────────────────────────────────────────


def test_columns_that_are_never_published_are_gone_once_their_cells_are_checked(
    checked: Checked, cases: list[dict[str, str]]
) -> None:
    assert set(NEVER) <= set(cases[0])
    assert set(NEVER) & set(checked.tables["case"]) == set()
    assert set(COUNTS_ONLY) <= set(checked.tables["case"])
    for name, table in checked.tables.tables.items():
        never = {field.name for field in table.resource.schema.fields if field.publish == "never"}
        assert never & set(checked.tables[name]) == set()


def test_no_published_table_has_a_column_for_counts_only(checked: Checked, tables: PublishedTables) -> None:
    assert set(COUNTS_ONLY) <= set(checked.tables["case"])
    assert set(tables.frames) == set(checked.tables.tables)
    for name, resource in tables.resources.items():
        assert list(tables[name]) == [field.name for field in resource.schema.fields if field.publish == "public"]


# ── categories ───────────────────────────────────────────────────────────────────────────────────


def test_protected_categories_are_counted_before_and_in_no_count_after(
    counted: CaseCounted, published: CasePublished, disclosure: dict[str, str]
) -> None:
    protected = of(disclosure, "受保护")

    assert {name for name, found in categories(counted).items() if not found >= protected} == set()
    assert {
        name: found & protected for name, found in categories(published).items() if found & protected
    } == {}


def test_counts_only_categories_are_in_every_count_and_in_no_row(
    published: CasePublished, disclosure: dict[str, str]
) -> None:
    counts_only = of(disclosure, "数量公开")
    found = categories(published)

    assert found.pop("rows") == of(disclosure, "逐件公开")
    assert {name for name, names in found.items() if not names >= counts_only} == set()


def test_a_measure_never_holds_more_than_the_published_counts(
    counted: CaseCounted, published: CasePublished, scope: Scope
) -> None:
    top = scope.tree.tops[0]
    before, received = (
        case.tallies["area"].groupby("unit")["received"].sum()[top] for case in (counted, published)
    )

    assert before > received
    assert CASE.measure(published, scope).of(Unit("area", top)).tally.received == received


def test_a_category_of_an_unknown_disclosure_is_published_nowhere(
    checked: Checked, counted: CaseCounted, published: CasePublished
) -> None:
    assert "A01" in categories(published)["rows"]
    table = checked.tables.tables["case_category"]
    frame = checked.tables["case_category"].copy()
    frame.loc[frame["category_id"] == "A01", "disclosure"] = "另行规定"
    changed = Tables(
        checked.tables.package, {**checked.tables.tables, "case_category": replace(table, frame=frame)}
    )
    policy = protect.policy(changed, checked.subjects)

    assert {name for name, found in categories(CASE.protect(counted, policy)).items() if "A01" in found} == set()
    shown = packages.published(replace(checked, tables=changed, policy=policy)).tables["case"]
    assert "A01" not in set(shown["category_id"])


def test_published_rows_are_the_cases_of_itemised_categories_that_are_not_void(
    tables: PublishedTables, cases: list[dict[str, str]], disclosure: dict[str, str]
) -> None:
    expected = [
        row["case_id"] for row in cases if disclosure[row["category_id"]] == "逐件公开" and row["is_void"] == "否"
    ]

    assert tables["case"]["case_id"].tolist() == expected
    assert any(row["is_void"] == "是" for row in cases)


# ── the finished site ────────────────────────────────────────────────────────────────────────────


def text_of(path: Path) -> str:
    """Return the text of a file; Pagefind's are gzipped."""
    content = path.read_bytes()
    return html.unescape(
        (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode("utf-8", "replace")
    )


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All text of the finished site by path."""
    site = demo_site(tmp_path_factory.getbasetemp())
    return {path.relative_to(site).as_posix(): text_of(path) for path in sorted(site.rglob("*")) if path.is_file()}


def test_what_is_looked_for_would_be_found(package: Path, cases: list[dict[str, str]]) -> None:
    text = text_of(package / "case.csv")

    assert set(PERSONAL.findall(text)) == {row[name] for row in cases for name in NEVER}
    assert set(CASE_ID.findall(text)) == {row["case_id"] for row in cases}


def test_no_file_of_the_site_holds_what_a_resident_told(texts: dict[str, str]) -> None:
    assert len(texts) > 200
    assert {path: found[:3] for path, text in texts.items() if (found := PERSONAL.findall(text))} == {}


def test_the_cases_named_in_the_site_are_those_that_may_be_listed(
    texts: dict[str, str], cases: list[dict[str, str]], disclosure: dict[str, str]
) -> None:
    may_be = {
        row["case_id"] for row in cases if disclosure[row["category_id"]] == "逐件公开" and row["is_void"] == "否"
    }

    assert {found for text in texts.values() for found in CASE_ID.findall(text)} == may_be


def test_no_generated_page_counts_a_protected_category(texts: dict[str, str], package: Path) -> None:
    with (package / "case_category.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["disclosure"] == "受保护"]
    kinds = ("grid/", "area/", "branch/", "overdue/", "index.html")
    pages = {path: text for path, text in texts.items() if path.startswith(kinds)}

    assert len(names) == 3
    assert len(pages) > 100
    assert {(path, name) for path, text in pages.items() for name in names if name in text} == set()
