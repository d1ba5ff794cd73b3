"""Every total of what is overdue can be reached by adding what a page shows: tried on the finished pages alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from builder.language import translator

SHARED = re.compile(r"overdue/by-branch/$")


@dataclass
class Shown(HTMLParser):
    """What one page shows: `tables`, each its kind and rows, `headings` with their level, `folds` and `links`.

    A row is the words of its cells; `links` are addresses from the site's root with the words that lead there.
    """

    path: str
    tables: list[tuple[str, list[list[str]], list[list[str]]]] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.part, self.is_link = "", False

    @property
    def rows(self) -> list[list[str]]:
        """The rows of the part of a table that is being read."""
        _, body, foot = self.tables[-1]
        return foot if self.part == "tfoot" else body

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "table":
            kind = re.search(r"mg-t-([a-z-]+)", values.get("class") or "")
            self.tables.append((kind[1] if kind else "", [], []))
        if tag in ("thead", "tbody", "tfoot"):
            self.part = tag
        if tag == "tr" and self.part != "thead":
            self.rows.append([])
        if tag in ("td", "th") and self.part in ("tbody", "tfoot"):
            self.rows[-1].append("")
        if tag in ("h1", "h2", "summary", "a"):
            self.words.append((tag, ""))
        if tag == "a":
            self.is_link = True
            self.links.append((urljoin(self.path, values.get("href") or ""), ""))

    def handle_endtag(self, tag: str) -> None:
        self.part = "" if tag == "table" else self.part
        self.is_link &= tag != "a"
        if tag in ("h1", "h2", "summary", "p"):
            self.words.append(("", ""))

    def handle_data(self, data: str) -> None:
        if self.part in ("tbody", "tfoot") and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        if self.words:
            self.words[-1] = (self.words[-1][0], self.words[-1][1] + data)
        if self.links and self.is_link:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)

    def of(self, kind: str) -> tuple[list[list[str]], list[list[str]]]:
        """Return the rows and the foot of all tables of a kind."""
        found = [table for table in self.tables if table[0] == kind]
        return [row for _, rows, _ in found for row in rows], [row for *_, foot in found for row in foot]

    def heads(self, tag: str) -> list[int]:
        """Return the numbers that the headings end in."""
        text = "".join(f"<{name}>{words}" for name, words in self.words)
        parts = re.findall(rf"<{tag}>(.*?)(?=<>)", re.sub(r"<a>", "", text), re.DOTALL)
        return [int(found[0].replace(",", "")) for part in parts if (found := re.findall(r"· ([\d,]+)\s*$", part))]


    def folds(self) -> list[int]:
        """Return the numbers that the folds of places say: how much is overdue in each."""
        text = "".join(f"<{name}>{words}" for name, words in self.words)
        found = re.findall(r"<summary>([^<]*?· [\d,]+) 最久", text)
        return [number(words) for words in found]


def number(text: str) -> int:
    found = re.findall(r"\d+", text.replace(",", ""))
    return int(found[-1]) if found else 0


def read(site: Path, path: str) -> Shown:
    page = Shown(path)
    page.feed((site / path / "index.html").read_text(encoding="utf-8"))
    page.close()
    return page


def overdue_column(site: Path, path: str, kind: str) -> int:
    """Return the place of the column of what is overdue, found by its title."""
    text = (site / path / "index.html").read_text(encoding="utf-8")
    head = text.partition(f"mg-t-{kind}")[2].partition("</tr>")[0].partition("<tbody>")[0]
    titles = [re.sub(r"<[^>]*>", "", title).strip() for title in re.split(r"<th(?=[ >])[^>]*>", head)[1:]]
    return titles.index(translator("zh")("Overdue"))


def add(rows: list[list[str]]) -> list[int]:
    return [sum(number(row[at]) for row in rows) for at in range(1, len(rows[0]))]


@pytest.fixture(scope="module")
def overdue(site: Path) -> Shown:
    return read(site, "overdue/")


def test_the_rows_of_the_page_of_what_is_overdue_add_up_to_what_it_says(overdue: Shown) -> None:
    (areas, branches), feet = split(overdue), overdue.of("overdue")[1]
    assert len(areas) > 2
    assert add(areas) == add(branches) == add(feet[:1]) == add(feet[1:])
    assert overdue.heads("h1") == [add(areas)[-1]]
    for row in (*areas, *branches):
        assert sum(map(number, row[1:-1])) == number(row[-1])


def split(page: Shown) -> list[list[list[str]]]:
    return [rows for kind, rows, _ in page.tables if kind == "overdue"]


def test_each_list_has_as_many_rows_as_the_page_above_it_says(site: Path, overdue: Shown) -> None:
    said = [row for rows in split(overdue) for row in rows]
    lists = {words: path for path, words in overdue.links if re.fullmatch(r"overdue/[^#]+/", path)}
    assert len(said) > 5
    for row in said:
        path = lists[row[0]]
        page = read(site, path)
        rows, _ = page.of("late-all")
        assert len(rows) == number(row[-1]) == page.heads("h1")[0]
        assert len(rows) == sum(page.folds())
        for cells in rows:
            what, who, since, late, why = cells
            assert what.strip()
            assert who.strip()
            assert re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", since)
            assert number(late) > 0
            assert why.strip() not in ("", "—")


def test_what_is_overdue_longest_comes_first_in_every_place(site: Path) -> None:
    for file in sorted(site.glob("overdue/**/index.html")):
        page = read(site, file.parent.relative_to(site).as_posix() + "/")
        tables = [[number(row[3]) for row in rows] for kind, rows, _ in page.tables if kind == "late-all"]
        assert [days for table in tables for days in table] or page.path == "overdue/"
        assert tables == [sorted(days, reverse=True) for days in tables]
        if tables:
            assert tables[0][0] == max(days[0] for days in tables)


def test_the_tiles_of_the_home_page_and_what_it_says_is_in_none_of_them_are_its_total(site: Path) -> None:
    page, total = read(site, ""), read(site, "overdue/").heads("h1")[0]
    tiles = Counter(path for path, words in page.links if re.fullmatch(r"area/\d+/", path) and "逾期" in words)
    shown = {path: number(words) for path, words in page.links if path in tiles}
    rest = [number(words) for path, words in page.links if SHARED.search(path) and "项由" in words]
    assert (sum(shown.values()) + sum(rest), len(rest)) == (total, 1)


@pytest.mark.parametrize("path", ["", "overdue/"])
def test_beside_a_total_what_branches_carry_is_said_to_be_a_part_of_it(site: Path, path: str) -> None:
    (words,) = [words for where, words in read(site, path).links if SHARED.search(where) and "项由" in words]
    assert words.startswith("其中")


def test_the_overdue_of_an_area_is_that_of_its_children_and_of_its_list(site: Path) -> None:
    total, pages = read(site, "overdue/").heads("h1")[0], sorted(site.glob("area/*/index.html"))
    assert len(pages) > 5
    for file in pages:
        path = f"area/{file.parent.name}/"
        page = read(site, path)
        kind = next(kind for kind, *_ in page.tables if kind in ("areas", "grids"))
        at, (rows, feet) = overdue_column(site, path, kind), next((r, f) for k, r, f in page.tables if k == kind)
        own = sum(number(row[at]) for row in rows)
        assert [number(foot[at]) for foot in feet] == ([own] if len(rows) > 1 else [])
        alert = re.compile(r"\s*逾期\s+[^\s\d]")
        alerts = [number(part) for where, words in page.links if where.startswith("overdue/") and alert.match(words)
                  for part in re.sub(r"\(.*?\)", "", words).split("·")]  # fmt: skip
        assert sum(alerts) == own
        rest = [number(words) for where, words in page.links if SHARED.search(where) and "项由" in words]
        assert own + sum(rest) == total if len(file.parent.name) == 6 else not rest
        if len(file.parent.name) == 9:
            assert len(read(site, f"overdue/{file.parent.name}/").of("late-all")[0]) == own


def test_what_a_grid_says_is_overdue_stands_in_the_list_that_it_leads_to(site: Path) -> None:
    seen = 0
    for file in sorted(site.glob("grid/*/index.html")):
        code = file.parent.name
        page = read(site, f"grid/{code}/")
        where = {path for path, _ in page.links if path.startswith(f"overdue/{code[:9]}/#grid-{code}")}
        for path in where:
            seen += 1
            text = (site / path.partition("#")[0] / "index.html").read_text(encoding="utf-8")
            fold = text.partition(f'id="grid-{code}"')[2].partition("</details>")[0]
            count = re.search(r"<b>([\d,]+)</b>", fold)
            assert count
            assert fold.count("mg-overdue") == number(count[1])
            community = read(site, f"area/{code[:12]}/")
            rows, _ = community.of("grids")
            at = overdue_column(site, f"area/{code[:12]}/", "grids")
            (row,) = [row for row in rows if code in row[0]]
            assert number(row[at]) == number(count[1])
    assert seen


def test_a_score_says_in_both_places_how_many_lines_add_up_to_it(site: Path) -> None:
    seen = 0
    for file in sorted(site.glob("grid/*/index.html")):
        text = re.sub(r"<[^>]*>", "", file.read_text(encoding="utf-8"))
        said, worked = set(re.findall(r"(\d+) 项相加(?!的)", text)), set(re.findall(r"(\d+) 项相加的算式", text))
        assert not said or worked in (said, set()), file
        seen += bool(said and worked)
    assert seen
