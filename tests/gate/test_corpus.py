"""How much of the corpus is found, and how much of what is found is personal: what the page for staff states.

A line of corpus.csv is a text and the kinds of personal data in it. Everything in it was made up.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from builder.gate import Kind, found, hits
from tests.gate import table
from tests.gate.table import Score

CORPUS = Path(__file__).parent / "corpus.csv"
PAGE = Path(__file__).parents[2] / "docs" / "personal-data.md"


class Line(NamedTuple):
    text: str
    kinds: frozenset[Kind]


@cache
def lines() -> tuple[Line, ...]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return tuple(Line(row["text"], frozenset(map(Kind, row["kinds"].split()))) for row in csv.DictReader(file))


@cache
def scores() -> Mapping[Kind, Score]:
    told = [(line.kinds, frozenset(hit.kind for hit in hits(line.text))) for line in lines()]
    return {
        kind: Score(
            sum(kind in there for there, _ in told),
            sum(kind in there & seen for there, seen in told),
            sum(kind in seen - there for there, seen in told),
        )
        for kind in Kind
    }


def test_the_corpus_is_large_and_half_of_it_is_nobodys() -> None:
    assert len(lines()) >= 600
    assert len({line.text for line in lines()}) == len(lines())
    assert sum(not line.kinds for line in lines()) >= 300
    assert {kind: score.lines for kind, score in scores().items() if score.lines < 20} == {}


@pytest.mark.parametrize("kind", [Kind.IDENTITY, Kind.CARD])
def test_numbers_with_a_check_digit_are_all_found_and_nearly_nothing_else(kind: Kind) -> None:
    assert scores()[kind].recall == 1
    assert scores()[kind].precision >= 0.99


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_found_nearly_always_and_what_is_found_nearly_always_is_one(kind: Kind) -> None:
    assert scores()[kind].recall >= 0.95
    assert scores()[kind].precision >= 0.95


def test_a_text_that_holds_anything_is_looked_at_closely() -> None:
    texts = [line.text for line in lines()]

    assert found(table.array(texts)) == {text: held for text in texts if (held := hits(text))}


def test_the_page_for_staff_states_what_is_measured() -> None:
    assert table.of(scores(), len(lines())) in PAGE.read_text(encoding="utf-8")
