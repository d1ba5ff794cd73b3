"""What can be told of a poll so that nobody's vote can be worked out: bands whose edges depend on no vote.

Always holds: for every number of valid ballots the bands are made once, from all results that such a poll could have.
What is published of a poll is the band that its result lies in, and so a reader who knows the votes' worth, this
program and everything published knows that it is one of the results in the band, and no more. In each band each side
(the favourable votes together, and the others) has at least `cell` votes in all results, or may have any of 0, 1 …
`cell` - 1, or has some votes in all results and may have `cell` different numbers of them. Where both sides have at
least `cell` votes, the votes themselves are told; the bands are made of the other results. Options without sides are
kept like sides, each by itself.

Bands of the score come first, as narrow as can be down to one hundredth of the full score; within each of them, those
of the favourable votes (docs/adr/0024).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Band", "Shape", "bands"]

HUNDREDTHS = 100
"""The worth of a vote and the edges of bands are hundredths of the full score."""

MOST = 3_000_000
"""So many results are looked through; a poll that could have more (some 500 ballots, 4 options) is told less of."""

WORD = 63
"""Bits of a number that numpy can add up fast."""

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Span = tuple[int, int]
Bits = tuple[int, ...]


class Shape(NamedTuple):
    """A poll's options: the worth of a vote for each, in hundredths of the full score, and whether it is favourable."""

    worths: tuple[int, ...]
    favourable: tuple[bool, ...]

    @property
    def has_sides(self) -> bool:
        """Return whether there are favourable options and others."""
        return any(self.favourable) and not all(self.favourable)


class Band(NamedTuple):
    """Results that are told alike, or differ in the favourable votes only.

    `low` … `high`: whole hundredths of the full score, `high` left out of it, but for the full score itself.
    `favourable`: spans of favourable votes, both ends in them; none where the options have no sides.
    """

    low: int
    high: int
    favourable: tuple[Span, ...]


@lru_cache(1 << 12)
def bands(shape: Shape, valid: int, cell: int) -> tuple[Band, ...]:
    """Return the bands of a poll of `valid` ballots, the highest first; none where nothing can be told of it."""
    if len(shape.worths) < 2 or size(shape, valid, cell) > MOST:
        return ()
    seen, here = possible(shape, valid, cell)
    found = []
    for low, high in spans(np.logical_or.reduce(seen, axis=1), np.logical_or.reduce(here, axis=1)):
        inside = slice(low, high + 1)
        sides = spans(np.logical_or.reduce(seen[inside]), np.logical_or.reduce(here[inside])) if shape.has_sides else ()
        found.append(Band(low, min(high + 1, HUNDREDTHS), tuple(sides)))
    return tuple(found)


def size(shape: Shape, valid: int, cell: int) -> int:
    """Return about how many results are looked through."""
    if not shape.has_sides:
        options = len(shape.worths)
        return options * cell * comb(valid + options - 2, options - 2)
    most = max(sum(shape.favourable), len(shape.favourable) - sum(shape.favourable))
    return 2 * cell * comb(cell + most - 1, most - 1) * comb(valid + most - 1, most - 1)


def possible(shape: Shape, valid: int, cell: int) -> tuple[Flags, Flags]:
    """Return which counts below 2 × `cell` occur, by hundredth of the score, favourable votes, and what is counted.

    And where there are results at all, by hundredth and favourable votes (all 0 where the options have no sides).
    """
    worths, good = np.array(shape.worths), np.array(shape.favourable)
    counted = 2 if shape.has_sides else 2 * len(worths)
    places = HUNDREDTHS + 1, (valid if shape.has_sides else 0) + 1
    seen, here = np.zeros((*places, counted, 2 * cell), dtype=bool), np.zeros(places, dtype=bool)
    for votes in of_sides(shape, valid, cell) if shape.has_sides else results(len(worths), valid, cell):
        score = votes @ worths // valid
        favourable = votes[:, good].sum(axis=1)
        side = favourable if shape.has_sides else np.zeros_like(favourable)
        here[score, side] = True
        first = (score * places[1] + side) * (counted * 2 * cell)  # where the values of these results begin in `seen`
        parts = (favourable, valid - favourable) if shape.has_sides else (*votes.T, *(valid - votes).T)
        for place, part in enumerate(parts):
            few = part < 2 * cell
            seen.reshape(-1)[first[few] + (place * 2 * cell + part[few])] = True
    return seen, here


def results(options: int, valid: int, cell: int) -> Iterator[Ints]:
    """Yield all results in which an option has fewer than `cell` votes (some several times), one row a result."""
    for few in range(min(cell, valid + 1)):
        rest = compositions(valid - few, options - 1)
        for place in range(options):
            yield np.insert(rest, place, few, axis=1)


def of_sides(shape: Shape, valid: int, cell: int) -> Iterator[Ints]:
    """Yield all results in which a side has fewer than `cell` votes (some twice), one row a result."""
    good = np.array(shape.favourable)
    for few in range(min(cell, valid + 1)):
        for side in (good, ~good):
            inner, outer = compositions(few, int(side.sum())), compositions(valid - few, int((~side).sum()))
            votes = np.empty((len(inner) * len(outer), len(good)), dtype=np.int64)
            votes[:, side] = np.repeat(inner, len(outer), axis=0)
            votes[:, ~side] = np.tile(outer, (len(inner), 1))
            yield votes


def compositions(total: int, parts: int) -> Ints:
    """Return all ways to write `total` as a sum of `parts` numbers from 0 up, one row a way."""
    rows, left = np.zeros((1, 0), dtype=np.int64), np.array([total], dtype=np.int64)
    for _ in range(parts - 1):
        often = left + 1
        first = np.repeat(np.cumsum(often) - often, often)
        part = np.arange(int(often.sum()), dtype=np.int64) - first
        rows, left = np.column_stack([np.repeat(rows, often, axis=0), part]), np.repeat(left, often) - part
    return np.column_stack([rows, left])


def spans(seen: Flags, here: Flags) -> Sequence[Span]:
    """Return the narrowest spans of the first axis that are safe, from the top down; none where the whole is not."""
    cell, values = seen.shape[-1] // 2, as_bits(seen)
    found: list[tuple[int, int, Bits]] = []
    rest: tuple[int, int, Bits] | None = None
    for place in np.flatnonzero(here)[::-1].tolist():
        rest = (place, rest[1], both(rest[2], values[place])) if rest else (place, place, values[place])
        if is_safe(rest[2], cell):
            found.append(rest)
            rest = None
    while rest and found:  # what is left at the bottom goes to what lies above it
        above = found.pop()
        whole = rest[0], above[1], both(above[2], rest[2])
        if is_safe(whole[2], cell):
            found.append(whole)
            rest = None
        else:
            rest = whole
    return [(low, high) for low, high, _ in found]


def as_bits(seen: Flags) -> list[Bits]:
    """Return, for each place and each count, the values that it may have as the bits of a number."""
    size = seen.shape[-1]
    worth = np.array([1 << value for value in range(size)], dtype=np.int64 if size < WORD else object)
    return [tuple(row) for row in (seen @ worth).tolist()]


def both(one: Bits, other: Bits) -> Bits:
    return tuple(a | b for a, b in zip(one, other, strict=True))


def is_safe(seen: Bits, cell: int) -> bool:
    """Return whether no count is given away by the values that it may have, as bits from 0 up."""
    small = (1 << cell) - 1
    return all(
        value & small in (0, small) or (not value & 1 and value.bit_count() >= cell) for value in seen
    )
