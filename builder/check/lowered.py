"""Checks that a package lowers to warnings: each exists, was an error, and is none that the build rests on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Severity
from builder.rules import Check

__all__ = ["judge", "lowered"]

WHERE = "datapackage.json: mingge: severities"


def lowered(checks: Iterable[Check], reasons: Mapping[str, str]) -> tuple[Check, ...]:
    """Return the checks, those named in `reasons` (code → reason) as warnings."""
    return tuple(replace(c, severity=Severity.WARNING) if c.code in reasons else c for c in checks)


def judge(known: Iterable[Check], reasons: Mapping[str, str]) -> None:
    """Raise BuilderError for a code in `reasons` that is of no known check, or of one that cannot be lowered."""
    by_code = {check.code: check for check in known}
    for code in reasons:
        check = by_code.get(code)
        if check is None:
            near = difflib.get_close_matches(code, by_code, n=1)
            raise BuilderError(
                mark("{where}: there is no check “{code}”"),
                mark("did you mean “{near}”?")
                if near
                else mark("the page of rules names them all; what a single cell may hold is said in its schema"),
                where=WHERE, code=code, near=", ".join(near),
            )  # fmt: skip
        if check.severity is not Severity.ERROR:
            raise BuilderError(
                mark("{where}: “{code}” is a warning already, so there is nothing to lower"),
                mark("take it out"), where=WHERE, code=code,
            )  # fmt: skip
        if check.is_structural:
            raise BuilderError(
                mark("{where}: “{code}” cannot be lowered: pages or figures rest on it"),
                mark("mend the data, or take the rows out"), where=WHERE, code=code,
            )  # fmt: skip
