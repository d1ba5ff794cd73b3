"""What is personal in one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.gate.hit import Hit, Kind
from builder.gate.numbers import numbers
from builder.gate.plain import Plain, dense, plain
from builder.gate.words import words

__all__ = ["hits"]

ORDER = {kind: place for place, kind in enumerate(Kind)}
"""Of two that overlap the first is told: a number that somebody chats under is a telephone number before that."""

TELEPHONES = (Kind.MOBILE, Kind.LANDLINE)


def hits(text: str) -> tuple[Hit, ...]:
    """Return the personal data in `text`, in the order in which it stands there; none overlaps another."""
    flat = plain(text)
    found = [*placed(flat, numbers(flat)), *placed(close := dense(flat), words(close))]
    cards = [hit for hit in found if hit.kind is Kind.CARD]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (ORDER[hit.kind], hit.start, hit.start - hit.end)):
        # of a card's number that holds a telephone's, masking the telephone's would leave the rest
        if hit.kind in TELEPHONES and any(card.start <= hit.start and hit.end <= card.end for card in cards):
            continue
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


def placed(text: Plain, found: Iterable[Hit]) -> Iterator[Hit]:
    """Yield what was found with its place in the text as it was written."""
    for hit in found:
        start, end = text.span(hit.start, hit.end)
        yield Hit(hit.kind, start, end, hit.normal)
