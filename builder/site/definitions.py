"""The page of definitions: what people wrote about each figure, and above it what the code computes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from builder.language import Translator, mark
from builder.model import Definition
from builder.site.markdown import cell, table

__all__ = ["formulas", "page"]

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


def formulas(definitions: Sequence[Definition], translate: Translator) -> Mapping[str, tuple[str, str]]:
    """Return anchor → name and formula in words: what a page says of a figure in place."""
    return {item.anchor: (translate(item.name), formula(item, translate)) for item in definitions}


def section(item: Definition, translate: Translator) -> list[str]:
    """Return a section for a figure that nobody has written about."""
    heading = f"## {cell(translate(item.name))} {{#{item.anchor}}}"
    return [heading, "", f"**{cell(translate(item.meaning))}**", "", *box(item, translate)]


def box(item: Definition, translate: Translator) -> list[str]:
    """Return how a figure is computed, as a table of two columns."""
    _ = translate
    header = (_(mark("Figure")), cell(_(item.name)))
    rows = [
        (_(mark("Formula")), formula(item, translate)),
        (_(mark("Left out")), translate(item.exclusions)),
        (_(mark("Source")), translate(item.source)),
    ]
    return [*table(header, [row for row in rows if row[1]]), ""]


def formula(item: Definition, translate: Translator) -> str:
    """Return the formula in words: that of a ratio or a number is made from the counts that the code adds up."""
    if not item.numerator:
        return translate(item.formula)
    top, bottom = (
        " + ".join(translate(item.counts[name]) for name in names) for names in (item.numerator, item.denominator)
    )
    return f"{bracketed(top)} ÷ {bracketed(bottom)}" if bottom else top


def bracketed(text: str) -> str:
    return f"({text})" if " + " in text else text
