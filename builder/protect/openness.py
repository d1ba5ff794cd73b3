"""How open a package is, from its schemas and from the tables that say how openly rows are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from builder.model import SHAPES, Category, Field, Levels, Openness, Package, Policy, Record, Schema, Tables
from builder.subjects.subject import AnySubject, Disclosure

__all__ = ["openness"]

MINIMUM = "minimum_"
"""How the settings begin under which figures of few are not shown."""


def openness(tables: Tables, policy: Policy, subjects: Sequence[AnySubject]) -> Openness:
    """Return what is published of `tables`, and what is not."""
    package = tables.package
    rules = [s.disclosure for s in subjects if s.disclosure and s.disclosure.resource in policy.levels]
    found = tuple(item for rule in rules for item in categories(tables, policy.levels[rule.resource], rule))
    own = {f"{item.table}.{item.key}": item.minimum for item in found}
    cell = package.settings.minimum_cell
    record = Record(
        repository=package.settings.repository,
        minimums=minimums(package) | {key: number for key, number in own.items() if number not in (0, cell)},
        levels={f"{item.table}.{item.key}": item.level for item in found} | dict(voids(package, rules)),
        fields={
            f"{name}.{field.name}": published(field)
            for name, resource in package.resources.items()
            for field in resource.schema.fields
        } | shapes(package),
        headers=dict(headers(package)),
    )
    return Openness(record, found)


def shapes(package: Package) -> dict[str, str]:
    """Return whether the shapes of places are shown, where the package has any."""
    file = package.settings.geometry
    return {SHAPES: file.publish} if file else {}


def published(field: Field) -> str:
    """Return how openly a column is shown; votes are shown from `minimum_ballots` on."""
    return "ballots" if field.vote and field.publish == "public" else field.publish


def minimums(package: Package) -> dict[str, int]:
    return {name: value for name, value in asdict(package.settings).items() if name.startswith(MINIMUM)}


def voids(package: Package, rules: Sequence[Disclosure]) -> Mapping[str, str]:
    """Return whether the rows that count nowhere can be told: without the column all would be shown."""
    return {
        f"{rule.resource}.{rule.void}": "protected" if has(package, rule.resource, rule.void) else "itemised"
        for rule in rules
        if rule.void
    }


def has(package: Package, resource: str, column: str) -> bool:
    """Return whether figures see a column: it is there, and not left out because it is never published."""
    schema = package.resources[resource].schema
    return column in schema and schema[column].publish != "never"


def headers(package: Package) -> Iterator[tuple[str, str]]:
    for name, resource in package.resources.items():
        for field in resource.schema.fields:
            if field.publish != "public":
                yield from ((f"{name}: {text}", published(field)) for text in sorted({field.title, *field.aliases}))


def categories(tables: Tables, levels: Levels, rule: Disclosure) -> Iterator[Category]:
    """Yield the categories that the disclosing table names, by key; the names are those that it publishes."""
    if rule.table not in tables:
        return
    frame, schema = tables[rule.table], tables.package.resources[rule.table].schema
    known = dict(zip(frame[rule.key], frame[rule.title], strict=True)) if shows(schema, rule.title) else {}
    own = dict(zip(frame[rule.key], frame[rule.minimum], strict=True)) if rule.minimum in frame else {}
    words = dict(zip(frame[rule.key], frame[rule.level], strict=True))
    for key in sorted(frame[rule.key].dropna().unique()):
        level = "itemised" if key in levels.itemised else "counted" if key in levels.counted else "protected"
        is_counted = level != "itemised" and bool(rule.minimum)
        minimum = number(own.get(key), tables.package.settings.minimum_cell) if is_counted else 0
        name = known.get(key)
        yield Category(
            rule.resource, rule.table, str(key), name if isinstance(name, str) else str(key), level,
            schema[rule.level].label(str(words[key])), minimum,
        )  # fmt: skip


def number(own: object, otherwise: int) -> int:
    return int(own) if isinstance(own, int | float) and own == own else otherwise


def shows(schema: Schema, name: str) -> bool:
    return name in schema and schema[name].publish == "public"

