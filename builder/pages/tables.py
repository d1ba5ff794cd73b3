"""The tables whose columns depend on the package; those of all others stand in templates/tables."""

from __future__ import annotations

from builder.model import TableKind
from builder.pages import children, coverage, overdue
from builder.pages.sources import Sources

__all__ = ["tables"]


def tables(source: Sources) -> tuple[TableKind, ...]:
    """Return the kinds of tables that the pages of this package have, with their columns."""
    return (children.kind(source, True), children.kind(source, False), overdue.kind(source), coverage.kind(source))
