"""A package that does not record when a case was resolved says of cases what it knows: how they were responded to."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from builder.subjects.case.facts import CaseFacts
from tests.packages import ONE_COMMUNITY, build, checked, csv, facts, write_package

GRID = "990001001001001"
CASES = 45
COUNTS = {"received": CASES, "respond_kept": 30, "respond_due": CASES}
RESOLVING = re.compile("办结|逾期|解决|满意|中位|[Rr]esolved|[Oo]utcome|[Oo]verdue")
EXPLAINED = "这里没有记录办结日期，所以没有相应的数字。"


def days(number: int) -> str:
    """Return when a case was received and responded to: every third a day too late."""
    return f"2026-09-{number % 28 + 1:02d},2026-{'10-05' if number % 3 == 0 else f'09-{number % 28 + 2:02d}'}"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [f"C{n:06d},{GRID},A01,{'网格巡查' if n % 2 else '12345热线'},{days(n)},否" for n in range(CASES)]
    tables = {
        "area": ONE_COMMUNITY,
        "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
        "case_category": csv(
            "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
            ["A01,路灯,公共,逐件公开,1,5,自然日"],
        ),
        "case": csv("case_id,grid_id,category_id,channel,received_date,responded_date,is_void", rows),
    }
    return write_package(tmp_path_factory.mktemp("unresolved") / "package", tables)


@pytest.fixture(scope="module")
def site(package: Path) -> Path:
    build(package, package.parent / "site")
    return package.parent / "site"


def case_section(page: Path) -> str:
    """Return the words of a page's section of cases, save the sentence that says why there are no more."""
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<section class="mg-section" aria-labelledby="case">.*?</section>', text, re.DOTALL)
    assert found is not None
    assert EXPLAINED in found[0] or page.parent.name == "records"
    return html.unescape(re.sub(r"<[^>]*>", " ", found[0])).replace(EXPLAINED, "")


def test_counts_ask_for_nothing_that_is_not_recorded(package: Path) -> None:
    case = facts(checked(package)).parts["case"]
    assert isinstance(case, CaseFacts)
    tally = case.units["grid"][GRID].tally

    assert not case.resolves
    assert (tally.received, tally.response) == (CASES, (30, CASES))
    assert (tally.open, tally.overdue, tally.on_time, tally.resolution) == (0, 0, (0, 0), (0, 0))
    assert case.late == ()


def test_pages_show_what_was_received_and_responded_to_and_nothing_else(site: Path) -> None:
    pages = [site / "grid" / GRID, site / "grid" / GRID / "records", *sorted((site / "area").glob("9*"))]
    words = {page.name: case_section(page / "index.html") for page in pages}

    assert len(words) == 5
    assert [(name, found) for name, text in words.items() if (found := RESOLVING.findall(text))] == []
    for name in set(words) - {"records"}:
        assert "30/45" in words[name].replace(" ", "")


def test_nothing_can_be_overdue_so_there_is_no_page_of_it(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")

    assert not (site / "overdue").exists()
    assert RESOLVING.findall(re.sub(r"<[^>]*>", " ", home.partition("<article")[2])) == []


def test_data_for_programs_has_the_same_figures(site: Path) -> None:
    found = json.loads((site / "grid" / GRID / "data.json").read_text(encoding="utf-8"))["case"]

    assert {name: value for name, value in found.items() if isinstance(value, int) and name in COUNTS} == COUNTS
    assert set(found) == {*COUNTS, "is_partial", "categories", "months"}
    assert found["categories"] == [{"category_id": "A01", "name": "路灯", "group": "公共", **COUNTS}]
    assert found["months"][-2:] == [
        {"month": "2026-09", "received": CASES, "year_before": None},
        {"month": "2026-10", "received": 0, "year_before": None},
    ]
