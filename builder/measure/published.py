"""Measure each subject that was let through, and add up the tree."""

from __future__ import annotations

from collections.abc import Sequence

from builder import places
from builder.model import Published
from builder.places import PlacesPublished
from builder.subjects.facts import Facts
from builder.subjects.subject import AnySubject

__all__ = ["published"]


def published(found: Published, subjects: Sequence[AnySubject]) -> Facts:
    """Return the facts of what may be published."""
    whole = found.parts["places"]
    assert isinstance(whole, PlacesPublished)  # noqa: S101 - `protect` puts it there
    return Facts(
        scope=found.scope,
        places=places.measure(whole, found.tables, found.scope.tree),
        parts={subject.name: subject.measure(found.parts[subject.name], found.scope) for subject in subjects},
        others={
            kind: places.measure(whole, found.tables, tree) for kind, tree in found.scope.others.items() if tree.tops
        },
    )
