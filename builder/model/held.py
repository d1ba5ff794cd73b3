"""What a build holds back: files that do not pass the check, while their last good version stays published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Held"]


class Held(NamedTuple):
    """A file that is held back. `title`: of its table; `as_of`: the day of the version in its place, "" for none.

    `since`: the day of the first build that held it; `kinds`: code of a finding → how many. Never a cell's value.
    """

    resource: str
    title: str
    path: str
    as_of: str
    since: str
    kinds: Mapping[str, int]
