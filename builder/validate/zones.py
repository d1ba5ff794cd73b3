"""Cells that a package may not have: anybody can read a public one, and nobody needs what is never published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from builder.language import mark
from builder.model import Address, Finding, Message, Resource, Severity, TextPart, letter
from builder.validate.encoded import filled

__all__ = ["private_cells"]


def private_cells(
    resource: Resource, part: TextPart, found: Mapping[str, str], refused: Collection[str]
) -> Iterator[Finding]:
    """Yield one finding for each column of a file that has cells, and whose `publish` is among `refused`."""
    for field in resource.schema.fields:
        if field.publish not in refused or field.name not in found:
            continue
        position = int(found[field.name])
        if count := filled(part.columns[position]):
            yield Finding(
                "private-cells", Severity.ERROR, resource.name, Address(part.path, 1, letter(position)),
                Message(WORDS[field.publish], HINT, {"title": field.title, "name": field.name, "count": count}),
                field.title,
            )  # fmt: skip


WORDS = {
    "never": mark("the column “{title}” ({name}) is never published, and {count} cells of it are filled"),
    "counts": mark("the column “{title}” ({name}) is private, and {count} cells of it are filled in a public package"),
}
HINT = mark(
    "Keep it in a private folder and bring in what may be published with `mingge intake`. What was committed must be "
    "taken out of the history too: see the guide for staff."
)
