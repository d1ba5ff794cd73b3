"""Every figure that the site shows is defined, in one place, and every definition is of a figure that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder import measure
from builder.model import Definition, Ratio
from builder.site import definitions
from builder.subjects import SUBJECTS
from tests.site.links import Page

ROOT = Path(__file__).parents[2]
ANCHORS = {item.anchor for item in measure.definitions(SUBJECTS)}
GENERAL = {"common", "period", "deadlines", "case-limits", "data-json"}
"""Sections of docs/metrics.md that say how all figures are counted, and define none."""

LED_TO = re.compile(r"(?:^|/)metrics/#([\w-]+)$")


@dataclass
class Tally:
    """Some counts; `hidden` may not be published."""

    kept: int = 3
    broken: int = 4
    hidden: int | None = None


KEPT = Definition(
    anchor="kept", name="Kept | all", meaning="How many were kept.", exclusions="none", source="table *promise*",
    numerator=("kept",), denominator=("kept", "broken"), counts={"kept": "kept ones", "broken": "broken ones"},
)  # fmt: skip
BROKEN = Definition("broken", "Broken", "How many.", "", "", ("broken",), counts={"broken": "broken ones"})
MEDIAN = Definition("median", "Median", "The middle.", "", "a paper", formula="half of them")
TABLE = ["| Figure | Kept \\| all |", "| --- | --- |", "| Formula | kept ones ÷ \\(kept ones \\+ broken ones\\) |",
         "| Left out | none |", "| Source | table \\*promise\\* |"]  # fmt: skip


# ── the page of definitions ───────────────────────────────────────────────────────────────────────


def test_the_formula_stands_below_what_people_wrote_about_the_figure() -> None:
    page = definitions.page("# Figures\n\n## Kept {#kept}\n\nFor example.\n\n## Other {#other}\n\nText.\n", [KEPT], str)

    assert page.splitlines() == [
        "# Figures", "", "## Kept {#kept}", "", *TABLE, "", "", "For example.", "", "## Other {#other}", "", "Text.",
    ]  # fmt: skip


def test_a_figure_that_nobody_wrote_about_has_a_section_at_the_end() -> None:
    page = definitions.page("# Figures\n", [KEPT, MEDIAN, BROKEN], str)

    assert page.splitlines() == [
        "# Figures", "", "## Kept \\| all {#kept}", "", "**How many were kept\\.**", "", *TABLE,
        "", "## Median {#median}", "", "**The middle\\.**", "",
        "| Figure | Median |", "| --- | --- |", "| Formula | half of them |", "| Source | a paper |",
        "", "## Broken {#broken}", "", "**How many\\.**", "",
        "| Figure | Broken |", "| --- | --- |", "| Formula | broken ones |",
    ]  # fmt: skip


def test_a_ratio_is_computed_as_its_formula_says_and_a_number_is_a_part_of_nothing() -> None:
    assert KEPT.of(Tally()) == Ratio(3, 7)
    assert BROKEN.of(Tally()) == Ratio(4, -1)
    assert Definition("x", "", "", "", "", ("hidden",), ("kept", "hidden")).of(Tally()) == Ratio(0, 3)


def test_what_people_wrote_is_about_the_figures_and_about_each_of_them() -> None:
    written = re.findall(r"^##+ .*\{#([\w-]+)\}", (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8"), re.M)

    assert sorted(written) == sorted(ANCHORS | GENERAL)


def test_every_definition_says_what_is_counted_what_is_left_out_and_from_where() -> None:
    for item in measure.definitions(SUBJECTS):
        assert all((item.name, item.meaning, item.exclusions, item.source)), item.anchor
        assert bool(item.formula) != bool(item.numerator), item.anchor
        assert {*item.numerator, *item.denominator} <= set(item.counts), item.anchor


# ── figures on pages ──────────────────────────────────────────────────────────────────────────────


class Figures(HTMLParser):
    """The figures of a page that lead to no definition: terms of lists of figures, and charts.

    A term leads there itself, or the fold of its section that says how figures are counted does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.begun: list[tuple[str, str]] = []
        self.lacking: list[str] = []
        self.waiting: list[str] = []
        self.is_told = self.is_led = self.is_how = False
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        kind = values.get("class", "").split()
        if tag == "dl":
            self.inside = [tag] if "mg-facts" in kind else []
        if (tag == "dt" and self.inside) or (tag == "figure" and "mg-chart" in kind):
            self.is_led, self.count = False, self.count + 1
        if tag == "details":
            self.is_how = "mg-how" in kind
        led = LED_TO.search(values.get("href", ""))
        self.is_led |= bool(led and led[1] in ANCHORS)
        self.is_told |= bool(led and led[1] in ANCHORS and self.is_how)

    def handle_endtag(self, tag: str) -> None:
        if (tag == "dt" and self.inside) or tag == "figure":
            self.waiting += [] if self.is_led else [f"{tag} before {self.getpos()}"]
        if tag in ("section", "main"):
            self.lacking += [] if self.is_told else self.waiting
            self.waiting, self.is_told = [], False
        if tag == "details":
            self.is_how = False
        if tag == "dl":
            self.inside = []


def shown(site: Path) -> list[Path]:
    """Return pages of every kind: all that lie high, and a few of those that are many."""
    many = [path for folder in ("grid", "branch", "area", "overdue", "assessment")
            for path in sorted(site.glob(f"{folder}/*/**/index.html"))[:40]]  # fmt: skip
    return [*sorted(site.glob("index.html")), *sorted(site.glob("*/index.html")), *many]


def test_every_figure_and_every_chart_of_a_page_leads_to_its_definition(site: Path) -> None:
    lacking, count = {}, 0
    for path in shown(site):
        figures = Figures()
        figures.feed(path.read_text(encoding="utf-8"))
        count += figures.count
        if figures.lacking:
            lacking[str(path.relative_to(site))] = figures.lacking

    assert lacking == {}
    assert count > 500


FEEDBACK = ROOT / "templates" / "blocks" / "feedback.html"
SCARCE = {"feedback-satisfaction", "feedback-follow-up"}
"""Figures of ratings, of which a package this small has too few in any quarter; their block leads to them."""


def test_every_definition_is_led_to_from_a_page_and_every_such_link_leads_to_one(
    site: Path, html: dict[str, Page]
) -> None:
    page = (site / "metrics" / "index.html").read_text(encoding="utf-8")
    led = {found[1] for path, item in html.items() if not path.startswith("metrics/")
           for link in item.links if (found := LED_TO.search(link))}  # fmt: skip

    assert sorted(ANCHORS - led - SCARCE) == []
    assert [name for name in SCARCE if f'"{name}"' not in FEEDBACK.read_text(encoding="utf-8")] == []
    assert sorted(led - ANCHORS - GENERAL) == []
    assert [anchor for anchor in sorted(ANCHORS) if page.count(f'id="{anchor}"') != 1] == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("t*/*.html")), ids=lambda path: path.stem)
def test_every_column_of_numbers_is_defined(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title = r'_\("[^"]*"\)|(?:label|noun|period_words)\([^()]*\)'
    columns = re.findall(rf'\(({title}), "number", "([^"]*)"\)', text)

    assert len(columns) == text.count('"number"'), "a column is written in another form"
    # the figure of a map is another one on each page, which says what it means
    assert [title for title, anchor in columns if anchor not in ANCHORS and title != '_("Figure")'] == []
