"""Pages to files, in any process: what is the same on every page comes once, then page after page.

Always holds: a page's bytes depend on its context and on the press, not on the process nor on other pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from builder.language import translator
from builder.model import Json, Planned, Resource
from builder.site.environment import SiteFacts, Words, environment
from builder.site.render import Writer

__all__ = ["Done", "Press", "Printer"]


class Press(NamedTuple):
    """What every page is made with: the templates, the shell of each kind, words, and the folder of the site."""

    templates: Path
    shells: Mapping[str, str]
    facts: SiteFacts
    resources: Mapping[str, Resource]
    target: Path


class Done(NamedTuple):
    """Pages that were written, by their paths. `document`: the first one written for programs, None if none was."""

    paths: tuple[str, ...]
    document: Json


class Printer:
    """Writes pages below the site's folder."""

    def __init__(self, press: Press) -> None:
        words = Words(press.facts, translator(press.facts.language), press.resources)
        self.writer = Writer(environment(press.templates, press.shells, words), press.target)
        self.paths: list[str] = []
        self.document: Json = None

    def page(self, planned: Planned) -> None:
        """Write one page, and the same for programs beside it."""
        head = planned.context.head
        self.writer.page(planned)
        if planned.document is not None:
            self.writer.document(f"{head.path}data.json", planned.document)
            self.document = self.document or planned.document
        self.paths.append(head.path)

    def done(self) -> Done:
        """Return what was written since this was last asked."""
        found = Done(tuple(self.paths), self.document)
        self.paths, self.document = [], None
        return found
