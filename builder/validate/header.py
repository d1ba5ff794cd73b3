"""Which column is which field: by name, Chinese title or alias; everything else is a finding."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from builder.language import mark
from builder.model import Address, Field, Finding, Resource, Severity, TextPart
from builder.validate.words import one_line

__all__ = ["columns", "letter"]


def letter(position: int) -> str:
    """Return Excel's letters for a column counted from 0: A … Z, AA …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def columns(resource: Resource, part: TextPart) -> tuple[Mapping[str, str], list[Finding]]:
    """Return field name → position (the frame's column name) for a file, and findings about its header."""
    fields = resource.schema.fields
    known = {text: field for field in fields for text in field.aliases}
    known |= {field.title: field for field in fields} | {field.name: field for field in fields}
    # a file without its header has a person's row here: its cells must not be repeated in a log
    is_header = any(cell.strip() in known for cell in part.header)
    found: dict[str, str] = {}
    findings = []
    for position, cell in enumerate(part.header):
        address = Address(part.path, 1, letter(position))
        field = known.get(cell.strip())
        if field is None:
            findings.append(unknown(resource, address, cell if is_header else "", known))
        elif field.name in found:
            findings.append(
                Finding(
                    "duplicate-column", Severity.ERROR, resource.name, address,
                    mark("there are two columns for “{title}”"), {"title": field.title},
                    fix=mark("Delete one of them."),
                )
            )  # fmt: skip
        else:
            found[field.name] = str(position)
    for field in resource.schema.fields:
        if field.required and field.name not in found:
            findings.append(
                Finding(
                    "missing-column", Severity.ERROR, resource.name, Address(part.path, 1),
                    mark("the column “{title}” ({name}) is missing"), {"title": field.title, "name": field.name},
                    fix=mark("Add the column; its header may be the Chinese title or the English name."),
                )
            )  # fmt: skip
    return found, findings


def unknown(resource: Resource, address: Address, cell: str, known: Mapping[str, Field]) -> Finding:
    near = difflib.get_close_matches(cell.strip(), known, n=1, cutoff=0.5)
    shown = one_line(cell)[:40] or address.letter
    fix = (
        mark("Did you mean “{near}”? Otherwise delete the column.")
        if near
        else mark("Delete the column, or correct its header.")
    )
    return Finding(
        "unknown-column", Severity.ERROR, resource.name, address,
        mark("the column “{header}” is not known"), {"header": shown, "near": near[0] if near else ""},
        fix=fix,
    )  # fmt: skip
