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
from builder.validate import schema
from builder.validate.cells import judge
from builder.validate.screen import doubtful
from tests.mend.fields import made
from tests.sharing import by_day

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
    schema.made.cache_clear()
    monkeypatch.setattr(re, "compile", noted)
    judge(["C000001", "D"], made(pattern="^C[0-9]{6}x?$"))

    assert not [pattern for pattern in ran if "C[0-9]{6}x?" in pattern]
    assert ran  # Frictionless asked for a pattern that matches everything


# ── what RE2 does not know is refused ────────────────────────────────────────────────────────────

REFUSED = {
    "what follows": (r"(?=a)a", "it looks ahead", "(?="),
    "what does not follow": (r"x(?!a)b", "it looks ahead", "(?!"),
    "what stands before": (r"(?<=a)b", "it looks back", "(?<="),
    "what does not stand before": (r"(?<!a)b", "it looks back", "(?<!"),
    "the same again": (r"(a)\1", "it repeats what stood before", r"\1"),
    "the same again by name": (r"(?P<n>a)(?P=n)", "it repeats what stood before", "(?P="),
    "what stood there": (r"(a)?(?(1)b|c)", "it asks what stood before", "(?("),
    "without a way back": (r"a++", "it forbids another way", "++"),
    "counted without a way back": (r"[0-9]{2}+", "it forbids another way", "{2}+"),
    "the edge of a word": (r"\ba", "it asks for the edge of a word", r"\b"),
    "all but words in a class": (r"[\Wa]", "it cannot stand inside “[ ]”", r"\W"),
    "too often": ("a{1001}", "what “{ }” repeats is repeated more than 1000 times", ""),
    "often and often": ("((a{100}){100}){100}", "what “{ }” repeats is repeated more than 1000 times", ""),
    "too long": ("a" * 1001, "it is longer than 1000 characters", ""),
    "what only RE2 knows": (r"\p{Han}", "behind a backslash stands a letter that means nothing there", r"\p{Han}"),
    "a class in a class": ("[[a]]", "in “[ ]” stands a sign that other programs take for something else", "["),
    "no end": ("[0-9", "“[” is never closed", "[0-9"),
    "a bracket open": ("(a|b", "“(” is never closed", "(a|b"),
    "a bracket too many": ("a)", "“)” closes nothing", ")"),
    "nothing repeated": ("*a", "nothing stands before “*”, “+” or “?” that could be repeated", "*a"),
    "backwards": ("[9-0]", "in “[ ]” a range runs backwards", "9-0]"),
}
"""Pattern, why it is refused, and which part of it is to blame."""


@pytest.mark.parametrize(("pattern", "reason", "part"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_matched_in_linear_time_is_refused(pattern: str, reason: str, part: str) -> None:
    with pytest.raises(PatternError) as caught:
        matcher(pattern)
    assert (str(caught.value), caught.value.part) == (reason, part)


@pytest.mark.parametrize(
    "pattern", [r"\++", r"[*+]+", r"[(?=]", r"(?:a)+", r"a{2}", r"\\\\b", r"(?P<n>a)", r"[^\]+]x", "}+"]
)
def test_what_only_looks_like_it_is_none(pattern: str) -> None:
    assert callable(matcher(pattern))


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


@pytest.mark.parametrize("pattern", by_day(in_use(), 3))
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
