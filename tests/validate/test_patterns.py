"""Patterns of schemas: matched by RE2, in time that no cell can stretch, and read as Python reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.patterns import PatternError, matcher
from builder.validate.cells import judge
from builder.validate.screen import doubtful
from tests.mend.fields import made

ROOT = Path(__file__).parents[2]


def in_use() -> list[str]:
    """Return every pattern of the schemas in the repository."""
    files = [*ROOT.glob("datasets/schemas/*.json"), *ROOT.glob("tests/real/*/schemas/*.json")]
    fields = [field for file in files for field in json.loads(file.read_text(encoding="utf-8"))["fields"]]
    return sorted({field["constraints"]["pattern"] for field in fields if "pattern" in field.get("constraints", {})})


# ── no cell keeps a build busy ───────────────────────────────────────────────────────────────────

ENDLESS = {
    "a group in a group": ("^(a+)+$", "a" * 50_000 + "!"),
    "two ways for one letter": ("^(a|a)*$", "a" * 50_000 + "!"),
    "words with or without a space": (r"^(\w+\s?)*$", "字" * 20_000 + "!"),
    "one or two": ("^(a|aa)+$", "a" * 50_000 + "!"),
    "three in a row": ("^.*.*.*=.*$", "x" * 20_000),
}
"""Patterns with which Python's `re` would not be done before the sun is."""


@pytest.mark.parametrize(("pattern", "cell"), ENDLESS.values(), ids=ENDLESS)
def test_a_pattern_that_backtracks_without_end_is_judged_at_once(pattern: str, cell: str) -> None:
    field: dict[str, Any] = {"name": "x", "type": "string", "constraints": {"pattern": pattern}}

    assert {rule: list(places) for rule, places in judge([cell], made(pattern=pattern)).items()} == {"pattern": [0]}
    assert doubtful(pa.chunked_array([[cell]]), field).tolist() == [0]


def test_python_runs_no_pattern_of_a_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    compiled = re.compile

    def noted(pattern: Any, flags: Any = 0) -> Any:
        ran.append(str(pattern))
        return compiled(pattern, flags)

    matcher("^C[0-9]{6}x?$")  # what the schema's reader does
    monkeypatch.setattr(re, "compile", noted)
    judge(["C000001", "D"], made(pattern="^C[0-9]{6}x?$"))

    assert not [pattern for pattern in ran if "C[0-9]{6}x?" in pattern]
    assert ran  # Frictionless asked for a pattern that matches everything


# ── what RE2 does not know is refused ────────────────────────────────────────────────────────────

REFUSED = {
    "what follows": (r"(?=a)a", "invalid perl operator: (?="),
    "what does not follow": (r"(?!a)b", "invalid perl operator: (?!"),
    "what stands before": (r"(?<=a)b", "invalid perl operator: (?<="),
    "the same again": (r"(a)\1", r"invalid escape sequence: \1"),
    "the same again by name": (r"(?P<n>a)(?P=n)", "invalid perl operator: (?P"),
    "without a way back": (r"a++", "bad repetition operator: ++"),
    "the edge of a word": (r"\ba", r"\b: the edge of a word"),
    "all but words in a class": (r"[\Wa]", r"\W inside [ ]"),
    "too often": ("a{1001}", "invalid repetition size: {1001}"),
    "often and often": ("((a{100}){100}){100}", "invalid repetition size: {100}"),
    "too long": ("a" * 1001, "more than 1000 characters"),
    "what only RE2 knows": (r"\p{Han}", r"bad escape \p at position 0"),
    "a class in a class": ("[[a]]", "Possible nested set at position 1"),
    "no end": ("[0-9", "unterminated character set at position 0"),
}


@pytest.mark.parametrize(("pattern", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_matched_in_linear_time_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError) as caught:
        matcher(pattern)
    assert str(caught.value) == reason


def test_the_reason_is_not_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PatternError):
        matcher("(?=a)b{2}")
    assert capfd.readouterr() == ("", "")


# ── and what it knows, it reads as Python does ───────────────────────────────────────────────────

OTHERWISE = [
    r"\d{1,4}", r"\D+", r"\s*x", r"\S+", r"\w+", r"\W+", r"[\d-]+", r"[^\d]+", r"[^\s]+", r"[\w.]+", r"[^\w]+", r"[\D]",
    "a{,3}", "[]a]+", "[^]a]+", "[a[]+", r"\u4e00+", r"[\u4e00-\u9fa5]+", r"\x41", r"a.\Z", "a|bc|d", "^a|b$",
    "(?i:aB)+", "a.*", "[^A-Z]+", r"[\b\t]", "(?P<n>a)+", r"a\.b\-c", "",
]  # fmt: skip
"""Patterns that RE2 would read otherwise, or not at all, as they stand."""

CELLS = st.text(st.one_of(
    st.sampled_from("aAbBcCxX0159-_.,:/\n\r\t \x0b\x1c\x85\xa0　 ٣３一龥é[]^$"), st.characters(codec="utf-8"),
), max_size=20)  # fmt: skip


@pytest.mark.parametrize("pattern", [*in_use(), *OTHERWISE])
@example(cell="a\n")
@example(cell="\n")
@example(cell="")
@given(cell=CELLS)
def test_a_pattern_means_to_re2_what_it_means_to_python(pattern: str, cell: str) -> None:
    assert matcher(pattern)(cell) == (re.fullmatch(pattern, cell) is not None)


@pytest.mark.parametrize("pattern", in_use())
@given(data=st.data())
def test_so_it_does_for_what_nearly_fits(pattern: str, data: st.DataObject) -> None:
    cell = data.draw(st.from_regex(pattern))  # also with a line break at the end, which `$` lets through

    for variant in (cell, cell.rstrip("\n"), cell + "\n", "x" + cell, cell[:-1]):
        assert matcher(pattern)(variant) == (re.fullmatch(pattern, variant) is not None)
        is_doubted = len(doubtful(pa.chunked_array([[variant]]), field(pattern))) > 0
        assert is_doubted or not variant or matcher(pattern)(variant)


def field(pattern: str) -> dict[str, Any]:
    return {"name": "x", "type": "string", "constraints": {"pattern": pattern}}


def test_a_pattern_that_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(PatternError):
        matcher("(" * 499 + ")" * 499)
