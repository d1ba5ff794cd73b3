"""Which offer fits a need: one of the same category, of another unit, at a time that overlaps, the nearest.

The nearest is one in the same grid; else one in the smallest area that both lie in, the topmost area excepted; among
those that are equally near, the one whose code comes first. An offer may fit many needs: its capacity is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["Item", "Match", "matches"]


class Item(NamedTuple):
    """An offer or a need. `around`: where it is, the nearest place first. Days since 1970-01-01, both included."""

    item_id: str
    partner_id: str
    category: str
    around: tuple[str, ...]
    first: int
    last: int


class Match(NamedTuple):
    """The offer that fits a need, and the nearest place that both lie in."""

    item_id: str
    place: str


def matches(needs: Iterable[Item], offers: Iterable[Item], today: int) -> Mapping[str, Match]:
    """Return item_id of a need → the offer that fits it, of those needs that have one; `today`: a day, as in Item."""
    found: dict[str, Match] = {}
    by_place: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for offer in sorted(offers):
        for place in offer.around:
            by_place[offer.category, place].append(offer)
    for need in needs:
        near = ((place, offer) for place in need.around for offer in by_place.get((need.category, place), ()))
        fitting = next(((place, offer) for place, offer in near if fits(need, offer, today)), None)
        if fitting:
            found[need.item_id] = Match(item_id=fitting[1].item_id, place=fitting[0])
    return found


def fits(need: Item, offer: Item, today: int) -> bool:
    overlaps = offer.first <= need.last and need.first <= offer.last
    # who needs something today is not helped by what there was
    return offer.partner_id != need.partner_id and overlaps and (need.last < today or today <= offer.last)
