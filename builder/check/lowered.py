"""Checks that a package lowers to warnings: each exists, was an error, and is none that the build rests on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from builder.errors import BuilderError, gathered
from builder.language import mark
from builder.model import Severity
from builder.rules import Check

__all__ = ["judge", "lowered"]

WHERE = "datapackage.json: mingge: severities"


def lowered(checks: Iterable[Check], reasons: Mapping[str, str]) -> tuple[Check, ...]:
    """Return the checks, those named in `reasons` (code → reason) as warnings."""
    return tuple(replace(c, severity=Severity.WARNING) if c.code in reasons else c for c in checks)


def judge(known: Iterable[Check], reasons: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Raise BuilderError for codes in `reasons` that are of no known check, or of one that cannot be lowered.

    `places`: code → where the descriptor names it.
    """
    by_code = {check.code: check for check in known}
    wrong = [error for code in reasons if (error := refused(code, by_code, places.get(code, WHERE)))]
    if wrong:
        raise gathered(wrong)


def refused(code: str, by_code: Mapping[str, Check], where: str) -> BuilderError | None:
    check = by_code.get(code)
    if check is None:
        near = difflib.get_close_matches(code, by_code, n=1)
        return BuilderError(
            mark("{where}: there is no check “{code}”"),
            mark("did you mean “{near}”?")
            if near
            else mark("the page of rules names them all; what a single cell may hold is said in its schema"),
            where=where, code=code, near=", ".join(near),
        )  # fmt: skip
    if check.severity is not Severity.ERROR:
        return BuilderError(
            mark("{where}: “{code}” is a warning already, so there is nothing to lower"),
            mark("take it out"), where=where, code=code,
        )  # fmt: skip
    if check.is_structural:
        return BuilderError(
            mark("{where}: “{code}” cannot be lowered: pages or figures rest on it"),
            mark("mend the data, or take the rows out"), where=where, code=code,
        )  # fmt: skip
    return None
