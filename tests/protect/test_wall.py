"""What nobody let through does not come out: a column or a field added to what is counted ends at the wall.

That no stage behind the wall takes what was counted is held by mypy: see way_round.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, make_dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from builder import places, protect
from builder.model import CountedPart, Published
from builder.subjects import SUBJECTS
from tests import packages

PLANTED = "私下"


def marked(value: object) -> object:
    """Return a frame, or a mapping of frames, with a column more."""
    if isinstance(value, pd.DataFrame):
        return value.assign(secret=PLANTED)
    if isinstance(value, Mapping):
        return {key: marked(item) for key, item in value.items()}
    return value


def with_more(part: CountedPart) -> CountedPart:
    """Return what was counted with a field more, and with a column more in every frame."""
    assert is_dataclass(part)
    kind = make_dataclass(f"{type(part).__name__}More", [("secret", str, PLANTED)], bases=(type(part),), frozen=True)
    found = kind(**{item.name: marked(getattr(part, item.name)) for item in fields(part)})
    assert isinstance(found, CountedPart)
    return found


def columns(value: object) -> set[str]:
    """Return the columns of every frame in a value."""
    if isinstance(value, pd.DataFrame):
        return set(value.columns)
    items = value.values() if isinstance(value, Mapping) else ()
    return {name for item in items for name in columns(item)}


@pytest.fixture(scope="module")
def let_through(tmp_path_factory: pytest.TempPathFactory) -> Published:
    found = packages.demo_checked(tmp_path_factory.getbasetemp())
    counted = packages.counted(found)
    more = replace(counted, parts={name: with_more(part) for name, part in counted.parts.items()})
    tables = replace(
        found.tables,
        tables={name: replace(t, frame=t.frame.assign(secret=PLANTED)) for name, t in found.tables.tables.items()},
    )
    return protect.counted(more, tables, found.report, found.policy, found.subjects)


def test_the_subjects_and_the_tree_are_all_put_to_the_test(let_through: Published) -> None:
    assert set(let_through.parts) == {"places", *(subject.name for subject in SUBJECTS)}


@pytest.mark.parametrize("name", ["places", *(subject.name for subject in SUBJECTS)])
def test_a_field_and_a_column_that_protect_does_not_name_do_not_come_out(name: str, let_through: Published) -> None:
    part = let_through.parts[name]
    assert is_dataclass(part)
    assert "secret" not in {item.name for item in fields(part)}
    assert "secret" not in {column for item in fields(part) for column in columns(getattr(part, item.name))}
    assert PLANTED not in repr(part)


def test_a_column_that_no_schema_calls_public_is_in_no_published_table(let_through: Published) -> None:
    assert {name: set(frame) & {"secret"} for name, frame in let_through.tables.frames.items()} == {
        name: set() for name in let_through.tables.frames
    }


@dataclass(frozen=True, slots=True)
class Rule:
    """Columns of one resource that a schema no longer publishes."""

    resource: str
    fields: tuple[str, ...]


RULES = [
    Rule("duty", ("title", "basis", "evidence_url")),
    Rule("case", ("outcome", "channel", "handler_kind")),
    Rule("branch_grid", ("role", "from_date", "to_date")),
    Rule("assessment", ("method", "evidence_url", "votes_good", "ballots_issued")),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.resource)
def test_a_column_for_counts_only_is_in_no_row_and_no_line(
    rule: Rule, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = packages.demo_checked(tmp_path_factory.getbasetemp())
    public = {**found.policy.public, rule.resource: found.policy.public[rule.resource] - set(rule.fields)}
    policy = replace(found.policy, public=public)
    counted = packages.counted(found)
    published = protect.counted(counted, found.tables, found.report, policy, found.subjects)
    part = published.parts.get(rule.resource, published.parts["places"])

    assert set(published.tables[rule.resource]) & set(rule.fields) == set()
    assert {column for item in fields(part) for column in columns(getattr(part, item.name))} & set(rule.fields) == set()  # type: ignore[arg-type]
    assert cells(published, rule) == set()


def cells(published: Published, rule: Rule) -> set[object]:
    """Return what terms and lines of scores still say of the columns."""
    whole = published.parts["places"]
    assert isinstance(whole, places.PlacesPublished)
    if rule.resource == "branch_grid":
        terms = (term for items in whole.terms.values() for term in items)
        shown: set[object] = {value for term in terms for value in (term.role, term.from_date, term.to_date)}
        return shown - {"", None}
    if rule.resource == "assessment":
        scores = published.parts["assessment"].scores.values()  # type: ignore[attr-defined]
        lines = [line for score in scores for line in score.lines]
        votes = {title for line in lines for title, _ in line.votes}
        assert len(votes) == 3  # those of the options that are still public
        return {value for line in lines for value in (line.method, line.evidence_url, line.ballots_issued)} - {"", 0}
    return set()


def test_the_report_of_a_build_is_made_by_the_wall(tmp_path: Path) -> None:
    case = "case_id,grid_id,category_id,channel,received_date,resolved_date,stage,delay_reason\n" + "".join(
        f"C{number:06d},{packages.GRIDS[0]},A01,网格巡查,2026-10-10,,办理中,等配\u200e件\n" for number in range(3)
    )
    grid = packages.BRANCH_TABLES["grid"].replace("1格", "1\u200e格")
    folder = packages.write_package(tmp_path / "package", {**packages.BRANCH_TABLES, "grid": grid, "case": case})
    found = packages.checked(folder, errors=None)
    report = packages.published(found).report

    assert {(item.resource, item.address) for item in report.remarks} >= {("case", ("case.csv", 0, ""))}
    assert [item.address.row for item in report.remarks if item.resource == "grid"] == [3]
    assert [item.address.row for item in report.remarks if item.resource == "case"] == [0]
    assert report.of("case") == 1
