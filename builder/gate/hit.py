"""What the gate finds: which kind of personal data stands where, and how it may be shown."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Hit", "Kind", "masked"]

SHOWN = 3
"""Characters that a masked form begins with: enough to find the place, too few to call anybody."""

STARS = "*****"
"""Always as many, so that they do not tell how long the rest is."""


class Kind(StrEnum):
    """A kind of personal data; the value is what waivers call it."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    LANDLINE = "landline"
    CARD = "card"
    PLATE = "plate"
    EMAIL = "email"
    CHAT = "chat"
    PASSPORT = "passport"
    DOOR = "door"
    COORDINATE = "coordinate"
    BIRTH = "birth"
    CLASS = "class"


class Hit(NamedTuple):
    """Personal data in a text: from `start` up to `end`. `normal`: without what was put between its characters."""

    kind: Kind
    start: int
    end: int
    normal: str

    @property
    def masked(self) -> str:
        """What may be shown of it, to anybody."""
        return self.normal[: min(SHOWN, len(self.normal) // 3)] + STARS

    @property
    def digest(self) -> str:
        """SHA-256 of kind and normal form, in hexadecimal: what a waiver names it by.

        A telephone number can be guessed from it by trying them all. A waiver lets the number itself be published, so
        that is no loss; a digest of anything that is not waived must stay as private as what it was made from.
        """
        return hashlib.sha256(f"{self.kind.value}:{self.normal}".encode()).hexdigest()


def masked(text: str, found: tuple[Hit, ...]) -> str:
    """Return `text` with everything that was found in it in its masked form."""
    for hit in sorted(found, key=lambda hit: hit.start, reverse=True):
        text = f"{text[: hit.start]}{hit.masked}{text[hit.end :]}"
    return text
