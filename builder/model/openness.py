"""How open a package is: what `mingge policy` prints, the page of the policy shows, and policy.lock remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from builder.model.package import Resource

__all__ = ["LEVELS", "PUBLISHED", "REPOSITORIES", "SHAPES", "Category", "Openness", "Record"]

PUBLISHED = ("never", "counts", "ballots", "public")
"""How openly a column is shown, the least open first. `ballots`: votes, as they are from `minimum_ballots` on."""

LEVELS = ("protected", "counted", "itemised")
"""How openly the rows of a category are shown, the least open first."""

REPOSITORIES = ("private", "public")
"""Who may read the package itself, the fewest first."""

SHAPES = "mingge.geometry"
"""What the shapes of places are called among the fields: they are in no table."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a reviewer agrees to, in words of PUBLISHED, LEVELS and REPOSITORIES.

    `minimums`: setting → its number, and `table.key` → a category's own. `levels`: `table.key` → level, and
    `resource.column` for the column that marks void rows. `fields`: `resource.field` → how it is published; a column
    that is not there is never published. `headers`: `resource: header` → the same, for each title or alias of a column
    that is not public, so that no public column can take it over.
    """

    repository: str
    minimums: Mapping[str, int]
    levels: Mapping[str, str]
    fields: Mapping[str, str]
    headers: Mapping[str, str]


class Category(NamedTuple):
    """A category of the rows of `resource`: `key` in `table`, its name, and its level, in the package's words too.

    `minimum`: the smallest count that is shown of it; 0 where each row is.
    """

    resource: str
    table: str
    key: str
    name: str
    level: str
    word: str
    minimum: int


@dataclass(frozen=True, slots=True)
class Openness:
    """The record of a package, and the names of its categories as they may be published."""

    record: Record
    categories: tuple[Category, ...]

    def columns(self, resource: Resource, *published: str) -> tuple[str, ...]:
        """Return the titles of the columns of `resource` that are published in one of these ways."""
        return tuple(
            field.title for field in resource.schema.fields
            if self.record.fields.get(f"{resource.name}.{field.name}", "never") in published
        )  # fmt: skip

    def of(self, resource: str) -> tuple[Category, ...]:
        """Return the categories of the rows of a resource; none where all its rows are published."""
        return tuple(item for item in self.categories if item.resource == resource)

    @property
    def settings(self) -> Mapping[str, int]:
        """The minimums that are settings of the package; others are those of single categories."""
        return {name: number for name, number in self.record.minimums.items() if "." not in name}
