"""What a column may hold: its enumeration, yes and no, or the keys of another table with the names of what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from builder.forms.rows import column
from builder.language import Translator, fill, mark
from builder.model import Field, ForeignKey, Package, Resource, Schema, TextTable

__all__ = ["MOST_CHOICES", "Choices", "choices", "missing"]

MOST_CHOICES = 100_000
"""A longer list helps nobody, and its workbook opens slowly."""


class Choices(NamedTuple):
    """A list. `key`: what tells it from others; each of `rows` begins with the value that stands in the cell.

    `table`: the table whose keys are listed, "" for an enumeration: such a list may be out of date, as another cannot.
    """

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str = ""


def choices(
    package: Package, resource: Resource, tables: Mapping[str, TextTable], translate: Translator
) -> Mapping[str, Choices]:
    """Return field → its list. A foreign key to a table that could not be read, or of too many rows, has none."""
    schema = resource.schema
    found = {field.name: item for field in schema.fields if (item := listed(field, translate))}
    for key in schema.foreign_keys:
        table = tables.get(key.target or resource.name)
        if table and 0 < sum(part.row_count for part in table.parts) <= MOST_CHOICES:
            found[key.field] = keys(package, table, key, tables, translate)
    return found


def listed(field: Field, translate: Translator) -> Choices | None:
    """Return the list of an enumeration or of a boolean's words, None for any other field."""
    values = words(field)
    if not values:
        return None
    if all(field.label(value) == value for value in values):
        return Choices(field.name, field.title, (field.title,), tuple((value,) for value in values))
    meanings = tuple((value, field.label(value)) for value in values)
    return Choices(field.name, field.title, (field.title, translate(mark("Meaning"))), meanings)


def words(field: Field) -> Sequence[str]:
    if field.type == "boolean":
        return (*field.descriptor.get("trueValues", ["true"]), *field.descriptor.get("falseValues", ["false"]))
    return [str(value) for value in field.descriptor.get("constraints", {}).get("enum", ())]


def keys(
    package: Package, table: TextTable, key: ForeignKey, tables: Mapping[str, TextTable], translate: Translator
) -> Choices:
    """Return the keys of a table, sorted, each with its name and the names of what it lies in."""
    schema = table.resource.schema
    target = schema[key.target_field]
    title = fill(translate, mark("Codes of {title}"), {"title": table.resource.title})
    columns, header = [column(table, target.name)], [target.title]
    if name := naming(schema):
        columns.append(column(table, name.name))
        header.append(name.title)
    for other in schema.foreign_keys:
        beyond = tables.get(other.target or table.resource.name)
        if beyond and other.field != target.name and (known := names(beyond, other.target_field)):
            columns.append([known.get(value, "") for value in column(table, other.field)])
            header.append(schema[other.field].title)
    rows = sorted({row[0]: row for row in zip(*columns, strict=True) if row[0]}.values())
    return Choices(f"{table.resource.name}.{target.name}", title, tuple(header), tuple(rows), table.resource.name)


def names(table: TextTable, key: str) -> Mapping[str, str]:
    """Return key → name of the rows of a table; empty where it has no names."""
    name = naming(table.resource.schema)
    return dict(zip(column(table, key), column(table, name.name), strict=True)) if name else {}


def naming(schema: Schema) -> Field | None:
    """Return the field that names a row: `name` or `title`, else the first text that is published and no key."""
    bound = {*schema.primary_key, *(key.field for key in schema.foreign_keys)}
    texts = [field for field in schema.fields if field.type == "string" and field.publish == "public"]
    free = [field for field in texts if field.name not in bound and not words(field)]
    return next((field for field in free if field.name in ("name", "title")), free[0] if free else None)


def missing(
    package: Package, resource: Resource, tables: Mapping[str, TextTable], translate: Translator
) -> tuple[str, ...]:
    """Return a sentence for each foreign key of which the form has no list."""
    lists = choices(package, resource, tables, translate)
    words = mark("{title}: no list of codes, because {table} holds none that can be read")
    return tuple(
        fill(translate, words, {"title": resource.schema[key.field].title, "table": package.resources[target].path})
        for key in resource.schema.foreign_keys
        if key.field not in lists and (target := key.target or resource.name)
    )
