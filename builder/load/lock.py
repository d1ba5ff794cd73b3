"""policy.lock, as it lies beside datapackage.json; what it says is not judged here."""

from __future__ import annotations

from pathlib import Path

from builder.language import mark
from builder.load.files import text

__all__ = ["LOCK", "lock"]

LOCK = "policy.lock"

LARGEST = 5 * 10**6
"""Bytes. A line a column is a hundred times smaller."""


def lock(folder: Path) -> str | None:
    """Return the text of the lock, None when there is none. Raises BuilderError when it cannot be read at all."""
    path = folder / LOCK
    if not path.exists():
        return None
    return text(path, LARGEST, mark("delete it, and run `mingge policy --renew`"))
