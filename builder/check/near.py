"""The code that was probably meant: written otherwise, one sign away, or named instead of written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from builder.model import Resource

__all__ = ["Codes", "Meant", "codes", "folded", "plain_name"]

MOST_SIGNS = 40
"""Longer codes are not varied: their like would be looked up ten thousand times."""

NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
TENS = re.compile(r"([1-9]?)十([1-9]?)")

APPENDED = re.compile(
    r"第|号|网格|社区|居委会|村委会|居民委员会|村民委员会|街道办事处|街道|委员会|[\s()（）\[\]【】·、，,.。_-]"
)
"""What offices append to a name or leave out of it."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A code that was probably meant. `is_named`: the row's name stood in the cell instead of it."""

    code: str
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a table. `names`: plain name → the code of the one row that is called so."""

    known: frozenset[str]
    folds: Mapping[str, str]
    names: Mapping[str, str]
    signs: str

    def meant(self, value: str) -> Meant | None:
        """Return what `value` was probably meant to be; None where that is nothing, or several things."""
        if code := self.folds.get(folded(value), ""):
            return Meant(code)
        if code := self.names.get(plain_name(value), ""):
            return Meant(code, is_named=True)
        found = self.beside(value)
        return Meant(next(iter(found))) if len(found) == 1 else None

    def beside(self, value: str) -> set[str]:
        """Return the codes that are one sign away from `value`."""
        return set(varied(value, self.signs)) & self.known if len(value) <= MOST_SIGNS else set()


def codes(frame: pd.DataFrame, resource: Resource, column: str) -> Codes:
    """Return the codes in `column` of a table, with the names that its public column `name` gives them."""
    known = frozenset(str(code) for code in frame[column].dropna().unique())
    is_named = "name" in frame and "name" in resource.schema and resource.schema["name"].publish == "public"
    pairs = zip(frame["name"], frame[column], strict=True) if is_named else ()
    called = ((plain_name(name), code) for name, code in pairs if isinstance(name, str) and isinstance(code, str))
    return Codes(
        known,
        once((folded(code), code) for code in known),
        once((name, code) for name, code in called if name),
        "".join(sorted({sign for code in known for sign in code})),
    )


def once(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs whose first is not shared by several seconds."""
    found: dict[str, str] = {}
    for first, second in pairs:
        found[first] = second if found.get(first, second) == second else ""
    return {first: second for first, second in found.items() if second}


def folded(code: str) -> str:
    """Return a code without what makes no difference: width, spaces, capital letters, a leading apostrophe."""
    return re.sub(r"[\s'’`]", "", unicodedata.normalize("NFKC", code)).upper()


def plain_name(name: str) -> str:
    """Return what is left of a name, such as 柴米巷1 of 柴米巷社区第一网格; "" where nothing tells it from others."""
    text = unicodedata.normalize("NFKC", name).translate(NUMERALS)
    text = TENS.sub(lambda found: f"{found[1] or 1}{found[2] or 0}", text)
    short = APPENDED.sub("", text)
    return short if re.search(r"[^0-9A-Za-z]", short) else ""


def varied(value: str, signs: Collection[str]) -> Iterator[str]:
    """Yield every text that is one sign more, less or other than `value`, or has two neighbours exchanged."""
    for place in range(len(value) + 1):
        head, tail = value[:place], value[place:]
        for sign in signs:
            yield head + sign + tail
            if tail and sign != tail[0]:
                yield head + sign + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]
