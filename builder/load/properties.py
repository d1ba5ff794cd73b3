"""The properties of one object of a descriptor or a configuration: each is of its kind, or a BuilderError names it.

Nothing else in `load` looks into raw JSON or YAML, so no list can pass for a text and no text for a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.load.names import brief, is_plain, shown

__all__ = ["Properties"]

STANDARD = mark("see the Data Package standard, or compare with a fresh `mingge demo`")
MISSING = mark("{where}: “{key}” is missing or empty")
TEXT = mark("{where}: “{key}” must be text, but is {found}")
LINE = mark("{where}: “{key}” must be one line of text that can be seen, but is {found}")
PASSAGE = mark("{where}: “{key}” must be text without control characters, but is {found}")
TEXTS = mark("{where}: “{key}” must be a list of different texts, but is {found}")
FLAG = mark("{where}: “{key}” must be true or false, but is {found}")
WHOLE = mark("{where}: “{key}” must be a whole number from {least} to {most}, but is {found}")
LIST = mark("{where}: “{key}” must be a list, but is {found}")
OBJECT = mark("{where}: “{key}” must be an object, but is {found}")
OBJECTS = mark("{where}: “{key}” must be a list of objects, but is {found}")


@dataclass(frozen=True, slots=True)
class Properties:
    """An object and where it stands. Every method raises BuilderError when the property is of another kind."""

    source: Mapping[str, Any]
    where: str
    hint: str = STANDARD

    def __contains__(self, key: str) -> bool:
        return key in self.source

    def wrong(self, key: str, message: str, hint: str = "", **values: object) -> BuilderError:
        """Return the error that property `key` is not what `message` asks for."""
        found = brief(self.source.get(key))
        return BuilderError(message, hint or self.hint, where=self.where, key=shown(key), found=found, **values)

    def line(self, key: str, default: str = "") -> str:
        """Return one line of text: a name, a title, a value."""
        value = self.source.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, TEXT)
        if not is_plain(value):
            raise self.wrong(key, LINE)
        return value

    def needed(self, key: str) -> str:
        """Return one line of text that must be there."""
        if key not in self.source or self.source[key] == "":
            raise self.wrong(key, MISSING)
        return self.line(key)

    def passage(self, key: str, default: str = "") -> str:
        """Return text that may run over several lines."""
        value = self.source.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, TEXT)
        if not is_plain(value.replace("\n", "").replace("\r", "").replace("\t", "")):
            raise self.wrong(key, PASSAGE)
        return value

    def lines(self, key: str) -> tuple[str, ...]:
        """Return a list of different texts, none of them empty; () when there is none."""
        values = self.items(key)
        if not all(isinstance(value, str) and value and is_plain(value) for value in values):
            raise self.wrong(key, TEXTS)
        if len(set(values)) < len(values):
            raise self.wrong(key, TEXTS)
        return tuple(values)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.source.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, FLAG)
        return value

    def whole(self, key: str, default: int, limits: tuple[int, int], hint: str = "") -> int:
        """Return a whole number within `limits`, both included."""
        value = self.source.get(key, default)
        least, most = limits
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(key, WHOLE, hint, least=least, most=most)
        return value

    def items(self, key: str) -> list[Any]:
        """Return a list of anything; [] when there is none."""
        value = self.source.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, LIST)
        return value

    def inner(self, key: str) -> Properties:
        """Return the properties of an object inside this one; none when it is not there."""
        value = self.source.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, OBJECT)
        return Properties(value, f"{self.where}: {key}", self.hint)

    def objects(self, key: str) -> tuple[Properties, ...]:
        """Return the objects of a list."""
        values = self.items(key)
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, OBJECTS)
        return tuple(Properties(v, f"{self.where}: {key}[{n}]", self.hint) for n, v in enumerate(values))
