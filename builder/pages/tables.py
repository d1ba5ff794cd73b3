"""The tables whose columns depend on the package; those of all others stand in templates/tables."""

from __future__ import annotations

from builder.model import TableKind
from builder.pages import children, coverage, others, overdue
from builder.pages.sources import Sources

__all__ = ["tables"]


def tables(source: Sources) -> tuple[TableKind, ...]:
    """Return the kinds of tables that the pages of this package have, with their columns."""
    # all trees but the main one have the same columns
    views = tuple(others.views(source))[:2]
    areas = (children.kind(view, False) for view in views)
    return (children.kind(source, True), children.few_kind(source), *areas, overdue.kind(source), coverage.kind(source))
