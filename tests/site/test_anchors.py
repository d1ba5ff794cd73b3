"""Anchors are names: a heading of a Chinese page without one would be `#_2`, which changes with the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.addresses import WRITTEN

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^#{1,6} .*\{#[a-z][\w-]*\}[ \t]*$")
PAGES = [ROOT / "docs" / f"{path.strip('/')}.md" for path in sorted(WRITTEN - {"dictionary/", "checks/", "verify/"})]
PAGES += sorted((ROOT / "tests" / "real" / "la311" / "docs").glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_every_heading_that_people_wrote_has_a_name(path: Path) -> None:
    lines = FENCED.sub("", path.read_text(encoding="utf-8")).splitlines()
    headings = [line for line in lines if re.match(r"#{1,6} ", line)]

    assert headings
    assert [line for line in headings if not NAMED.match(line)] == []


@pytest.mark.parametrize("path", sorted(WRITTEN))
def test_every_heading_of_a_hand_written_page_is_reached_by_a_name_of_its_own(path: str, site: Path) -> None:
    page = (site / path / "index.html").read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
    headings = re.findall(r"<h[1-6]([^>]*)>", page)
    names = [found[1] if (found := re.search(r'\bid="([^"]*)"', heading)) else "" for heading in headings]

    assert names
    assert [name for name in names if not re.fullmatch(r"[A-Za-z][\w-]*", name)] == []
    assert len(set(re.findall(r'\bid="([^"]*)"', page))) == len(re.findall(r'\bid="([^"]*)"', page))


def test_whoever_wants_to_report_something_can_call_with_one_tap_and_reads_what_happens_next(site: Path) -> None:
    page = (site / "about" / "index.html").read_text(encoding="utf-8")

    assert page.count('href="tel:12345"') == 1
    assert 'id="report"' in page
    assert page.index('id="report"') < page.index('id="report-next"')
    assert 'id="raise"' in page  # an old address


def test_the_page_of_data_says_of_every_key_in_which_file_it_is_found(site: Path) -> None:
    text = (site / "data" / "index.html").read_text(encoding="utf-8")
    page = text.partition('<h2 id="joins"')[2].partition("</section>")[0]
    cell = r"<small>(data/\S+)</small>"
    rows = re.findall(rf"{cell}<td><code>(\w+)</code><td>.*?{cell} <code>(\w+)</code>", page)

    assert ("data/case.csv", "grid_id", "data/grid.csv", "grid_id") in rows
    assert ("data/grid.csv", "area_id", "data/area.csv", "area_id") in rows
    assert len(rows) == len(set(rows)) > 10
    for file, column, target, key in rows:
        for path, name in ((file, column), (target, key)):
            header = (site / path).read_text(encoding="utf-8-sig").partition("\n")[0]
            assert name in header.strip().replace('"', "").split(",")
