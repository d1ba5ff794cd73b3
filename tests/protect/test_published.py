"""What may not be published is gone as early as it can be, and nowhere in the finished site."""

from __future__ import annotations

import csv
import gzip
import html
import re
from datetime import date
from pathlib import Path

import pytest
from builder.facts import CaseCounts, Counts

from builder import derive, load, protect, validate
from builder.model import Tables
from tests.packages import demo_package, demo_site, demo_tables

NEVER = ("summary", "petitioner", "phone", "address")
COUNTS_ONLY = ("petition_kind", "satisfaction", "is_void")

# how the demonstration writes each column that is never published (builder/demo/cases.py)
PERSONAL = re.compile(r"演示摘要:居民反映.+?问题;编号\d{8}|演示居民\d{4}|0517-0001\d{4}|演示路\d+号")
CASE_ID = re.compile(r"C\d{8}")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_package(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, date]:
    """Tables as the checks and all later stages see them, and as_of."""
    tables, _, day = demo_tables(tmp_path_factory.getbasetemp())
    return tables, day


@pytest.fixture(scope="session")
def counted(checked: tuple[Tables, date]) -> Counts:
    return derive.counts(*checked)


@pytest.fixture(scope="session")
def published(checked: tuple[Tables, date], counted: Counts) -> Counts:
    return protect.counts(counted, checked[0])


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


def case_of(counts: Counts) -> CaseCounts:
    assert counts.case is not None
    return counts.case


def categories(case: CaseCounts) -> dict[str, set[str]]:
    """Return the categories that each frame of counts still names."""
    levels = {"tallies": case.tallies, "days": case.days, "months": case.months}
    found = {
        f"{name}.{level}": set(frame["category_id"])
        for name, frames in levels.items()
        for level, frame in frames.items()
    }
    return found | {"rows": set(case.rows["category_id"])}


# ── columns ──────────────────────────────────────────────────────────────────────────────────────


def test_columns_that_are_never_published_are_gone_after_columns(package: Path) -> None:
    source = load.package(package)
    tables, _ = validate.tables(source, load.tables(source)[0])
    assert set(NEVER) <= set(tables["case"])
    kept = protect.columns(tables)

    assert set(NEVER) & set(kept["case"]) == set()
    assert set(COUNTS_ONLY) <= set(kept["case"])
    for name, table in kept.tables.items():
        assert {field.name for field in table.resource.schema.fields if field.publish == "never"} & set(
            kept[name]
        ) == set()


def test_no_published_table_has_a_column_for_counts_only(checked: tuple[Tables, date]) -> None:
    tables = protect.rows(checked[0])

    assert set(COUNTS_ONLY) <= set(checked[0]["case"])
    for name, table in tables.tables.items():
        public = [field.name for field in table.resource.schema.fields if field.publish == "public"]
        assert list(tables[name]) == public


# ── categories ───────────────────────────────────────────────────────────────────────────────────


def test_protected_categories_are_counted_before_and_in_no_count_after(
    counted: Counts, published: Counts, disclosure: dict[str, str]
) -> None:
    protected = of(disclosure, "受保护")

    assert {name for name, found in categories(case_of(counted)).items() if not found >= protected} == set()
    assert {
        name: found & protected for name, found in categories(case_of(published)).items() if found & protected
    } == {}


def test_counts_only_categories_are_in_every_count_and_in_no_row(published: Counts, disclosure: dict[str, str]) -> None:
    counts_only = of(disclosure, "数量公开")
    found = categories(case_of(published))

    assert found.pop("rows") == of(disclosure, "逐件公开")
    assert {name for name, names in found.items() if not names >= counts_only} == set()


def test_a_measure_never_holds_more_than_the_published_counts(counted: Counts, published: Counts) -> None:
    before, after = (derive.measures(counts).case for counts in (counted, published))
    assert before is not None
    assert after is not None
    top = counted.ancestry.tops[0]
    received = case_of(published).tallies["area"].query("unit == @top")["received"].sum()

    assert before.units["area"][top].tally.received > received
    assert after.units["area"][top].tally.received == received


def test_a_category_of_an_unknown_disclosure_is_published_nowhere(
    checked: tuple[Tables, date], counted: Counts
) -> None:
    tables = checked[0]
    frame = tables["case_category"].copy()
    assert "A01" in set(case_of(protect.counts(counted, tables)).rows["category_id"])
    frame.loc[frame["category_id"] == "A01", "disclosure"] = "另行规定"
    table = tables.tables["case_category"]
    changed = Tables(
        tables.package, {**tables.tables, "case_category": type(table)(table.resource, frame, table.parts)}
    )

    assert {
        name for name, found in categories(case_of(protect.counts(counted, changed))).items() if "A01" in found
    } == set()
    assert "A01" not in set(protect.rows(changed)["case"]["category_id"])


def test_published_rows_are_the_cases_of_itemised_categories_that_are_not_void(
    checked: tuple[Tables, date], cases: list[dict[str, str]], disclosure: dict[str, str]
) -> None:
    expected = [
        row["case_id"] for row in cases if disclosure[row["category_id"]] == "逐件公开" and row["is_void"] == "否"
    ]

    assert protect.rows(checked[0])["case"]["case_id"].tolist() == expected
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
