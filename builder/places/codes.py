"""Codes that stand in addresses: the same page on every web server and in every file system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from builder.language import mark
from builder.model import Issue, Quote, Severity, Tables
from builder.rules import Check, issues

__all__ = ["CHECKS"]

DEVICES = r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?"
"""What Windows takes for a device, whatever follows the dot."""

SAFE = rf"(?i:(?!{DEVICES}$|index\.html$|data\.json$))[A-Za-z0-9_](?:[A-Za-z0-9._-]{{0,58}}[A-Za-z0-9_-])?"
"""A code that is a folder on every disk and no option of a command: 60 characters, no dash first, no dot last."""


def safe(resource: str, column: str) -> Check:
    """Return the check that the codes of `resource` can be written in an address."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        frame = tables[resource]
        codes = frame[column].dropna()
        yield from issues(frame.loc[codes.index], ~codes.str.fullmatch(SAFE), column)

    return Check(
        "code-in-address", Severity.ERROR, resource, (f"{resource}.{column}",),
        mark("A code that stands in an address is made of letters, digits, dots, _ and -: a folder on every disk."),
        mark("“{value}” cannot be a part of an address"),
        mark("Use at most 60 of A–Z, a–z, 0–9, dot, _ and -, begin with a letter or a digit, end without a dot."),
        find, is_structural=True,
        wrong="3208/12", right="320812",
    )  # fmt: skip


def distinct(resource: str, column: str) -> Check:
    """Return the check that no two codes of `resource` are the same but for capital letters."""

    def find(tables: Tables, _: date) -> Iterator[Issue]:
        codes = tables[resource][column].dropna().drop_duplicates()
        folded = codes.str.lower()
        pairs = pd.DataFrame({"code": codes, "first": codes.groupby(folded).transform("first")})
        for row, code, first in pairs[folded.duplicated()].itertuples(name=None):
            yield Issue(int(row), column, {"value": code, "first": Quote(resource, column, first)})

    return Check(
        "code-in-other-case", Severity.ERROR, resource, (f"{resource}.{column}",),
        mark("No two codes that stand in addresses differ only in capital letters."),
        mark("“{value}” differs from “{first}” only in capital letters, so both would be one file"),
        mark("Give one of the two another code."), find, is_structural=True,
        wrong="B32a, B32A", right="B32A, B32B",
    )  # fmt: skip


CHECKS = tuple(
    rule(resource, column)
    for resource, column in (("area", "area_id"), ("grid", "grid_id"), ("branch", "branch_id"))
    for rule in (safe, distinct)
)
