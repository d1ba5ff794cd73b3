"""Facts to contexts: one frozen context per page, complete and in order, so that templates only format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.pages import area, assessment, branch, front, grid
from builder.pages.data import PublishedFile, data
from builder.pages.document import document
from builder.pages.quality import quality
from builder.pages.sources import Sources, sources

__all__ = ["PublishedFile", "Sources", "data", "document", "generated", "kinds", "quality", "sources"]


def generated(source: Sources) -> Iterator[tuple[str, Any]]:
    """Yield (template, context) of every page but data/ and quality/, grids first; made one at a time."""
    yield from grid.pages(source)
    yield from branch.pages(source)
    yield from area.pages(source)
    yield from assessment.pages(source)
    yield "home.html", front.home(source)
    if front.has_deadlines(source):
        yield "overdue.html", front.overdue(source)


def kinds(source: Sources) -> tuple[str, ...]:
    """Return the kinds of pages (templates without .html) that a site of these sources has."""
    found = ["home", "data", "quality", "grid", "records"]
    found += ["area", "area_order"] if "area" in source.tables else []
    found += ["branch"] if "branch" in source.tables else []
    found += ["assessment", "assessment_area"] if source.facts.scores else []
    found += ["overdue"] if front.has_deadlines(source) else []
    return tuple(found)
