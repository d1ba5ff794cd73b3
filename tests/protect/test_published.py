"""What may not be published is gone as early as it can be, and nowhere in the finished site.

The wall is a folder: a private package goes in, and the site is built from what intake lets out. What is counted of a
private package would not get through `protect` either, and that is held here too.
"""

from __future__ import annotations

import csv
import gzip
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from builder import load, protect
from builder.model import PublishedTables, Scope, Tables, Unit
from builder.pipeline import Checked
from builder.subjects.case import CASE
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.protect import CasePublished
from tests import packages
from tests.packages import demo_package, demo_private, demo_raw, demo_site, taken_in

NEVER = ("summary", "petitioner", "phone", "address")
COUNTS_ONLY = ("petition_kind", "satisfaction", "is_void")

# how the demonstration writes each column that is never published (builder/subjects/case/demo.py)
PERSONAL = re.compile(r"演示摘要:居民反映.+?问题;编号\d{8}|演示居民\d{4}|0517-0001\d{4}|演示路\d+号")
OWN_ID = re.compile(r"C\d{8}")
PUBLIC_ID = re.compile(r"\d{15}-\d{8}-\d+")


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is exported, with columns that nobody publishes."""
    return demo_raw(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public package that the site is built from."""
    return demo_package(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The private package as the checks see it."""
    return packages.checked(demo_private(tmp_path_factory.getbasetemp()))


@pytest.fixture(scope="session")
def tables(checked: Checked) -> PublishedTables:
    """What of the private tables may be published."""
    return protect.tables(checked.tables, checked.policy, checked.subjects)


@pytest.fixture(scope="session")
def scope(checked: Checked) -> Scope:
    return packages.counted(checked).scope


@pytest.fixture(scope="session")
def counted(checked: Checked, scope: Scope) -> CaseCounted:
    return CASE.count(checked.tables, scope)


@pytest.fixture(scope="session")
def published(checked: Checked, counted: CaseCounted) -> CasePublished:
    return CASE.protect(counted, checked.policy)


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def cases(raw: Path) -> list[dict[str, str]]:
    """The rows of case.csv as they were exported."""
    return read(raw / "case.csv")


@pytest.fixture(scope="session")
def listed(package: Path) -> list[dict[str, str]]:
    """The rows of case.csv that anybody may have."""
    return read(package / "case.csv")


@pytest.fixture(scope="session")
def disclosure(raw: Path) -> dict[str, str]:
    """category_id → 逐件公开, 数量公开 or 受保护."""
    return {row["category_id"]: row["disclosure"] for row in read(raw / "case_category.csv")}


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
    raw: Path, cases: list[dict[str, str]]
) -> None:
    exported = packages.checked(raw, is_raw=True)

    assert set(NEVER) <= set(cases[0])
    assert set(COUNTS_ONLY) <= set(exported.tables["case"])
    for name, table in exported.tables.tables.items():
        never = {field.name for field in table.resource.schema.fields if field.publish == "never"}
        assert never & set(exported.tables[name]) == set()


def test_what_nobody_publishes_changes_nothing_of_the_public_package(raw: Path, package: Path, tmp_path: Path) -> None:
    again = packages.locked(taken_in(packages.checked(raw, is_raw=True), tmp_path / "public"))
    names = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}

    assert {path.relative_to(again) for path in again.rglob("*") if path.is_file()} == names
    assert [name for name in names if (again / name).read_bytes() != (package / name).read_bytes()] == []


def test_the_public_package_has_the_columns_that_are_public_and_no_other(package: Path) -> None:
    found = load.package(package, [])

    assert found.settings.unwanted == ("never", "counts")
    for resource in found.resources.values():
        if resource.name == "waivers":
            continue  # reviewers read it in the repository; no site has it
        with resource.paths[0].open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [item.name for item in resource.schema.fields if item.publish == "public"]


def test_no_published_table_has_a_column_for_counts_only(checked: Checked, tables: PublishedTables) -> None:
    assert set(COUNTS_ONLY) <= set(checked.tables["case"])
    assert set(tables.frames) == set(checked.tables.tables)
    for name, resource in tables.resources.items():
        assert list(tables[name]) == [field.name for field in resource.schema.fields if field.publish == "public"]


# ── categories ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", ["受保护", "数量公开"])
def test_categories_that_are_not_listed_are_counted_before_and_in_no_count_after(
    level: str, counted: CaseCounted, published: CasePublished, disclosure: dict[str, str]
) -> None:
    hidden = of(disclosure, level)

    assert {name for name, found in categories(counted).items() if not found >= hidden} == set()
    assert {name: found & hidden for name, found in categories(published).items() if found & hidden} == {}


def test_every_count_and_every_row_is_of_a_category_that_is_listed(
    published: CasePublished, disclosure: dict[str, str]
) -> None:
    assert {frozenset(names) for names in categories(published).values()} == {frozenset(of(disclosure, "逐件公开"))}


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


def may_be_listed(cases: list[dict[str, str]], disclosure: dict[str, str]) -> list[dict[str, str]]:
    return [row for row in cases if disclosure[row["category_id"]] == "逐件公开" and row["is_void"] == "否"]


def test_published_rows_are_the_cases_of_itemised_categories_that_are_not_void(
    tables: PublishedTables, cases: list[dict[str, str]], disclosure: dict[str, str]
) -> None:
    expected = may_be_listed(cases, disclosure)

    assert tables["case"]["case_id"].tolist() == [row["case_id"] for row in expected]
    assert any(row["is_void"] == "是" for row in cases)


def test_the_public_package_lists_these_cases_as_they_were_but_for_their_numbers(
    cases: list[dict[str, str]], listed: list[dict[str, str]], disclosure: dict[str, str]
) -> None:
    said = [name for name in listed[0] if name != "case_id"]
    expected = [tuple(row[name] for name in said) for row in may_be_listed(cases, disclosure)]

    assert len(said) == len(cases[0]) - len({*NEVER, *COUNTS_ONLY, "case_id"})
    assert sorted(tuple(row[name] for name in said) for row in listed) == sorted(expected)


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


def test_what_is_looked_for_would_be_found(raw: Path, cases: list[dict[str, str]]) -> None:
    text = text_of(raw / "case.csv")

    assert set(PERSONAL.findall(text)) == {row[name] for row in cases for name in NEVER}
    assert set(OWN_ID.findall(text)) == {row["case_id"] for row in cases}


def test_no_file_of_the_package_or_of_the_site_holds_what_a_resident_told(texts: dict[str, str], package: Path) -> None:
    files = {path.name: text_of(path) for path in package.rglob("*") if path.is_file()}

    assert len(texts) > 200
    assert {
        path: found[:3] for path, text in {**texts, **files}.items() if (found := PERSONAL.findall(text))
    } == {}


def test_the_cases_named_in_the_site_are_those_that_may_be_listed_under_other_numbers(
    texts: dict[str, str], cases: list[dict[str, str]], listed: list[dict[str, str]]
) -> None:
    own = {row["case_id"] for row in cases}
    known = {row["case_id"] for row in listed}
    questions = {found for path, text in texts.items() if "feedback" in path for found in PUBLIC_ID.findall(text)}

    assert {found for text in texts.values() for found in PUBLIC_ID.findall(text)} >= known
    assert {found for text in texts.values() for found in PUBLIC_ID.findall(text)} - known <= questions
    # the examples of right and wrong on checks/ are the program's own
    pages = [text for path, text in texts.items() if not path.startswith("checks/") and '"url":"/checks/' not in text]
    assert {found for text in pages for found in OWN_ID.findall(text)} & own == set()


def test_no_page_of_a_grid_or_a_branch_counts_a_protected_category(texts: dict[str, str], raw: Path) -> None:
    rows = read(raw / "case_category.csv")
    names = [row["name"] for row in rows if row["disclosure"] == "受保护"]
    pages = {path: text for path, text in texts.items() if path.startswith(("grid/", "branch/", "overdue/", "index"))}
    areas = {path: text for path, text in texts.items() if path.startswith("area/")}

    assert len(names) == 3
    assert len(pages) > 100
    # within how many days each kind of matter is answered is told of all of them
    limits = re.compile(r'<ul class="mg-pledges">.*?</ul>', re.DOTALL)
    counted = {path: limits.sub("", text) for path, text in pages.items()}
    assert {(path, name) for path, text in counted.items() for name in names if name in text} == set()
    # where they are counted by quarter or year, they are named
    assert {name for text in areas.values() for name in names if name in text} == set(names)
