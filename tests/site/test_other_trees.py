"""A site with trees beside the main one, built whole: its pages are there, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import packages
from tests.site.addresses import URL, files
from tests.site.links import broken, pages
from tests.two_trees import AREAS, two_trees


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trees")
    two_trees(packages.demo_package(tmp_path_factory.getbasetemp()), folder / "package", seed=1)
    packages.build(folder / "package", folder / "site")
    return folder / "site"


def text(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_every_link_leads_somewhere(site: Path) -> None:
    assert broken(pages(site), set(files(site)), URL) == []


def test_every_area_of_another_tree_has_its_page_and_stands_in_the_sitemap(site: Path) -> None:
    assert {code for code in AREAS if (site / "area" / code / "index.html").is_file()} == set(AREAS)
    sitemap = (site / "sitemap-1.xml").read_text(encoding="utf-8")
    assert {code for code in AREAS if f"/area/{code}/</loc>" in sitemap} == set(AREAS)


def test_a_page_of_another_tree_says_so_and_links_no_list_of_what_is_overdue(site: Path) -> None:
    page = text(site, "area/P1")

    assert 'href="../../overdue/P1' not in page
    (said,) = re.findall(r'<p class="mg-left-out">(警务区.*?)</p>', page)
    assert "值班安排、党务公开、考核评价、经费收支、共驻共建" in said
    assert '<p class="mg-left-out">警务区' not in text(site, "area/990001")


def test_the_home_page_and_a_grid_link_the_areas_of_other_trees(site: Path) -> None:
    home, grid = text(site, ""), text(site, "grid/990001001001002")

    assert re.findall(r'<h2 id="tree-\d">(.*?)</h2>', home) == ["警务区", "河长片区"]
    assert re.findall(r'<a href="(?:\./)?area/([PR]\d+)/"', home) == ["P1", "P2", "R1"]
    assert re.findall(r'<a href="../../area/([PR]\d+)/">', grid) == ["P1", "P12", "R1"]
