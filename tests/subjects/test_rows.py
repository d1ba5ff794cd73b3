"""A row of a page says what the row of the table says, column by column: none has changed places with another."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest

from builder.subjects.case.facts import CaseFacts
from builder.subjects.duty.measure import DutyFacts
from tests import packages

Rows = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp()


def table(base: Path, name: str, key: str) -> Rows:
    with (packages.demo_package(base) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}



CASE = ("case_id", "channel", "received_date", "responded_date", "resolved_date", "stage", "handler_kind", "method",
        "outcome")  # fmt: skip
DUTY = ("title", "category", "basis", "post", "frequency", "due_date", "done_date", "evidence_url", "grid_id")


def test_every_listed_case_is_its_row_column_by_column(base: Path) -> None:
    source = table(base, "case", "case_id")
    names = {key: row["name"] for key, row in table(base, "case_category", "category_id").items()}
    facts = packages.facts(packages.demo_checked(base)).parts["case"]
    assert isinstance(facts, CaseFacts)
    rows = [row for unit in facts.rows.places for row in facts.rows.rows(unit)]
    expected = [source[row.case_id] for row in rows]

    assert len(rows) > 300
    for name in CASE:
        assert [getattr(row, name) for row in rows] == [row[name] for row in expected], name
        assert len({row[name] for row in expected}) > 1, name
    assert [row.category for row in rows] == [names[row["category_id"]] for row in expected]


def test_every_listed_duty_is_its_row_column_by_column(base: Path) -> None:
    facts = packages.facts(packages.demo_checked(base)).parts["duty"]
    assert isinstance(facts, DutyFacts)
    rows = [row for unit in facts.by_branch.places for row in facts.by_branch.rows(unit)]
    period = packages.sources(packages.demo_checked(base)).edition.scope.period
    kept = [
        row
        for row in table(base, "duty", "duty_id").values()
        if row["due_date"] >= period.start.isoformat() or not row["done_date"]
    ]
    found = sorted(tuple(getattr(row, name) for name in DUTY) for row in rows)

    assert len(rows) > 500
    assert found == sorted(tuple(row[name] for name in DUTY) for row in kept)


CELL = re.compile(r"<t[hd][^>]*>(.*?)(?=<t[hdr]\b|\Z)", re.DOTALL)
"""A cell ends where the next one or the next row begins."""


def words(cell: str) -> list[str]:
    """Return the pieces of text of a cell."""
    return [html.unescape(text).strip() for text in re.split(r"<[^>]*>| · ", cell) if text.strip()]


def test_the_page_of_records_shows_each_case_under_the_heading_that_names_it(base: Path) -> None:
    source = table(base, "case", "case_id")
    pages = sorted((packages.demo_site(base) / "grid").glob("*/records/*/index.html"))
    texts = (page.read_text(encoding="utf-8") for page in pages)
    sections = [text.partition('<h2 id="case"')[2].partition("</section>")[0] for text in texts]
    bodies = [part.partition("</table>")[0] for text in sections for part in text.split("<tbody>")[1:]]
    shown = [[words(cell) for cell in CELL.findall(row)] for body in bodies for row in body.split("<tr>")[1:]]

    assert len(shown) > 100
    for heading, received, responded, resolved, outcome, _status in shown:
        row = source[heading[1]]
        assert heading[2:] == [row["channel"]]
        assert received == [row["received_date"]]
        assert responded == [row["responded_date"] or "—"]
        assert resolved[0] == (row["resolved_date"] or "—")
        assert outcome == [
            item for item in (row["outcome"] or row["stage"], row["handler_kind"], row["method"]) if item
        ]  # fmt: skip
