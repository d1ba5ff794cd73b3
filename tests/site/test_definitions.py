"""The page of definitions: what people wrote, and what the code computes, under the same anchor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from builder import measure
from builder.model import Definition, Ratio
from builder.site import definitions
from builder.subjects import SUBJECTS
from builder.subjects.duty.definitions import DEFINITIONS as DUTY
from builder.subjects.duty.tally import DutyTally


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
MEDIAN = Definition("median", "Median", "The middle.", "", "a paper", formula="half of them")
TABLE = ["| Figure | Kept \\| all |", "| --- | --- |", "| Formula | kept ones ÷ \\(kept ones \\+ broken ones\\) |",
         "| Left out | none |", "| Source | table \\*promise\\* |"]  # fmt: skip


def test_the_formula_stands_below_what_people_wrote_about_the_figure() -> None:
    page = definitions.page("# Figures\n\n## Kept {#kept}\n\nFor example.\n\n## Other {#other}\n\nText.\n", [KEPT], str)

    assert page.splitlines() == [
        "# Figures", "", "## Kept {#kept}", "", *TABLE, "", "", "For example.", "", "## Other {#other}", "", "Text.",
    ]  # fmt: skip


def test_a_figure_that_nobody_wrote_about_has_a_section_at_the_end() -> None:
    page = definitions.page("# Figures\n", [KEPT, MEDIAN], str)

    assert page.splitlines() == [
        "# Figures", "", "## Kept \\| all {#kept}", "", "**How many were kept\\.**", "", *TABLE,
        "", "## Median {#median}", "", "**The middle\\.**", "",
        "| Figure | Median |", "| --- | --- |", "| Formula | half of them |", "| Source | a paper |",
    ]  # fmt: skip


def test_a_ratio_is_computed_as_its_formula_says() -> None:
    assert KEPT.of(Tally()) == Ratio(3, 7)
    assert Definition("x", "", "", "", "", ("hidden",), ("kept", "hidden")).of(Tally()) == Ratio(0, 3)


@pytest.mark.parametrize("definition", DUTY, ids=lambda item: item.anchor)
def test_every_count_of_a_ratio_is_a_count_of_the_tally_and_has_a_name(definition: Definition) -> None:
    used = {*definition.numerator, *definition.denominator}

    assert used <= set(DutyTally.__dataclass_fields__)
    assert used <= set(definition.counts)


def test_every_definition_is_led_to_from_a_grid_and_stands_on_the_page_once(site: Path) -> None:
    page = (site / "metrics" / "index.html").read_text(encoding="utf-8")
    grid = next((site / "grid").glob("*/index.html")).read_text(encoding="utf-8")
    anchors = [item.anchor for item in measure.definitions(SUBJECTS)]

    assert [anchor for anchor in anchors if page.count(f'id="{anchor}"') != 1] == []
    assert [anchor for anchor in anchors if f'/metrics/#{anchor}"' not in grid] == []
