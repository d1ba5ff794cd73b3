"""What Arrow may call fine without Frictionless: only what it is sure to read as Frictionless does."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from builder.validate.screen import doubtful

DOUBTS: dict[str, tuple[dict[str, Any], list[str], list[int]]] = {
    "text": ({}, ["甲", "", "=1", "\x07", "＋1", "a\u2069", "-5"], [2, 3, 4, 5, 6]),
    "needed text": ({"constraints": {"required": True}}, ["甲", ""], [1]),
    "lengths": ({"constraints": {"minLength": 2, "maxLength": 3}}, ["甲", "甲乙", "甲乙丙", "甲乙丙丁"], [0, 3]),
    "a pattern": ({"constraints": {"pattern": "a"}}, ["a", "ab", "ba", "a\n"], [1, 2, 3]),
    "a choice without brackets": ({"constraints": {"pattern": "a|b"}}, ["a", "b", "ab", "ba"], [2, 3]),
    "integers": ({"type": "integer"}, ["5", "-5", "+5", "５", "1_0", "9" * 18, "9" * 19, ""], [2, 3, 4, 6]),
    "limits": (
        {"type": "integer", "constraints": {"minimum": 1, "maximum": "9"}}, ["0", "1", "2", "8", "9"], [0, 1, 4],
    ),
    "numbers": ({"type": "number"}, ["5", "-5.25", ".5", "1e3", "NaN", "5."], [2, 3, 4, 5]),
    "days": ({"type": "date"}, ["2026-02-28", "2026-02-29", "2026-13-01", "0999-01-01"], [1, 2, 3]),
    "times": ({"type": "datetime"}, ["2026-02-28T08:00:00", "2026-02-28 08:00", "2026-02-28T24:00:00"], [1, 2]),
    "truth": ({"type": "boolean"}, ["true", "false"], [0, 1]),
    "a format": ({"format": "email"}, ["a@b.cn"], [0]),
    "an enumeration": ({"constraints": {"enum": ["a"]}}, ["a"], [0]),
    "a limit that is written otherwise": ({"type": "integer", "constraints": {"minimum": 1.0}}, ["5"], [0]),
    "a rule that is not known here": ({"type": "integer", "constraints": {"exclusiveMinimum": 1}}, ["5"], [0]),
}  # fmt: skip


@pytest.mark.parametrize(("field", "cells", "rows"), DOUBTS.values(), ids=DOUBTS)
def test_cells_that_are_not_plainly_fine_are_doubted(field: dict[str, Any], cells: list[str], rows: list[int]) -> None:
    assert doubtful(pa.chunked_array([cells]), {"name": "x", **field}).tolist() == rows


def test_rows_are_counted_through_all_pieces_of_a_column() -> None:
    assert doubtful(pa.chunked_array([["甲", "=1"], [], ["乙", "=2"]]), {"name": "x"}).tolist() == [1, 3]
    assert doubtful(pa.chunked_array([], pa.string()), {"name": "x"}).tolist() == []
