"""All that pages may say in figures, subject by subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.model import Scope
from builder.places import PlaceFacts

__all__ = ["Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """`parts`: subject → its facts, of the type that the subject's own functions take.

    `others`: kind of areas → the sums over its tree, of those that are not the main one; a street has none.
    """

    scope: Scope
    places: PlaceFacts
    parts: Mapping[str, object]
    others: Mapping[str, PlaceFacts]
