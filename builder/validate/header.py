"""Which column is which field: by name, Chinese title or alias; everything else is a finding."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from builder.language import mark
from builder.model import Address, Field, Finding, Message, Resource, Severity, TextPart, letter

__all__ = ["columns"]


def columns(
    resource: Resource, part: TextPart, figures: frozenset[str], unwanted: Collection[str] = ()
) -> tuple[Mapping[str, str], list[Finding]]:
    """Return field name → position (the frame's column name) for a file, and findings about its header.

    `figures`: the fields that figures or the tree are made from, which no file may leave out. `unwanted`: those fields
    with this `publish` need not be there.
    """
    fields = resource.schema.fields
    known = {text: field for field in fields for text in field.aliases}
    known |= {field.title: field for field in fields} | {field.name: field for field in fields}
    found: dict[str, str] = {}
    findings = []
    for position, cell in enumerate(part.header):
        address = Address(part.path, 1, letter(position))
        field = known.get(cell.strip())
        if field is None:
            findings.append(unknown(resource, address, cell, known))
        elif field.name in found:
            findings.append(
                Finding(
                    "duplicate-column", Severity.ERROR, resource.name, address,
                    Message(
                        mark("there are two columns for “{title}”"), mark("Delete one of them."),
                        {"title": field.title},
                    ),
                )
            )  # fmt: skip
        else:
            found[field.name] = str(position)
    # what only staff may read is not in a package that anybody may
    missing = (field for field in fields if field.name not in found and field.publish not in unwanted)
    return found, [*findings, *(absent(resource, part, field, figures) for field in missing)]


def absent(resource: Resource, part: TextPart, field: Field, figures: frozenset[str]) -> Finding:
    """Return an error for a column that a figure, the tree or the schema cannot do without, else a warning."""
    is_needed = field.required or field.name in figures
    values = {"title": field.title, "name": field.name}
    text = mark("the column “{title}” ({name}) is missing")
    if is_needed:
        code, severity = "missing-column", Severity.ERROR
        fix = mark("Add the column; its header may be the Chinese title or the English name.")
    else:
        code, severity = "absent-column", Severity.WARNING
        fix = mark("Add the column, empty if need be, or take the field out of the schema.")
    return Finding(code, severity, resource.name, Address(part.path, 1), Message(text, fix, values))


def unknown(resource: Resource, address: Address, cell: str, known: Mapping[str, Field]) -> Finding:
    """Return the error, which names the column by its letter.

    What stands there is not repeated: a file may lack its header, or have it in one line with the first row, and then
    it is a person's cell. What it is like is a word of the schema.
    """
    near = difflib.get_close_matches(cell.strip(), known, n=1, cutoff=0.5)
    fix = (
        mark("Did you mean “{near}”? Otherwise delete the column.")
        if near
        else mark("Delete the column, or correct its header.")
    )
    values = {"header": address.letter, "near": near[0] if near else ""}
    message = Message(mark("the column “{header}” is not known"), fix, values)
    return Finding("unknown-column", Severity.ERROR, resource.name, address, message)
