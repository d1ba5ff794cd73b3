"""A value that much work needs: written once, read once by every process that needs it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar, cast

__all__ = ["Shared", "shared"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """Where the value is: a file of ours, in a folder that every process sees."""

    path: Path

    def get(self) -> T:
        """Return the value; each process reads it once."""
        return cast("T", read(self.path))


def shared(value: T, path: Path) -> Shared[T]:
    """Write `value` to `path`."""
    path.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    return Shared(path)


@lru_cache(maxsize=1)
def read(path: Path) -> object:
    return pickle.loads(path.read_bytes())  # noqa: S301 - our own file
