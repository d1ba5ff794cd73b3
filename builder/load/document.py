"""A file of the project as plain values, and where in the file each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

__all__ = ["Document", "Pointer", "Position"]

Pointer = tuple[str | int, ...]
"""The way to a value: names of properties, and places in lists counted from 0."""


class Position(NamedTuple):
    """Where something stands in a file: both are counted from 1, columns in characters. `path`: "" for that file."""

    line: int
    column: int
    path: str = ""


class Document:
    """What a file holds. `name`: how it is called in messages. The places are looked for when one is asked for."""

    def __init__(self, name: str, value: Any, find: Callable[[], Mapping[Pointer, Position]]) -> None:
        self.name = name
        self.value = value
        self.find = find

    @cached_property
    def positions(self) -> Mapping[Pointer, Position]:
        """Pointer → where its property, or its item of a list, begins."""
        return self.find()

    def place(self, pointer: Pointer) -> str:
        """Return `file:line:column` of a value, or of the nearest that holds it."""
        for length in range(len(pointer), -1, -1):
            found = self.positions.get(pointer[:length])
            if found:
                return f"{found.path or self.name}:{found.line}:{found.column}"
        return self.name
