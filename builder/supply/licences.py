"""The licences of what the program and the site are made of, as one text."""

from __future__ import annotations

from collections.abc import Iterable

from builder.supply.parts import IN_BROWSERS, Part

__all__ = ["licences"]

UNSAID = "(not stated, or for another kind of machine)"


def licences(parts: Iterable[Part]) -> str:
    """Return a list of all parts with their licences, then the texts that each brings."""
    known = tuple(parts)
    lines = [f"{item.name} {item.version}: {item.licence or UNSAID}{browser(item)}" for item in known]
    for item in known:
        for name, text in item.texts:
            lines += ["", "=" * 80, f"{item.name} {item.version}: {name}", "=" * 80, text.strip()]
    return "\n".join(lines) + "\n"


def browser(item: Part) -> str:
    return " [also in the browser]" if item.name in IN_BROWSERS else ""
