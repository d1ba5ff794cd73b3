"""What is wrong with the project as lines of the terminal: grouped, and at most a screenful of them."""

from __future__ import annotations

from collections.abc import Iterator

from builder.errors import BuilderError
from builder.language import Translator, fill, mark, said
from builder.model import Message

__all__ = ["lines"]

SHOWN = 12
"""Kinds of mistakes that are told; a mistake is of another's kind when the same is wrong and the same is to be done."""

PLACES = 5
"""Further places of one kind that are named."""


def lines(error: BuilderError, translate: Translator) -> Iterator[tuple[str, str | None]]:
    """Yield (line, style): what is wrong, what to do, and where else; then how many more there are."""
    kinds = list(grouped(error, translate).items())
    for hint, alike in kinds[:SHOWN]:
        yield said(translate, alike[0])[0], "bold red"
        if hint[1]:
            yield f"  {hint[1]}", None
        if len(alike) > 1:
            yield f"  {elsewhere(alike[1:], translate)}", None
    if rest := sum(len(alike) for _, alike in kinds[SHOWN:]):
        more = mark("… and {count} more mistakes; they are told when these are mended.")
        yield fill(translate, more, {"count": rest}), None


def grouped(error: BuilderError, translate: Translator) -> dict[tuple[str, str, object], list[Message]]:
    """Return the mistakes by kind: what is wrong, the remedy in words, and the property that it is about."""
    found: dict[tuple[str, str, object], list[Message]] = {}
    for each in error.each:
        message = each.message
        _, hint = said(translate, message)
        found.setdefault((message.text, hint, message.values.get("key")), []).append(message)
    return found


def elsewhere(alike: list[Message], translate: Translator) -> str:
    """Return the places of mistakes in one line."""
    places = [str(item.values.get("where") or item.values.get("path") or "") for item in alike]
    values = {"places": tuple(places[:PLACES]), "count": len(places) - PLACES}
    if len(places) > PLACES:
        return fill(translate, mark("the same at {places} and {count} more places"), values)
    return fill(translate, mark("the same at {places}"), values)
