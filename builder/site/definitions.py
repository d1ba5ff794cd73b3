"""The page of definitions: what people wrote about each figure, and above it what the code computes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.language import Translator, mark
from builder.model import Definition
from builder.site.markdown import cell, table

__all__ = ["page"]

HEADING = re.compile(r"^##+ .*\{#([\w-]+)\}[ \t]*$", re.MULTILINE)


def page(written: str, definitions: Sequence[Definition], translate: Translator) -> str:
    """Return the Markdown page `written` with each definition below the heading that has its anchor.

    One that nobody has written about gets a section of its own at the end.
    """
    known = {item.anchor: item for item in definitions}
    seen: set[str] = set()

    def explained(found: re.Match[str]) -> str:
        item = known.get(found[1])
        if item is None:
            return found[0]
        seen.add(item.anchor)
        return "\n".join([found[0].rstrip(), "", *box(item, translate)])

    text = HEADING.sub(explained, written)
    rest = [item for item in definitions if item.anchor not in seen]
    sections = ("\n".join(["", *section(item, translate)]) for item in rest)
    return text.rstrip("\n") + "\n" + "".join(sections)


def section(item: Definition, translate: Translator) -> list[str]:
    """Return a section for a figure that nobody has written about."""
    heading = f"## {cell(translate(item.name))} {{#{item.anchor}}}"
    return [heading, "", f"**{cell(translate(item.meaning))}**", "", *box(item, translate)]


def box(item: Definition, translate: Translator) -> list[str]:
    """Return how a figure is computed, as a table of two columns."""
    _ = translate
    header = (_(mark("Figure")), cell(_(item.name)))
    rows = [
        (_(mark("Formula")), item.words(translate)),
        (_(mark("Left out")), translate(item.exclusions)),
        (_(mark("Source")), translate(item.source)),
    ]
    return [*table(header, [row for row in rows if row[1]]), ""]
