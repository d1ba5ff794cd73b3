"""What every figure means that is measured here: one list, which the page of definitions is made from."""

from __future__ import annotations

from collections.abc import Sequence

from builder import places
from builder.model import Definition
from builder.subjects.subject import AnySubject

__all__ = ["definitions"]


def definitions(subjects: Sequence[AnySubject]) -> tuple[Definition, ...]:
    """Return the definitions of the figures of places and of `subjects`, in their order.

    Raises ValueError for an anchor used twice.
    """
    found = (*places.DEFINITIONS, *(item for subject in subjects for item in subject.definitions))
    anchors = [item.anchor for item in found]
    if twice := sorted({anchor for anchor in anchors if anchors.count(anchor) > 1}):
        raise ValueError(f"figures with the same anchor: {twice}")
    return found
