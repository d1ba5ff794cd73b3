"""A value that much work needs: written once, read once by every process that needs it."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar, cast

__all__ = ["Shared", "shared"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """Where the value is: a file of ours, in a folder that every process sees.

    `digest`: of what was written, for the next build may write another value to the same place.
    """

    path: Path
    digest: str

    def get(self) -> T:
        """Return the value; each process reads it once."""
        return cast("T", read(self.path, self.digest))


def shared(value: T, path: Path) -> Shared[T]:
    """Write `value` to `path`."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    path.write_bytes(data)
    return Shared(path, hashlib.sha256(data).hexdigest())


@lru_cache(maxsize=1)
def read(path: Path, _digest: str) -> object:
    return pickle.loads(path.read_bytes())  # noqa: S301 - our own file
