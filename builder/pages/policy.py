"""policy/: what is published of each table as it is, what only in counts, and what never; how openly each category is.

Made from the schemas and the categories of the package that is shown, so it cannot say anything else than what is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from builder.language import Translator, mark
from builder.model import Category, Openness, PageContext, Resource
from builder.pages.sources import Sources

__all__ = ["MINIMUMS", "CategoryRow", "MinimumRow", "PolicyPage", "PolicyRow", "page"]

MINIMUMS = {
    "minimum_denominator": mark("A rate needs at least so many; below that, only the counts are shown"),
    "minimum_ballots": mark("The result of a poll needs at least so many valid ballots"),
    "minimum_ranked": mark("A rank needs at least so many"),
    "minimum_cell": mark("A count of matters of persons is shown from this number up"),
}
"""Setting → what is shown from its number on."""

OF_POLLS = frozenset({"minimum_ballots", "minimum_ranked"})
"""Settings that say nothing where the package has no polls."""


class PolicyRow(NamedTuple):
    """One table: the titles of its columns by how they are published; `ballots`: votes, from the minimum on."""

    title: str
    name: str
    public: tuple[str, ...]
    ballots: tuple[str, ...]
    counts: tuple[str, ...]
    never: tuple[str, ...]


class CategoryRow(NamedTuple):
    """One category: of which table's rows, how openly these are shown (in the package's words), from how many on."""

    table: str
    name: str
    key: str
    level: str
    word: str
    minimum: int


class MinimumRow(NamedTuple):
    """A setting, what is shown from its number on (in words), and the number."""

    name: str
    meaning: str
    number: int


@dataclass(frozen=True, slots=True)
class PolicyPage(PageContext):
    """What is published of each table, of each category, and from how many on."""

    tables: tuple[PolicyRow, ...]
    categories: tuple[CategoryRow, ...]
    minimums: tuple[MinimumRow, ...]


def page(source: Sources, _key: tuple[str, ...]) -> PolicyPage:
    """Return the page of the policy."""
    edition, openness, _ = source.edition, source.openness, source.edition.translate
    assert openness is not None  # noqa: S101 - the page is planned only where it is known
    title = _(mark("What is published, and what is not"))
    sections = [("columns", _(mark("Columns")))]
    sections += [("categories", _(mark("Categories")))] if openness.categories else []
    sections += [("minimums", _(mark("Small numbers")))]
    return PolicyPage(
        head=edition.head(title, title, "policy/", *sections),
        tables=tuple(row(openness, resource) for resource in edition.package.resources.values()),
        categories=tuple(category(edition.title(item.resource), item) for item in openness.categories),
        minimums=minimums(openness, _),
    )


def row(openness: Openness, resource: Resource) -> PolicyRow:
    return PolicyRow(
        title=resource.title,
        name=resource.name,
        public=openness.columns(resource, "public"),
        ballots=openness.columns(resource, "ballots"),
        counts=openness.columns(resource, "counts"),
        never=openness.columns(resource, "never"),
    )


def category(table: str, item: Category) -> CategoryRow:
    return CategoryRow(table, item.name, item.key, item.level, item.word, item.minimum)


def minimums(openness: Openness, translate: Translator) -> tuple[MinimumRow, ...]:
    has_polls = "ballots" in openness.record.fields.values()
    return tuple(
        MinimumRow(name, translate(MINIMUMS.get(name, name)), number)
        for name, number in openness.settings.items()
        if has_polls or name not in OF_POLLS
    )
