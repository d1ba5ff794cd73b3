"""Text that a spreadsheet would run when the file is opened: a remark, because the cell itself is published as it is.

What a program that opens a CSV takes for a formula begins with one of a few signs (OWASP, “CSV Injection”). Numbers,
telephone numbers and dashes begin with the same signs and are no formula: there is nothing in them to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from builder.language import mark
from builder.model import Address, Field, Finding, Message, Quote, Resource, Severity, TextPart
from builder.validate.header import letter
from builder.validate.words import LONGEST, one_line

__all__ = ["formulas"]

SIGNS = (*"=+-@\t\r", *"＝＋－＠")
"""What a formula begins with; the full-width signs are made narrow by some input methods and programs."""

HARMLESS = r"[-+－＋]?[-－0-9０-９ .,%()（）]*(?:(?:转|分机) ?[0-9]+)?"
"""A number, a telephone number with or without an extension, or dashes: nothing that names a cell or a function."""


def formulas(resource: Resource, part: TextPart, found: Mapping[str, str]) -> list[Finding]:
    """Return a warning for every text cell that begins like a formula, whether its column is published or not.

    `found`: field name → the frame's column name. A column whose values the schema lists is the schema's business.
    """
    return [
        formula(resource, part, field, found[field.name], row)
        for field in resource.schema.fields
        if field.name in found and field.type == "string" and "enum" not in field.descriptor.get("constraints", {})
        for row in suspects(part.frame[found[field.name]])
    ]


def suspects(column: pd.Series) -> Iterable[int]:
    """Return the rows of the cells that begin like a formula."""
    signed = column[column.str.slice(0, 1).isin(SIGNS)]
    return map(int, signed.index[~signed.str.fullmatch(HARMLESS)])


def formula(resource: Resource, part: TextPart, field: Field, position: str, row: int) -> Finding:
    quote = Quote(resource.name, field.name, one_line(str(part.frame.at[row, position])[:LONGEST]))
    message = Message(
        mark("“{value}” begins like a formula"),
        mark("Excel may run it instead of showing it: begin the cell with a word, or write the sign after the text."),
        {"value": quote},
    )
    address = Address(part.path, part.rows[row] if part.rows else row + 2, letter(int(position)))
    return Finding("formula", Severity.WARNING, resource.name, address, message, field.title, quote)
