"""Files as clerks spoil them: each is answered with the code, the cell, the cause, the remedy and the mended value."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path

import pytest

from tests.corpus.spoiled import base, cases, entry, released, remarks, spoiled, together, told

TOGETHER = together()
SHARED = {name for names in TOGETHER.values() for name in names}
EVERY = 20
"""Of the cases that need a package of their own, one in so many is tried by day; all of them at night."""

ALONE = [name for name in cases() if name not in SHARED]
BY_DAY = set(ALONE[::EVERY])


def test_of_the_package_that_every_case_begins_with_nothing_is_to_be_said(tmp_path: Path) -> None:
    assert told(base(tmp_path / "package")) == {"findings": []}


@pytest.mark.parametrize("file", TOGETHER)
def test_cells_spoilt_in_one_package_are_each_answered_as_the_corpus_says(file: str, tmp_path: Path) -> None:
    found = [cases()[name] for name in TOGETHER[file]]
    expected = [finding for case in found for finding in case["findings"]]
    package = spoiled(tmp_path / "package", [edit for case in found for edit in case["spoil"]])

    assert by_cell([entry([remark]) for remark in remarks(package)]) == by_cell(expected)


def by_cell(findings: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(findings, key=itemgetter("at", "code"))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in BY_DAY else [pytest.mark.nightly]) for name in cases()]
)
def test_a_spoilt_file_is_answered_as_the_corpus_says(name: str, tmp_path: Path) -> None:
    case = cases()[name]
    expected = {key: case[key] for key in ("findings", "stops", "hint") if key in case}

    package = spoiled(tmp_path / "package", case["spoil"])

    assert told(package, released(case.get("before"))) == expected
