"""Where a build keeps what the next one may use again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from builder.model.message import Message

__all__ = ["Cache", "FrozenShell"]


class FrozenShell(NamedTuple):
    """A file with all that the engine made of a site. `is_made`: it is to be written; else it stands for the engine."""

    path: Path
    is_made: bool = False


@dataclass(frozen=True, slots=True)
class Cache:
    """What the engine made for an earlier build: in a folder, new or used, or in one file that is kept for good.

    `folder`: None where nothing is kept from night to night. `warn`: who is told when nothing can be kept in it, since
    a build never fails of its cache, and what a frozen shell does not show. `frozen`: None for none.
    """

    folder: Path | None
    warn: Callable[[Message], None]
    frozen: FrozenShell | None = None
