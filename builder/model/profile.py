"""How much a release holds: what the next one is compared with. Counts of what anybody can count in its downloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

__all__ = ["Extent", "Profile"]


class Extent(NamedTuple):
    """One table: its rows, and field → how many of its cells are not empty."""

    rows: int
    filled: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Profile:
    """A release: the day that it describes, and resource → what it publishes of it."""

    as_of: date
    tables: Mapping[str, Extent]
