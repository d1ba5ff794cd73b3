"""Runs of digits: groups with something between them that people write between digits, and windows over the groups."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from builder.gate.plain import BETWEEN

__all__ = ["Group", "Window", "runs", "undated", "windows"]

RUN = re.compile(f"[0-9](?:[{BETWEEN}]{{0,3}}[0-9])*", re.ASCII)
GROUP = re.compile("[0-9]+", re.ASCII)
YEARS, MONTHS, DAYS = range(1900, 2100), range(1, 13), range(1, 32)


class Group(NamedTuple):
    """Digits that nothing parts."""

    start: int
    end: int
    digits: str


class Window(NamedTuple):
    """Groups that stand together: `digits` of all, `shape` their lengths, `is_whole`: no other stands beside them."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]
    is_whole: bool


def runs(text: str) -> Iterator[list[Group]]:
    """Yield the runs of a text."""
    for run in RUN.finditer(text):
        yield [Group(found.start(), found.end(), found[0]) for found in GROUP.finditer(text, run.start(), run.end())]


def undated(groups: list[Group]) -> Iterator[list[Group]]:
    """Yield what is left of a run without the days in it, such as 2026-03-05."""
    kept: list[Group] = []
    place = 0
    while place < len(groups):
        if is_day(groups[place : place + 3]):
            yield kept
            kept = []
            place += 3
        else:
            kept.append(groups[place])
            place += 1
    yield kept


def is_day(groups: list[Group]) -> bool:
    if len(groups) < 3 or len(groups[0].digits) != 4 or any(len(group.digits) > 2 for group in groups[1:]):
        return False
    year, month, day = (int(group.digits) for group in groups)
    return year in YEARS and month in MONTHS and day in DAYS


def windows(groups: list[Group], lengths: Collection[int]) -> Iterator[Window]:
    """Yield every window of whole groups that has one of so many digits."""
    most = max(lengths)
    for first in range(len(groups)):
        digits = ""
        for last in range(first, len(groups)):
            digits += groups[last].digits
            if len(digits) > most:
                break
            if len(digits) in lengths:
                shape = tuple(len(group.digits) for group in groups[first : last + 1])
                is_whole = first == 0 and last == len(groups) - 1
                yield Window(groups[first].start, groups[last].end, digits, shape, is_whole)
