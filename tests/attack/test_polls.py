"""Nobody's vote follows from what is published of a poll: every result is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from builder.model import Field
from builder.subjects.assessment.ballots import FEW, WITHHELD, Ballots, cells
from builder.subjects.assessment.secrecy import Shape
from tests import packages
from tests.attack.polls import (
    DEMONSTRATION,
    Game,
    Program,
    Row,
    certain,
    every,
    leaks,
    polls,
    rows,
    suspects,
    told_alike,
)

GOOD, FAIR, AVERAGE, POOR = DEMONSTRATION.options


def program(game: Game) -> Program:
    """Return the program as the adversary may run it: votes and a score in, published cells out."""
    rules = Ballots(
        votes=tuple(option(name, is_good) for name, is_good in zip(game.options, game.favourable, strict=True)),
        shape=Shape(game.worths, game.favourable), minimum=max(game.minimum, game.cell), cell=game.cell,
        words={role: role for role in WITHHELD}, full={"I02": Decimal(100)}, are_public=True,
    )  # fmt: skip
    empty = dict.fromkeys(("score_low", "score_high", "favourable_low", "favourable_high", "withheld"))

    def publish(votes: tuple[int, ...], score: Decimal) -> Mapping[str, object]:
        row = dict(zip(game.options, votes, strict=True))
        return cells({"indicator_id": "I02", "score": float(score), "ballots_valid": sum(votes), **row, **empty}, rules)

    return publish


def option(name: str, is_favourable: bool) -> Field:
    return Field(
        name=name, title=name, description="", type="integer", publish="public", required=False, fix="", aliases=(),
        labels={}, roles={}, vote="favourable" if is_favourable else "other", descriptor={},
    )  # fmt: skip


# ── the program, run on every result that there can be ────────────────────────────────────────────


def hidden(game: Game, ballots: int) -> Sequence[tuple[dict[str, object], np.ndarray]]:
    """Return what is published of polls of so many ballots, with all results of which that is published."""
    found = told_alike(every(ballots, len(game.options)), program(game), game)
    return [(dict(told), votes) for told, votes in found.items()]


def given_away(game: Game, ballots: int) -> list[tuple[dict[str, object], list[str]]]:
    """Return what is published that gives a vote away, with the counts that it gives away."""
    wrong = []
    for told, votes in hidden(game, ballots):
        if all(told.get(name) is not None for name in game.options):
            assert len(votes) == 1
            side = votes[:, np.array(game.favourable)].sum()
            has_sides = any(game.favourable) and not all(game.favourable)
            # votes are printed only where both sides have many, or each option where there are no sides
            assert min((side, votes.sum() - side) if has_sides else votes[0]) >= game.cell
        elif told.get("withheld") != FEW and (found := leaks(votes, game)):
            wrong.append((told, found))
    return wrong


@pytest.mark.parametrize("ballots", [10, 11, 12, 14, 17, 20, 23, 27, 33, 45])
def test_what_is_published_of_a_poll_fits_results_so_different_that_no_vote_is_known(ballots: int) -> None:
    assert given_away(DEMONSTRATION, ballots) == []


@pytest.mark.nightly
@pytest.mark.parametrize("ballots", range(10, 96))
def test_so_it_is_for_every_number_of_ballots_of_the_demonstration(ballots: int) -> None:
    assert given_away(DEMONSTRATION, ballots) == []


def game_of(seed: int) -> tuple[Game, int]:
    """Return a random kind of poll, and a number of ballots of it."""
    rng = np.random.default_rng(seed)
    options = int(rng.integers(2, 6))
    worths = tuple(sorted(rng.integers(0, 101, options).tolist(), reverse=True))
    good = int(rng.integers(0, options + 1))
    cell = int(rng.integers(3, 7))
    minimum = int(rng.integers(2, 13))
    names = tuple(f"votes_{place}" for place in range(options))
    most = {2: 120, 3: 60, 4: 28, 5: 17}[options]
    ballots = int(rng.integers(max(minimum, cell), most))
    return Game(names, worths, tuple(place < good for place in range(options)), minimum, cell), ballots


@pytest.mark.parametrize("seed", range(25))
def test_so_it_is_for_polls_of_any_kind(seed: int) -> None:
    assert given_away(*game_of(seed)) == []


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(25, 325))
def test_so_it_is_for_many_polls_of_any_kind(seed: int) -> None:
    assert given_away(*game_of(seed)) == []


def test_under_the_minimum_nothing_but_that_is_published() -> None:
    told = {frozenset(told.items()) for size in range(1, 10) for told, _ in hidden(DEMONSTRATION, size)}
    assert told == {frozenset({("withheld", FEW)})}


# ── the rows of a package ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    return rows(packages.demo_private(tmp_path_factory.getbasetemp()) / "assessment.csv")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The rows of assessment as they are published."""
    found = packages.published(packages.demo_checked(tmp_path_factory.getbasetemp()))
    path = tmp_path_factory.mktemp("told") / "assessment.csv"
    found.tables["assessment"].to_csv(path, index=False)
    return rows(path)


def open_votes(row: Row) -> bool:
    return all(row[name] for name in DEMONSTRATION.options)


def test_no_published_row_of_a_poll_gives_a_vote_away(told: list[Row], handed_in: list[Row]) -> None:
    seen = {"few": 0, "votes": 0, "band": 0}
    for row, secret in polls(told, handed_in):
        left = suspects(row, DEMONSTRATION)
        votes = [int(secret[name] or 0) for name in DEMONSTRATION.options]
        assert votes in left.tolist()  # what is published is true
        kind = "votes" if open_votes(row) else "band" if row["ballots_valid"] else "few"
        seen[kind] += 1
        if kind == "votes":
            side = sum(vote for vote, good in zip(votes, DEMONSTRATION.favourable, strict=True) if good)
            assert min(side, sum(votes) - side) >= DEMONSTRATION.cell
        else:
            assert not row["score"]
            assert leaks(left, DEMONSTRATION) == []
    assert min(seen.values()) > 0, seen


# ── leaks that were planted ───────────────────────────────────────────────────────────────────────


def row_of(votes: tuple[int, int, int, int], **cells: str) -> Row:
    """Return the row of a poll of which only `cells` are published."""
    return dict.fromkeys(("score", "ballots_valid", *DEMONSTRATION.options), "") | cells


PLANTED = [
    # the score of a small poll: its votes, to the last one
    ((5, 1, 1, 1), {"score": "80.6"}, []),
    # the same with the number of ballots
    ((6, 1, 1, 0), {"ballots_valid": "8", "score": "93.1"}, []),
    # each option printed
    ((40, 4, 0, 1), {"ballots_valid": "45", GOOD: "40", FAIR: "4", AVERAGE: "0", POOR: "1"}, []),
    # the favourable ballots printed where one was not
    ((30, 14, 1, 0), {"ballots_valid": "45", "favourable_low": "44", "favourable_high": "44"}, ["unfavourable"]),
    # everybody was content
    ((30, 15, 0, 0), {"ballots_valid": "45", "favourable_low": "45", "favourable_high": "45"}, ["unfavourable"]),
    # a score so high that a second unfavourable vote is impossible
    ((44, 0, 0, 1), {"ballots_valid": "45", "score": "97.8"}, []),
    # “fewer than five” beside an exact score
    ((38, 5, 2, 0), {"ballots_valid": "45", "score": "96.6", "favourable_low": "41", "favourable_high": "45"}, []),
]


@pytest.mark.parametrize(("votes", "cells", "at_least"), PLANTED)
def test_the_adversary_finds_what_was_published_before(
    votes: tuple[int, int, int, int], cells: Row, at_least: list[str]
) -> None:
    left = suspects(row_of(votes, **cells), DEMONSTRATION)
    assert list(votes) in left.tolist()
    found = leaks(left, DEMONSTRATION)
    assert found
    assert set(at_least) <= set(found)


def test_a_composite_score_that_is_told_exactly_gives_a_hidden_poll_back() -> None:
    votes = (5, 1, 1, 1)  # 80.6
    others, composite = Fraction("68.2"), Fraction("88.4")  # 68.2 + 25 × 80.6 ÷ 100 = 88.35
    bounds = tuple((composite + way * Fraction(1, 20) - others) * 4 for way in (-1, 1))
    hidden_row = row_of(votes)
    assert leaks(suspects(hidden_row, DEMONSTRATION), DEMONSTRATION) == []
    assert leaks(suspects(hidden_row, DEMONSTRATION, (bounds[0], bounds[1])), DEMONSTRATION)
    exact = suspects(hidden_row, DEMONSTRATION, (Fraction("80.6"), Fraction("80.6")))
    assert list(votes) in exact.tolist()
    assert len(exact) < 5  # nobody but these


def test_a_lone_unfavourable_vote_of_old_is_known_for_certain() -> None:
    cells = {"ballots_valid": "45", GOOD: "40", FAIR: "4", AVERAGE: "0", POOR: "1"}
    printed = row_of((40, 4, 0, 1), **cells)
    assert certain(suspects(printed, DEMONSTRATION), DEMONSTRATION)
