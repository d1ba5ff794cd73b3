"""Where a build keeps what the next one may use again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builder.model.message import Message

__all__ = ["Cache"]


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder, new or used, and who is told when nothing can be kept in it: a build never fails of its cache."""

    folder: Path
    warn: Callable[[Message], None]
