"""What is the same on every page of one build: words, names, days, and the tree with its sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.language import Translator
from builder.model import Head, Link, Package, Scope, Settings, Shard, Tree, Unit
from builder.places import PlaceFacts

__all__ = ["NEWEST", "Edition", "Names"]

NEWEST = 20
"""Rows of a long list on a page; the rest is on the page of records."""


@dataclass(frozen=True, slots=True)
class Names:
    """Codes to links. A code without a name shows itself."""

    areas: Mapping[str, str]
    grids: Mapping[str, str]
    branches: Mapping[str, str]

    def area(self, code: str) -> Link:
        """Return an area’s name and page."""
        return Link(self.areas.get(code, code), f"area/{code}/")

    def grid(self, code: str) -> Link:
        """Return a grid’s name and page."""
        return Link(self.grids.get(code, code), f"grid/{code}/")

    def branch(self, code: str) -> Link:
        """Return a branch’s name and page."""
        return Link(self.branches.get(code, code), f"branch/{code}/")


@dataclass(frozen=True, slots=True)
class Edition:
    """One build's surroundings. `long`: the grids, branches and areas whose records have a page of their own. `shard`:
    the part of the package whose pages are made."""

    package: Package
    scope: Scope
    places: PlaceFacts
    names: Names
    translate: Translator
    long: frozenset[Unit]
    shard: Shard

    @property
    def tree(self) -> Tree:
        """Who lies in whom and who answers for what."""
        return self.scope.tree

    @property
    def settings(self) -> Settings:
        """What the district decided about its own figures."""
        return self.package.settings

    def title(self, resource: str) -> str:
        """Return what the package calls a table; its name when the package does not have it."""
        found = self.package.resources.get(resource)
        return found.title if found else resource.replace("_", " ").capitalize()

    def one(self, resource: str) -> str:
        """Return what the package calls one row of a table."""
        found = self.package.resources.get(resource)
        return found.one if found else self.title(resource)

    def label(self, resource: str, field: str) -> str:
        """Return what the package calls a column; its name in plain words when the package does not have it."""
        found = self.package.resources.get(resource)
        return found.schema[field].title if found and field in found.schema else field.replace("_", " ").capitalize()

    def say(self, message: str, **values: str) -> str:
        """Return a message in the language of the site, with values in its {named} places."""
        return self.translate(message).format(**values)

    def records(self, unit: Unit) -> str:
        """Return the path of a unit's page of records, "" when it has none."""
        return f"{unit.level}/{unit.code}/records/" if unit in self.long else ""

    def overdue(self, area: str) -> str:
        """Return the path of the page that lists everything overdue in an area; of the topmost, the page of counts.

        Areas of other trees have none: "".
        """
        if self.tree.kind:
            return ""
        path = self.tree.path(area)
        return f"overdue/{path[1]}/" if len(path) > 1 else "overdue/"

    def head(
        self,
        title: str,
        description: str,
        path: str,
        *contents: tuple[str, str],
        canonical: str = "",
    ) -> Head:
        """Return a page's head; `contents` are the (anchor, heading) of its sections, in order."""
        links = tuple(Link(heading, f"#{anchor}") for anchor, heading in contents)
        return Head(title, description, path, "../" * path.count("/"), canonical or path, links)
