"""Cells that are certainly fine, seen by Arrow for a whole column at once.

Only for columns whose values hardly repeat, where Frictionless would have to look at every cell. Always holds: a cell
that is not doubted here is one in which Frictionless finds nothing and `remarks` has nothing to say. To doubt costs
time, never a wrong verdict, so whatever is not plainly understood is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.mend import LIKELY_YEARS
from builder.patterns import rewritten
from builder.validate.remarks import ODD_TEXT

__all__ = ["doubtful"]

Test = Callable[[Any], Any]
"""A column of text to a column of booleans, both of Arrow."""

INTEGER = "^-?[0-9]{1,18}$"
PLACES = 15
NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,%d})?$"
DAY = f"^{LIKELY_YEARS}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"
"""Days that every month has, in years that are likely; the others are few, and Frictionless counts them better."""

MOMENT = DAY.removesuffix("$") + "[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
"""A day with its time, without an offset."""

def doubtful(column: pa.ChunkedArray, field: Mapping[str, Any]) -> npt.NDArray[np.int64]:
    """Return the rows of a text column whose cells `field` (a Table Schema descriptor) may refuse or remark on."""
    constraints: Mapping[str, Any] = field.get("constraints", {})
    tests = TESTS.get(field.get("type", "string"), nothing)(field, constraints)
    if tests is None:
        return np.arange(len(column), dtype=np.int64)
    is_fine = pc.true_unless_null(column)
    for test in tests:
        is_fine = pc.and_(is_fine, test(column))
    if not constraints.get("required"):
        is_fine = pc.or_(is_fine, pc.equal(column, ""))
    return np.flatnonzero(~is_fine.to_numpy()).astype(np.int64)


Tests = Callable[[Mapping[str, Any], Mapping[str, Any]], list[Test] | None]
"""Field and constraints to what a fine cell passes; None: there is no telling."""


def nothing(_field: Mapping[str, Any], _constraints: Mapping[str, Any]) -> None:
    return None


def text(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> list[Test] | None:
    """Return the tests of text without a format and an enumeration; Arrow matches patterns with RE2 as well."""
    if "phone" in field:
        return None
    if field.get("format", "default") != "default" or constraints.keys() - {
        "required", "minLength", "maxLength", "pattern",
    }:  # fmt: skip
        return None
    tests: list[Test] = [lambda column: pc.invert(matches(column, ODD_TEXT)), is_filled]
    if "minLength" in constraints:
        tests.append(lambda column: pc.greater_equal(pc.utf8_length(column), constraints["minLength"]))
    if "maxLength" in constraints:
        tests.append(lambda column: pc.less_equal(pc.utf8_length(column), constraints["maxLength"]))
    if "pattern" in constraints:
        pattern = rf"\A(?:{rewritten(constraints['pattern'])})\z"
        tests.append(lambda column: matches(column, pattern))
    return tests


def matches(column: Any, pattern: str) -> Any:
    return pc.match_substring_regex(column, pattern)


def is_filled(column: Any) -> Any:
    return pc.not_equal(column, "")


def limited(written: str, value_of: Callable[[Any], Any]) -> Tests:
    """Return the tests of values that are written like `written`, and strictly inside limits that are written so too.

    A cell at a limit is doubted: numbers are compared as floats, which may make two of them one.
    """

    def tests(_field: Mapping[str, Any], constraints: Mapping[str, Any]) -> list[Test] | None:
        limits = {key: str(value) for key, value in constraints.items() if key != "required"}
        if limits.keys() - {"minimum", "maximum"} or not all(re.fullmatch(written, text) for text in limits.values()):
            return None
        found: list[Test] = [lambda column: matches(column, written)]
        if limits:
            found.append(lambda column: inside(column, written, limits, value_of))
        return found

    return tests


def inside(column: Any, written: str, limits: Mapping[str, str], value_of: Callable[[Any], Any]) -> Any:
    # a cell that is written otherwise cannot be converted
    values = value_of(pc.if_else(matches(column, written), column, pa.scalar(None, pa.string())))
    is_inside = pc.is_valid(values)
    for key, compare in (("minimum", pc.greater), ("maximum", pc.less)):
        if key in limits:
            is_inside = pc.and_(is_inside, pc.fill_null(compare(values, value_of(pa.scalar(limits[key]))), False))
    return is_inside


def number(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> list[Test] | None:
    """Return the tests of numbers; with `decimals`, one that has more places is no value of the field."""
    written = NUMBER % field.get("decimals", PLACES)
    return limited(written, lambda cells: pc.cast(cells, pa.float64()))(field, constraints)


def moment(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> list[Test] | None:
    """Return the tests of days with their time; None where they are written in a way of their own."""
    if field.get("format", "default") != "default":
        return None
    return limited(MOMENT, lambda cells: pc.replace_substring(cells, " ", "T"))(field, constraints)


TESTS: Mapping[str, Tests] = {
    "string": text,
    "integer": limited(INTEGER, lambda cells: pc.cast(cells, pa.int64())),
    "number": number,
    # written like this, days are in the order of their letters
    "date": limited(DAY, lambda cells: cells),
    "datetime": moment,
}
