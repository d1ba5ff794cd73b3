"""A reader with a branch's page and nothing else can redo its score, its grade and what follows from data."""

from __future__ import annotations

import ast
import html
import operator
import re
from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from tests import packages

SHEET = re.compile(r'<table class="mg-table mg-t-sheet">(.*?)</table>', re.DOTALL)
ROW = re.compile(r"<tr><th>(.*?)<td>(.*?)<td>(.*?)(?=<tr>|<tfoot|\Z)", re.DOTALL)
FACTORS = re.compile(r"([\d.]+) × (?:([\d.]+)|\(([\d.]+)–([\d.]+)\)|[^÷\d]*不公布) ÷ ([\d.]+)")
WORKED = re.compile(r'<span class="mg-formula">(.*?) = ([-\d.]+)</span>')
LADDER = re.compile(r"<p>([^<]* ≥ [^<]*)</p>")
MATHS: dict[type[ast.AST], Callable[..., Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = packages.demo_site(tmp_path_factory.getbasetemp()) / "branch"
    return {path.parent.name: html.unescape(text) for path in sorted(folder.glob("*/index.html"))
            if SHEET.search(text := path.read_text(encoding="utf-8"))}  # fmt: skip


def half_up(exact: Fraction, places: int = 1) -> Decimal:
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def by_hand(page: str) -> tuple[str, set[str]]:
    """Return composite score (or its range) and grades, from the factors, kinds and thresholds that the page prints."""
    found = SHEET.search(page)
    assert found is not None
    least, most, is_vetoed = Fraction(0), Fraction(0), False
    for title, factors, _ in ROW.findall(found[1].partition("<tfoot")[0]):
        numbers = FACTORS.search(factors)
        if not numbers:
            continue
        weight, score, low, high, full = numbers.groups()
        ends = (low or score or "0", high or score or full)
        kind = title.partition("<small>")[2]
        is_vetoed |= kind.startswith("否决") and Fraction(ends[0]) > 0
        points = [Fraction(weight) * Fraction(end) / Fraction(full) for end in ends]
        least, most = (least - points[1], most - points[0]) if kind.startswith("减分") else (
            least + points[0], most + points[1])  # fmt: skip
    printed = [half_up(max(total, Fraction(0))) for total in (least, most)]
    steps = LADDER.search(page)
    assert steps is not None
    ladder = [step.split(" ≥ ") for step in steps[1].strip().split(" · ")]
    grades = {next(name for name, lowest in ladder if end >= Decimal(lowest)) for end in printed}
    text = f"{printed[0]}" if printed[0] == printed[1] else f"{printed[0]}–{printed[1]}"
    return text, {ladder[-1][0]} if is_vetoed else grades


def test_score_and_grade_of_every_branch_are_what_a_reader_makes_of_its_page(pages: dict[str, str]) -> None:
    seen = Counter[str]()
    for code, page in pages.items():
        foot = re.search(r"<tfoot[^>]*><tr><th>([^<]*)<td>([^<]*)<td><strong>([\d.–]+)</strong>", page)
        if foot is None:  # an indicator is missing
            assert '<p class="mg-none">' in page
            continue
        score, grades = by_hand(page)
        assert score == foot[3], code
        printed_grade = foot[1].split(" · ")[1]
        assert all(grade in printed_grade for grade in grades), code
        assert len(grades) == 2 or printed_grade in grades, code
        seen["range"] += "–" in score
        sheet = SHEET.search(page)
        assert sheet is not None
        seen.update(re.findall(r"<small>(加分|减分|否决) · [^<]*</small><td>\d", sheet[1]))
        seen["assessed"] += 1
    assert min(seen[name] for name in ("assessed", "range", "加分", "减分", "否决")) > 0, seen


def worth(node: ast.AST) -> Fraction:
    """Return what a formula with its numbers comes to: another reading of the same text than the builder's."""
    match node:
        case ast.Constant(value=value):
            return Fraction(str(value))
        case ast.BinOp(left=left, op=sign, right=right):
            return MATHS[type(sign)](worth(left), worth(right))
        case ast.Call(func=ast.Name(id="round"), args=[value, ast.Constant(value=int(places))]):
            return Fraction(half_up(worth(value), places))
        case ast.Call(func=ast.Name(id="max"), args=values):
            return max(map(worth, values))
    raise AssertionError(ast.dump(node))


def test_what_follows_from_data_is_what_the_printed_formula_comes_to(pages: dict[str, str]) -> None:
    found = [pair for page in pages.values() for pair in WORKED.findall(page)]
    assert len(found) > 20
    for formula, result in found:
        text = formula.replace("×", "*").replace("÷", "/").replace("−", "-")
        assert worth(ast.parse(text, mode="eval").body) == Fraction(result), formula


def test_counts_in_formulas_are_those_of_the_table(
    pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = packages.demo_checked(tmp_path_factory.getbasetemp())
    duty = found.tables["duty"]
    inside = duty[duty["due_date"].between("2026-07-01", "2026-09-30")]
    kept = inside[inside["done_date"] <= inside["due_date"]].groupby("branch_id").size()
    due = inside.groupby("branch_id").size()
    for code, page in pages.items():
        printed = re.search(r"round\(100 × (\d+) ÷ (\d+), 1\)", page)
        if '<p class="mg-period">2026 三季度' in page and printed:
            assert (int(printed[1]), int(printed[2])) == (kept.get(code, 0), due[code])
