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
    "minimum_denominator": mark("a rate from so many on; below it the counts alone"),
    "minimum_ballots": mark("the result of a poll from so many valid ballots on"),
    "minimum_ranked": mark("a rank from so many on"),
    "minimum_cell": mark("a count of matters of persons from so many on"),
}
"""Setting → what is shown from its number on."""


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
    return tuple(
        MinimumRow(name, translate(MINIMUMS.get(name, name)), number) for name, number in openness.settings.items()
    )
