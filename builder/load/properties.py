"""The properties of one object of a descriptor or a configuration: each is of its kind, or a BuilderError names it.

Nothing else in `load` looks into raw JSON or YAML, so no list can pass for a text and no text for a number. Where
mistakes are collected, a property that is of another kind is noted and taken for one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from builder.errors import BuilderError
from builder.language import mark
from builder.load.document import Document, Pointer
from builder.load.mistakes import Mistakes
from builder.load.names import brief, is_plain, shown

__all__ = ["STANDARD", "Properties", "of"]

T = TypeVar("T")

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
ADD = mark("add it; compare with a fresh `mingge demo`")
WRITE_TEXT = mark("write text between quotation marks")
WRITE_LINE = mark("write it again in one line, by hand")
WRITE_FLAG = mark("write true or false, without quotation marks")
WRITE_WHOLE = mark("write a whole number, without quotation marks")
OBJECTS = mark("{where}: “{key}” must be a list of objects, but is {found}")


@dataclass(frozen=True, slots=True)
class Properties:
    """An object, and where it stands: `name` of the file and `trail` within it, in words.

    `pointer`: the way to it in `document`, which knows its line. `mistakes`: where they are collected; None: the first
    one is raised.
    """

    source: Mapping[str, Any]
    name: str
    hint: str = STANDARD
    trail: str = ""
    pointer: Pointer = ()
    document: Document | None = None
    mistakes: Mistakes | None = None

    def __contains__(self, key: str) -> bool:
        return key in self.source

    @property
    def where(self) -> str:
        """File, line and column at which the object begins, and what it is."""
        return self.at()

    def at(self, *way: str | int) -> str:
        """Return the same of a property of the object; a name stands before the file's line is known."""
        place = self.document.place((*self.pointer, *way)) if self.document else self.name
        return f"{place}: {self.trail}" if self.trail else place

    def called(self, trail: str) -> Properties:
        """Return the same object under another name."""
        return replace(self, trail=trail)

    def wrong(self, key: str, message: str, hint: str = "", **values: object) -> BuilderError:
        """Return the error that property `key` is not what `message` asks for."""
        found = brief(self.source.get(key))
        return BuilderError(message, hint or self.hint, where=self.at(key), key=shown(key), found=found, **values)

    def note(self, error: BuilderError) -> None:
        """Collect an error. Raises it where none are collected."""
        if self.mistakes is None:
            raise error
        self.mistakes.note(error)

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Return what `work` returns; None, and a note, where it raises BuilderError and mistakes are collected."""
        return self.mistakes.attempt(work) if self.mistakes is not None else work()

    def refuse_at(self, way: Pointer, message: str, hint: str = "", **values: object) -> None:
        """Note what is wrong at a place below this object."""
        self.note(BuilderError(message, hint or self.hint, where=self.at(*way), **values))

    def refuse(self, key: str, message: str, hint: str = "", **values: object) -> None:
        """Note that property `key` is not what `message` asks for."""
        self.note(self.wrong(key, message, hint, **values))

    def instead(self, default: T, key: str, message: str, hint: str = "", **values: object) -> T:
        """Note that property `key` is not what `message` asks for, and return what is taken instead."""
        self.refuse(key, message, hint, **values)
        return default

    def line(self, key: str, default: str = "") -> str:
        """Return one line of text: a name, a title, a value."""
        value = self.source.get(key, default)
        if not isinstance(value, str):
            return self.instead(default, key, TEXT, WRITE_TEXT)
        if not is_plain(value):
            return self.instead(default, key, LINE, WRITE_LINE)
        return value

    def needed(self, key: str) -> str:
        """Return one line of text that must be there. Raises BuilderError, collected or not."""
        value = self.source.get(key, "")
        if value == "":
            raise self.wrong(key, MISSING, ADD)
        if not isinstance(value, str):
            raise self.wrong(key, TEXT, WRITE_TEXT)
        if not is_plain(value):
            raise self.wrong(key, LINE, WRITE_LINE)
        return value

    def passage(self, key: str, default: str = "") -> str:
        """Return text that may run over several lines."""
        value = self.source.get(key, default)
        if not isinstance(value, str):
            return self.instead(default, key, TEXT, WRITE_TEXT)
        if not is_plain(value.replace("\n", "").replace("\r", "").replace("\t", "")):
            return self.instead(default, key, PASSAGE)
        return value

    def lines(self, key: str) -> tuple[str, ...]:
        """Return a list of different texts, none of them empty; () when there is none."""
        values = self.items(key)
        if not all(isinstance(value, str) and value and is_plain(value) for value in values):
            return self.instead((), key, TEXTS)
        if len(set(values)) < len(values):
            return self.instead((), key, TEXTS)
        return tuple(values)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.source.get(key, default)
        return value if isinstance(value, bool) else self.instead(default, key, FLAG, WRITE_FLAG)

    def whole(self, key: str, default: int, limits: tuple[int, int], hint: str = "") -> int:
        """Return a whole number within `limits`, both included."""
        value = self.source.get(key, default)
        least, most = limits
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            return self.instead(default, key, WHOLE, hint or WRITE_WHOLE, least=least, most=most)
        return value

    def items(self, key: str) -> list[Any]:
        """Return a list of anything; [] when there is none."""
        value = self.source.get(key, [])
        return value if isinstance(value, list) else self.instead([], key, LIST)

    def inner(self, key: str) -> Properties:
        """Return the properties of an object inside this one; none when it is not there."""
        value = self.source.get(key, {})
        if not isinstance(value, dict):
            value = self.instead({}, key, OBJECT)
        return replace(self, source=value, trail=self.below(key), pointer=(*self.pointer, key))

    def objects(self, key: str) -> tuple[Properties, ...]:
        """Return the objects of a list."""
        values = self.items(key)
        if not all(isinstance(value, dict) for value in values):
            self.refuse(key, OBJECTS)
        return tuple(
            replace(self, source=value, trail=self.below(f"{key}[{number}]"), pointer=(*self.pointer, key, number))
            for number, value in enumerate(values)
            if isinstance(value, dict)
        )

    def below(self, name: str) -> str:
        """Return how something inside the object is called."""
        return f"{self.trail}: {name}" if self.trail else name


def of(document: Document, mistakes: Mistakes | None = None, hint: str = STANDARD) -> Properties:
    """Return the properties of the object that a file holds."""
    return Properties(document.value, document.name, hint, document=document, mistakes=mistakes)
