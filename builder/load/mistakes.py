"""What is wrong with the project's files, collected: all of it is told at once.

Always holds: what was noted is raised by `settle`; a tool that failed, or a bug of ours, is never noted but passes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from builder.errors import BuilderError, ToolError, gathered

__all__ = ["Mistakes"]

T = TypeVar("T")


class Mistakes:
    """Collects errors; one that says the same as another is told once."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], BuilderError] = {}

    def __len__(self) -> int:
        return len(self.found)

    def note(self, error: BuilderError) -> None:
        """Keep an error, or each of several."""
        for each in error.each:
            self.found.setdefault((str(each), each.message.hint), each)

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Return what `work` returns; None, and a note, where it raises BuilderError."""
        try:
            return work()
        except ToolError:
            raise
        except BuilderError as error:
            self.note(error)
            return None

    def settle(self) -> None:
        """Raise BuilderError if there was a mistake: the one, or all of them together."""
        if self.found:
            raise gathered(tuple(self.found.values()))
