"""A formula is arithmetic in exact fractions, and can do nothing else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.subjects.assessment.formula import UnreadableError, agree, computed, decimal, names, replaced


@pytest.mark.parametrize(
    ("formula", "values", "result"),
    [
        ("1 + 2 × 3 − 4 ÷ 8", (), "6.5"),
        ("0.1 + 0.2", (), "0.3"),
        ("a / b", (1, 3), "1/3"),
        ("a / b * b", (1, 3), "1"),
        ("-a + +b", (1, 3), "2"),
        ("round(a ÷ 8, 2)", (1,), "0.13"),
        ("round(−a ÷ 8, 2)", (1,), "-0.13"),
        ("round(a ÷ 2)", (5,), "3"),
        ("max(0, 100 − 50 × a)", (3,), "0"),
        ("min(a, b, 7)", (9, 8), "7"),
        ("a / b", (1, 0), None),
        ("按期 ÷ 到期 × 100", (1, 4), "25"),
    ],
)
def test_a_formula_gives_the_exact_result(formula: str, values: tuple[int, ...], result: str | None) -> None:
    assert computed(formula, values) == (None if result is None else Fraction(result))


UNREADABLE = [
    "", " ", "a +", "a; b", "a = 1", "a == 1", "a < b", "a and b", "not a", "a if b else c", "a ** b", "a // b",
    "a % b", "a << 9", "a | b", "~a", "a.b", "a[0]", "[a]", "(a, b)", "{a}", "'a'", "f'{a}'",
    "True", "None", "1j", "1e400",
    "9999999999", "1.0000000001", "f(a)", "__import__('os')", "a()", "min(a)", "min()", "min(*a)", "min(a, b=1)",
    "round(a, b)", "round(a, -1)", "round(a, 1.5)", "round(a, 7)", "round(a, True)", "round(a, 1, 1)", "round()",
    "(lambda: 1)()", "[x for x in a]", "await a", "import os", "a := 1", "min(a, b)(c)", "a\nb", "1 + " * 200 + "1",
    "(" * 250 + "1" + ")" * 249,
]  # fmt: skip


@pytest.mark.parametrize("formula", UNREADABLE)
def test_what_is_no_arithmetic_is_refused_before_anything_is_computed(formula: str) -> None:
    with pytest.raises(UnreadableError):
        names(formula)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_refused_or_computed(text: str) -> None:
    try:
        wanted = names(text)
    except UnreadableError:
        return
    assert computed(text, (1,) * len(wanted)) is None or isinstance(computed(text, (1,) * len(wanted)), Fraction)


def test_names_are_those_of_counts_once_each_in_their_order() -> None:
    assert names("max(b, a) + round(b ÷ c, 1)") == ("b", "a", "c")


def test_words_take_the_place_of_whole_names_only() -> None:
    assert replaced("due + due_late × 2", {"due": "3", "due_late": "4", "d": "9"}) == "3 + 4 × 2"


@pytest.mark.parametrize(
    ("stated", "found", "same"),
    [("33.3", "100/3", True), ("33.33", "100/3", True), ("33.4", "100/3", False), ("33", "100/3", False),
     ("12.3", "12.25", True), ("12.2", "12.25", False), ("100", "99.96", True), ("90", "90", True),
     ("0", "-0.04", True)],
)  # fmt: skip
def test_a_stated_score_is_compared_as_it_is_rounded(stated: str, found: str, same: bool) -> None:
    assert agree(Decimal(stated), Fraction(found)) is same


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_half_up_away_from_zero(value: Fraction, places: int) -> None:
    found = Fraction(decimal(value, places))
    assert abs(found - value) <= Fraction(1, 2 * 10**places)
    assert abs(found) - abs(value) != -Fraction(1, 2 * 10**places)
