"""Blocks lose nothing: what a block knows is on the page, or on the page of records that it leads to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from builder.model import Block, Link, Ratio
from tests.site.links import Page
from tests.site.sample_blocks import BLOCKS
from tests.site.samples import grid_page, rendered, sample_environment

ENVIRONMENT = sample_environment()

SILENT = {
    # codes and switches that decide how something is said
    "is_whole", "is_one", "is_partial", "are_tested", "is_untested", "resolves", "only_late", "below", "shows_branch",
    "is_closed", "is_late", "is_veto", "is_vetoed", "is_uncounted", "is_withheld", "agrees", "agreed", "itemised",
    "kind", "status", "photo", "path", "anchor", "late_stage", "more", "overdue_path", "item_id", "grid_id",
    "branch_id", "match_area", "method", "withheld",
    # said by a ratio, by a sum, or by the number of rows
    "respond_kept", "respond_due", "resolve_kept", "resolve_due", "outcome_resolved", "outcome_recorded", "reply_kept",
    "reply_late", "reply_missing", "replied", "changed", "possible", "unmatched", "unfinished", "followed_up",
    "favourable", "unfavourable", "row_count", "start_date", "end_date", "direction", "stage",
    # of a shift its hour
    "end",
    # columns that stand only where the package has them, and the samples have no package (tests/site/test_absent.py)
    "contact_post", "work_phone",
    # of rows whose text is on the page already
    "headline", "evidence_url", "formula", "shown", "total", "days", "days_late",
    # amounts in cents stand as text in yuan; shapes of pictures
    "budget", "contract", "paid", "opening", "income", "spending", "balance", "chart",
}
"""Fields that are not words or numbers of the page."""


def told(value: Any, name: str = "") -> Iterator[str]:
    """Yield every word and every number that a value holds for people to read."""
    if name in SILENT or value is None or isinstance(value, bool | Enum):
        return
    if isinstance(value, Link):
        yield value.label
    elif isinstance(value, Ratio):
        if value.denominator > 0:
            yield f"{value.numerator}/{value.denominator}"
    elif isinstance(value, str):
        yield from (line for line in value.splitlines() if line)
    elif isinstance(value, int):
        yield str(value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from told(getattr(value, field.name), field.name)
    elif hasattr(value, "_fields"):
        for key, item in zip(value._fields, value, strict=True):
            yield from told(item, key)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from told(item, name)


def text(block: Block) -> str:
    """Return the words of a block's page, tags left out."""
    page = rendered(ENVIRONMENT, "grid", replace(grid_page(), blocks=(block,)))
    return html.unescape(re.sub(r"<[^>]*>", "", page))


ELSEWHERE = {"case_records.html", "assessment_area.html"}
"""The samples have no columns of a package (see tests/subjects/test_rows.py); a band of ballots is said in words."""


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - ELSEWHERE))
def test_what_a_block_knows_is_on_the_page_where_no_other_page_lists_its_rows(name: str) -> None:
    block: Any = BLOCKS[name]
    if "more" in {field.name for field in fields(block)} and name != "disclosure.html":
        block = replace(block, more="")
    shown = text(block)
    assert sorted({word for word in told(block) if word.replace("-Q", " Q") not in shown}) == []


STATES = (
    ("duty", ("overdue", "late", "on-time", "upcoming")),
    ("case", ("overdue", "open", "late", "on-time", "received")),
    ("feedback", ("overdue", "open", "late", "on-time", "received")),
    ("project", ("overdue", "late", "on-time", "upcoming")),
    ("disclosure", ("overdue", "on-time", "upcoming")),
)


def test_every_list_of_a_block_has_its_name_and_every_link_to_one_arrives(html: dict[str, Page]) -> None:
    names = {f"{subject}-{state}" for subject, states in STATES for state in states}
    seen: set[str] = set()
    for path, page in html.items():
        if re.fullmatch(r"(grid|branch|area)/\w+/(index.html)?", path):
            seen |= names & page.anchors
            assert {link[1:] for link in page.links if link.startswith("#")} <= page.anchors, path
    assert names - seen == set()


def test_no_missing_cell_is_printed_as_a_program_writes_it(site: Path) -> None:
    found = {}
    for path in site.rglob("index.html"):
        words = re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))
        if odd := re.findall(r"(?<![\w-])(?:nan|NaN|NaT|None|<NA>)(?![\w-])", words):
            found[str(path.relative_to(site))] = odd[:3]
    assert found == {}
