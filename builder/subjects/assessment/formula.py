"""The formula of an indicator that is computed from data: arithmetic over named counts, in exact fractions.

Read by simpleeval with everything taken away but numbers, names, + − × ÷, and `min`, `max`, `round` (docs/adr/0016).
"""

from __future__ import annotations

import ast
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from simpleeval import InvalidExpression, SimpleEval

__all__ = ["UnreadableError", "agree", "computed", "decimal", "names", "replaced", "rounded"]

LONGEST = 500
WRITTEN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
"""A number in a formula; a longer one is a mistake."""

PLACES = range(7)
"""Decimals that `round` may keep."""

NAME = re.compile(r"[^\W\d]\w*")

SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "，": ","})
"""Signs as people write them."""

OPERATORS: Mapping[type[ast.AST], Callable[..., object]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip
ALLOWED = (ast.Expr, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Constant, ast.Load, *OPERATORS)


class UnreadableError(ValueError):
    """A formula that is no arithmetic."""


def rounded(value: Fraction, places: int) -> Fraction:
    """Return `value` rounded half up (away from 0) to `places` decimals."""
    scale: int = 10**places
    whole, rest = divmod(abs(value) * scale, 1)
    return Fraction(int(whole) + (rest >= Fraction(1, 2)), scale) * (-1 if value < 0 else 1)


def round_(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    return rounded(value, int(places))


FUNCTIONS: Mapping[str, Callable[..., object]] = {"min": min, "max": max, "round": round_}


class Arithmetic(SimpleEval):  # type: ignore[misc]
    """simpleeval over fractions: a number is what its digits say, and nothing but `ALLOWED` is known."""

    def __init__(self, values: Mapping[str, Fraction]) -> None:
        super().__init__(operators=dict(OPERATORS), functions=dict(FUNCTIONS), names=dict(values))
        kept = {kind: handler for kind, handler in vars(self)["nodes"].items() if kind in ALLOWED}
        self.nodes = {**kept, ast.Constant: number}


def number(node: ast.Constant) -> Fraction:
    """Return a number of a formula exactly as it is written."""
    if type(node.value) not in (int, float) or not WRITTEN.fullmatch(text := repr(node.value)):
        raise UnreadableError("number")
    return Fraction(text)


@lru_cache(1 << 10)
def parsed(formula: str) -> ast.Expr:
    """Return the tree of a formula; UnreadableError for anything that is no arithmetic."""
    if len(formula) > LONGEST:
        raise UnreadableError(formula)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # the parser only warns of a second formula behind the first
            tree = SimpleEval.parse(formula.translate(SIGNS))
    except (SyntaxError, ValueError, InvalidExpression, Warning, RecursionError, MemoryError) as error:
        raise UnreadableError(formula) from error
    for node in ast.walk(tree):
        if not isinstance(node, ALLOWED) or (isinstance(node, ast.Call) and not fits(node)):
            raise UnreadableError(formula)
        if isinstance(node, ast.Constant):
            number(node)
    if not isinstance(tree, ast.Expr):
        raise UnreadableError(formula)
    return tree


def fits(call: ast.Call) -> bool:
    """Return whether a call is one of FUNCTIONS with as many numbers as it takes."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if call.keywords or name not in FUNCTIONS:
        return False
    if name != "round":
        return len(call.args) > 1
    places = [item.value if isinstance(item, ast.Constant) else None for item in call.args[1:]]
    return len(call.args) in (1, 2) and all(type(item) is int and item in PLACES for item in places)


@lru_cache(1 << 10)
def names(formula: str) -> tuple[str, ...]:
    """Return the names of counts in a formula, in the order in which they stand; UnreadableError when it is none."""
    tree = parsed(formula)
    found = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Name)), key=lambda node: (node.lineno, node.col_offset)
    )
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return tuple(dict.fromkeys(node.id for node in found if id(node) not in functions))


@lru_cache(1 << 14)
def computed(formula: str, values: tuple[int, ...]) -> Fraction | None:
    """Return the exact result for `values`, in the order of `names`; None where it divides by 0."""
    known = dict(zip(names(formula), map(Fraction, values), strict=True))
    try:
        found = Arithmetic(known).eval(formula, previously_parsed=parsed(formula))
    except ZeroDivisionError:
        return None
    return Fraction(found)


def decimal(value: Fraction, places: int) -> Decimal:
    """Return a fraction rounded half up to `places` decimals."""
    return Decimal(int(rounded(value, places) * 10**places)).scaleb(-places)


def agree(stated: Decimal, found: Fraction) -> bool:
    """Return whether a stated score is the computed one, rounded as the stated one is (at least to one decimal)."""
    exponent = stated.normalize().as_tuple().exponent
    return decimal(found, max(1, -int(exponent))) == stated


def replaced(formula: str, texts: Mapping[str, str]) -> str:
    """Return a formula with names replaced by their `texts`."""
    return NAME.sub(lambda found: texts.get(found[0], found[0]), formula)
