"""An adversary of polls: all results that agree with what is published of one, found by trying every result.

It knows the published cells, the worth of each vote, the minimums and, if it is given it, the program itself: then only
those results are left that the program would have published in the same words.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import ceil, floor
from pathlib import Path

import numpy as np
import numpy.typing as npt

Votes = npt.NDArray[np.int64]
FULL, BAND = 100, ("score_low", "score_high")

Row = dict[str, str]
Program = Callable[[tuple[int, ...], Decimal], Mapping[str, object]]
"""Votes and stated score → the cells that the program publishes."""


@dataclass(frozen=True)
class Game:
    """What everybody knows: options by column with the worth of a vote and whether it is favourable; the minimums."""

    options: tuple[str, ...]
    worths: tuple[int, ...]
    favourable: tuple[bool, ...]
    minimum: int = 10
    cell: int = 5


DEMONSTRATION = Game(
    ("votes_good", "votes_fair", "votes_average", "votes_poor"), (100, 85, 60, 0), (True, True, False, False)
)


@cache
def every(ballots: int, options: int) -> Votes:
    """Return every result of a poll, one row a result: bars between stars."""
    bars = np.array(list(combinations(range(ballots + options - 1), options - 1)), dtype=np.int64).reshape(
        -1, options - 1
    )
    ends = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), ballots + options - 1)])
    return np.diff(ends, axis=1) - 1


def half_up(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def tenths(votes: Votes, game: Game) -> Votes:
    """Return the score of each result in tenths of a point, rounded half up."""
    total, ballots = votes @ np.array(game.worths), votes.sum(axis=1)
    found: Votes = (20 * total + ballots) // (2 * ballots)
    return found


def suspects(row: Mapping[str, str], game: Game, score: tuple[Fraction, Fraction] | None = None) -> Votes:
    """Return every result that agrees with the published cells; `score`: bounds of it that came from elsewhere."""
    sizes = [int(Decimal(row["ballots_valid"]))] if row["ballots_valid"] else range(1, game.minimum)
    found = []
    for size in sizes:
        votes = every(size, len(game.options))
        keep = np.ones(len(votes), dtype=bool)
        for place, name in enumerate(game.options):
            if row.get(name):
                keep &= votes[:, place] == int(Decimal(row[name]))
        side = votes[:, np.array(game.favourable)].sum(axis=1)
        if row.get("favourable_low"):
            keep &= (side >= int(Decimal(row["favourable_low"]))) & (side <= int(Decimal(row["favourable_high"])))
        stated = tenths(votes, game)
        if row["score"]:
            keep &= stated == int(Decimal(row["score"]) * 10)
        if row.get("score_low"):  # a band of the score before it was rounded
            total, (low, high) = votes @ np.array(game.worths), (int(Decimal(row[key])) for key in BAND)
            keep &= (total >= low * size) & ((total < high * size) | (high == FULL))
        if score:
            keep &= (stated >= ceil(score[0] * 10)) & (stated <= floor(score[1] * 10))
        found.append(votes[keep])
    return pad(found)


def pad(found: Sequence[Votes]) -> Votes:
    return np.concatenate(found) if found else np.zeros((0, 0), dtype=np.int64)


def told_alike(votes: Votes, program: Program, game: Game) -> dict[frozenset[tuple[str, object]], Votes]:
    """Return what the program publishes of these results → those of which it publishes that."""
    found: dict[frozenset[tuple[str, object]], list[int]] = {}
    for place, told in enumerate(published(votes, program, game)):
        found.setdefault(frozenset(told.items()), []).append(place)
    return {told: votes[places] for told, places in found.items()}


def published(votes: Votes, program: Program, game: Game) -> Iterator[Mapping[str, object]]:
    """Yield what the program publishes of each result."""
    for result, score in zip(votes.tolist(), tenths(votes, game).tolist(), strict=True):
        yield program(tuple(result), Decimal(score) / 10)


def leaks(votes: Votes, game: Game) -> list[str]:
    """Return what these suspects have in common that nobody may know: nothing, if the poll was well hidden."""
    if not len(votes):
        return ["nothing agrees"]
    ballots, side = votes.sum(axis=1), votes[:, np.array(game.favourable)].sum(axis=1)
    if any(game.favourable) and not all(game.favourable):
        counted = {"favourable": side, "unfavourable": ballots - side}
    else:
        counted = {name: votes[:, place] for place, name in enumerate(game.options)}
        counted |= {f"all but {name}": ballots - column for name, column in counted.items()}
    return [name for name, column in counted.items() if gives_away(set(column.tolist()), game.cell)]


def gives_away(values: set[int], cell: int) -> bool:
    """Return whether a count of which these values are left tells of fewer than `cell` people."""
    if min(values) >= cell:
        return False
    return not set(range(cell)) <= values if 0 in values else len(values) < cell


def certain(votes: Votes, game: Game) -> bool:
    """Return whether an unfavourable count below the minimum is known for certain, to the vote."""
    side = (votes.sum(axis=1) - votes[:, np.array(game.favourable)].sum(axis=1)).tolist()
    return len(set(side)) == 1 and 0 < side[0] < game.cell


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def polls(table: Sequence[Row], private: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield each poll as published, with what was handed in."""
    known = {(row["period"], row["branch_id"], row["indicator_id"]): row for row in private if row["ballots_valid"]}
    for row in table:
        secret = known.get((row["period"], row["branch_id"], row["indicator_id"]))
        if secret:
            yield row, secret
