"""The stylesheet of the tables says of each column what the table's head says: in no kind can they drift apart."""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder.language import translator
from builder.model import PageContext, TableColumn, TableKind
from builder.pages.late import LateLine
from builder.site import stylesheet
from tests.site.sample_blocks import children_kind
from tests.site.samples import (
    OVERDUE,
    PAGES,
    area_page,
    beat_page,
    coverage_page,
    grid_page,
    neighbours,
    rendered,
    sample_environment,
)

ENVIRONMENT = sample_environment()
PACKAGE = (children_kind(True), children_kind(False), neighbours().table, OVERDUE, coverage_page().matrix)
RULE = re.compile(r'^  \.mg-t-([a-z-]+) td:nth-child\((\d+)\)::before { content: "(.*)"; }$', re.MULTILINE)
MANY: Mapping[str, PageContext] = {
    **{f"{name}.html": page for name, page in PAGES.items()},
    "area.html of areas": area_page(are_grids=False),
    "area.html of another tree": beat_page(),
    "grid.html with little": replace(grid_page(), late=LateLine((), 0, "")),
}


class Tables(HTMLParser):
    """Reads each table: its kind, the titles of its head, and the number of cells in each row of body and foot."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str], list[int]]] = []
        self.place = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = re.search(r"mg-t-([a-z-]+)", dict(attrs).get("class") or "")
        if tag in ("table", "tfoot"):
            assert kind, (tag, attrs)
        if tag == "table" and kind:
            self.found.append((kind[1], [], []))
        elif tag in ("caption", "thead", "tbody", "tfoot"):
            self.place = tag
        elif tag == "tr" and self.place != "thead":
            self.found[-1][2].append(0)
        elif tag in ("td", "th") and self.place == "thead":
            self.found[-1][1].append("")
        elif tag in ("td", "th"):
            self.found[-1][2][-1] += 1

    def handle_endtag(self, tag: str) -> None:
        self.place = "" if tag == "table" else self.place

    def handle_data(self, data: str) -> None:
        if self.place == "thead" and self.found[-1][1]:
            self.found[-1][1][-1] += data.strip()


BY_PERIOD = {"case-quarter"}
"""Tables whose columns are periods, other ones in each package: no stylesheet can name them."""
BY_PAGE = {"map"}
"""Tables that hold another figure on each page: the head names it, the label beside a cell says “figure”."""

CONTENT = Path(__file__).parents[2] / "templates" / "theme" / "assets" / "stylesheets" / "content.css"
ACCENTS = {"--mg-red"}
"""The colour of the site itself: headings' rules, buttons. It says nothing about how anything stands."""


def reddish(colour: str) -> bool:
    """Return whether a colour #rrggbb has the hue of red, and more than a trace of it."""
    hue, _, saturation = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return (hue < 20 / 360 or hue > 340 / 360) and saturation > 0.15


def test_red_means_overdue_still_and_nothing_else() -> None:
    css = re.sub(r"/\*.*?\*/", "", CONTENT.read_text(encoding="utf-8"), flags=re.DOTALL)
    coloured = re.findall(r"(--mg-[a-z-]+): (#[0-9a-f]{6});", css)
    red = {name for name, colour in coloured if reddish(colour)}
    assert red == {"--mg-overdue", "--mg-overdue-bg", *ACCENTS}
    used = {
        found[1].strip()
        for found in re.finditer(r"([^{}]+)\{([^{}]*)\}", css)
        if re.search(r"var\(--mg-overdue", found[2]) or any(map(reddish, re.findall(r": (#[0-9a-f]{6})\b", found[2])))
    }
    schemes = {f'[data-md-color-scheme="{name}"]' for name in ("default", "slate")}
    assert used == {".mg-overdue", ".md-typeset :is(details, p).mg-alert", *schemes}


def test_what_was_finished_late_has_a_hollow_mark_in_the_colour_of_the_text() -> None:
    css = CONTENT.read_text(encoding="utf-8")
    marks = dict(re.findall(r'^\.mg-([a-z-]+)::before \{ content: "(.) "', css, re.MULTILINE))
    assert {name: marks[name] for name in ("late", "overdue")} == {"late": "\u25b3", "overdue": "\u25b2"}
    own = [found[2] for found in re.finditer(r"^([^{}@]*\.mg-late\b[^{}]*)\{([^{}]*)\}", css, re.MULTILINE)]
    colours = [colour for rule in own for colour in re.findall(r"(?<![-\w])color: ([^;]+);", rule)]
    assert colours == ["inherit"]


def said(css: str) -> dict[str, dict[int, str]]:
    """Return kind → place → label as the stylesheet says them."""
    found: dict[str, dict[int, str]] = {}
    for kind, place, label in RULE.findall(css):
        found.setdefault(kind, {})[int(place)] = unescaped(label)
    return found


def unescaped(label: str) -> str:
    return re.sub(r"\\([0-9a-f]{1,6}) ", lambda found: chr(int(found[1], 16)), label)


@pytest.fixture(scope="module")
def css() -> str:
    return stylesheet.text(ENVIRONMENT, PACKAGE)


@pytest.mark.parametrize(("name", "page"), MANY.items(), ids=MANY)
def test_every_column_of_every_table_is_labelled_with_the_title_of_its_head(
    name: str, page: PageContext, css: str
) -> None:
    labels = said(css)
    for kind, titles, rows in Tables(rendered(ENVIRONMENT, name.partition(".")[0], page)).found:
        assert kind in BY_PERIOD | BY_PAGE or labels[kind] == dict(enumerate(titles[1:], 2)), kind
        assert set(rows) <= {len(titles)}, kind


def test_every_kind_that_is_declared_is_seen_on_some_page(css: str) -> None:
    shown = {
        kind
        for name, page in MANY.items()
        for kind in re.findall(r"mg-t-([a-z-]+)", rendered(ENVIRONMENT, name.partition(".")[0], page))
    }
    assert shown == {*said(css), *BY_PERIOD}


def test_each_cell_of_a_table_by_period_says_its_period_itself() -> None:
    count = 0
    for name, page in MANY.items():
        html = rendered(ENVIRONMENT, name.partition(".")[0], page)
        for table in re.findall(r'mg-t-case-quarter">.*?</table>', html, re.DOTALL):
            head, _, body = table.partition("<tbody>")
            cells = re.findall(r"<th(?= |>)[^>]*>(.*?)(?=<th|</thead>|\Z)", head, re.DOTALL)
            titles = [re.sub(r"<[^>]*>", "", cell).strip() for cell in cells]
            lines = [re.findall(r'<td><small class="mg-when">(.*?)</small>', row) for row in body.split("<tr>")[1:]]
            assert lines
            assert {tuple(line) for line in lines} == {tuple(titles[1:])}
            count += 1
    assert count > 1


def test_no_two_kinds_have_one_name() -> None:
    names = Counter(kind.name for kind in (*stylesheet.kinds(ENVIRONMENT), *PACKAGE))
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) > 15


def test_a_column_holds_numbers_dates_or_text() -> None:
    found = {column.type for kind in (*stylesheet.kinds(ENVIRONMENT), *PACKAGE) for column in kind.columns}
    assert found == {"number", "date", "text"}


def test_labels_are_in_the_language_of_the_site() -> None:
    kinds = {kind.name: kind for kind in stylesheet.kinds(sample_environment(translator("zh")))}
    assert kinds["late"].columns == (
        TableColumn("事项", "text"), TableColumn("期限", "date"), TableColumn("状态", "text"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        'a "title"', "back\\slash", "</style><script>", "two\nlines", "</style>\\", "&amp; {{ x }} %(y)s", "*/ /*",
        "A1 face 3", "\u2028\u202e\0\r\f", "责任、完成(日期)", "0", "",
    ],
)  # fmt: skip
def test_a_title_cannot_break_out_of_its_string(title: str) -> None:
    kind = TableKind("hostile", (TableColumn("", "text"), TableColumn(title, "number")))
    css = stylesheet.text(ENVIRONMENT, [kind])
    assert said(css)["hostile"] == {2: title}
    assert not re.search(r'["<>&\n\r\f\0]|\\(?![0-9a-f]{1,6} )', stylesheet.css(title))


def test_the_same_kinds_give_the_same_text() -> None:
    assert stylesheet.text(sample_environment(), PACKAGE) == stylesheet.text(sample_environment(), PACKAGE[::-1])
