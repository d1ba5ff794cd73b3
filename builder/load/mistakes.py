"""What is wrong with the project's files, collected: all of it is told at once.

Always holds: what was noted is raised by `settle`; a tool that failed, or a bug of ours, is never noted but passes.
"""

from __future__ import annotations

import re
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
        """Raise BuilderError if there was a mistake: the one, or all of them, file by file and line by line."""
        if self.found:
            errors = tuple(self.found.values())
            files = [place(error)[0] for error in errors]
            raise gathered(sorted(errors, key=lambda error: (files.index(place(error)[0]), *place(error)[1:])))


def place(error: BuilderError) -> tuple[str, int, int]:
    """Return file, line and column of an error, as far as it names them."""
    values = error.message.values
    found = re.match(r"(.*?):([0-9]+):([0-9]+)", str(values.get("where") or values.get("path") or ""))
    return (found[1], int(found[2]), int(found[3])) if found else ("", 0, 0)
