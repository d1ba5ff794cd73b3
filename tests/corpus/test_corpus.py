"""Files as clerks spoil them: each is answered with the code, the cell, the cause, the remedy and the mended value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.spoiled import base, cases, released, spoiled, told


def test_of_the_package_that_every_case_begins_with_nothing_is_to_be_said(tmp_path: Path) -> None:
    assert told(base(tmp_path / "package")) == {"findings": []}


@pytest.mark.parametrize("name", cases())
def test_a_spoilt_file_is_answered_as_the_corpus_says(name: str, tmp_path: Path) -> None:
    case = cases()[name]
    expected = {key: case[key] for key in ("findings", "stops", "hint") if key in case}

    package = spoiled(tmp_path / "package", case["spoil"])

    assert told(package, released(case.get("before"))) == expected
