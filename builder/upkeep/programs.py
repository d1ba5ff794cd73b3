"""When the programs that a site is built with end: from then on nobody mends what is found in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from builder.language import mark
from builder.model import Message
from builder.upkeep.endings import Ending

__all__ = ["programs"]

AHEAD = 180


class End(NamedTuple):
    """The day on which the versions of a program that begin with `version` end."""

    name: str
    version: str
    day: date


PYTHON = (
    End("Python", "3.11", date(2027, 10, 31)),  # PEP 664
    End("Python", "3.12", date(2028, 10, 31)),  # PEP 693
    End("Python", "3.13", date(2029, 10, 31)),  # PEP 719
    End("Python", "3.14", date(2030, 10, 31)),  # PEP 745
)
"""The month is what is announced; its last day is taken."""

ENGINES = (End("mkdocs-material", "9.", date(2027, 5, 5)),)  # as its own description says since 9.8


def programs(*, has_engine: bool) -> Iterator[Ending]:
    """Yield the ends of Python and, if the site is built with one, of the engine's parts that are installed."""
    here = ".".join(map(str, sys.version_info[:2]))
    for end in PYTHON:
        if end.version == here:
            yield ending(end, here, mark("move the machine to a newer Python while this one is still maintained"))
    for end in ENGINES if has_engine else ():
        if (found := installed(end.name)).startswith(end.version):
            hint = mark("freeze the shell with --shell freeze and build with --shell frozen, or change the engine")
            yield ending(end, found, hint)


def ending(end: End, found: str, hint: str) -> Ending:
    text = mark("{name} {version} is maintained until {day}.")
    return Ending("program", Message(text, hint, {"name": end.name, "version": found, "day": end.day}), end.day, AHEAD)


def installed(name: str) -> str:
    """Return the version of a distribution, "" where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
