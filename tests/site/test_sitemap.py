"""The sitemap is valid, complete, in parts of at most 50,000 addresses, and dated from the data."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from builder.site import sitemap

URL = "https://mingge.example/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(path: Path, root: str, entry: str) -> list[str]:
    """Return the addresses of a sitemap or an index, which must be of the kind expected."""
    tree = ElementTree.parse(path).getroot()  # noqa: S314 - we wrote it
    assert tree.tag == NAMESPACE + root
    assert {child.tag for child in tree} <= {NAMESPACE + entry}
    return [child.findtext(f"{NAMESPACE}loc", "") for child in tree]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (49_999, [49_999]), (50_000, [50_000]), (50_001, [50_000, 1]), (100_001, [50_000, 50_000, 1])],
)
def test_no_part_has_more_than_50000_addresses_and_none_is_lost(count: int, sizes: list[int], tmp_path: Path) -> None:
    paths = [f"grid/{number:015d}/" for number in range(count)]
    sitemap.write(tmp_path, URL, paths, "2026-10-31")
    parts = locations(tmp_path / "sitemap.xml", "sitemapindex", "sitemap")
    found = [locations(tmp_path / part.removeprefix(URL), "urlset", "url") for part in parts]

    assert parts == [f"{URL}sitemap-{number}.xml" for number in range(1, len(sizes) + 1)]
    assert [len(part) for part in found] == sizes
    assert [address for part in found for address in part] == [URL + path for path in paths]


def test_every_address_has_the_day_of_the_data(tmp_path: Path) -> None:
    sitemap.write(tmp_path, URL, ["", "grid/1/"], "2026-10-31")
    tree = ElementTree.parse(tmp_path / "sitemap-1.xml").getroot()  # noqa: S314

    assert [child.findtext(f"{NAMESPACE}lastmod") for child in tree] == ["2026-10-31", "2026-10-31"]


def test_an_address_with_markup_characters_stays_valid(tmp_path: Path) -> None:
    sitemap.write(tmp_path, "https://mingge.example/a&b/", ["grid/<1>/"], "2026-10-31")

    assert locations(tmp_path / "sitemap-1.xml", "urlset", "url") == ["https://mingge.example/a&b/grid/<1>/"]


def test_robots_are_told_where_it_is(tmp_path: Path) -> None:
    sitemap.write(tmp_path, URL, [""], "2026-10-31")

    assert (tmp_path / "robots.txt").read_text(encoding="utf-8").splitlines() == [
        "User-agent: *", "Allow: /", f"Sitemap: {URL}sitemap.xml",
    ]  # fmt: skip


def test_a_site_without_an_address_has_no_sitemap(tmp_path: Path) -> None:
    sitemap.write(tmp_path, "", ["", "grid/1/"], "2026-10-31")

    assert list(tmp_path.iterdir()) == []
