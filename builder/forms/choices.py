"""What a column may hold: its enumeration, yes and no, or the keys of another table with the names of what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from builder.forms.rows import column
from builder.language import Translator, fill, mark
from builder.model import Field, ForeignKey, Package, Resource, Schema, TextTable

__all__ = ["MOST_CHOICES", "Choices", "choices", "missing"]

DAYS, NUMBERS = ("date", "datetime"), ("integer", "number")

MOST_CHOICES = 100_000
"""A longer list helps nobody, and its workbook opens slowly."""


class Choices(NamedTuple):
    """A list. `key`: what tells it from others; each of `rows` begins with the value that stands in the cell.

    `table`: the table whose keys are listed, "" for an enumeration: such a list may be out of date, as another cannot.
    `is_number`: to Excel, 1 is not the text "1".
    """

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str = ""
    is_number: bool = False


def choices(
    resource: Resource, tables: Mapping[str, TextTable], translate: Translator
) -> Mapping[str, Choices]:
    """Return field → its list. A foreign key to a table that could not be read, or of too many rows, has none.

    Days have none either: to Excel they are numbers, which a list would show as such.
    """
    schema = resource.schema
    found = {field.name: item for field in schema.fields if (item := listed(field, translate))}
    for key in schema.foreign_keys:
        table = tables.get(key.target or resource.name)
        if table and size(table) <= MOST_CHOICES and schema[key.field].type not in DAYS:
            item = keys(table, key, tables, translate)
            found |= {key.field: item} if item.rows else {}
    return found


def size(table: TextTable) -> int:
    return sum(part.row_count for part in table.parts)


def listed(field: Field, translate: Translator) -> Choices | None:
    """Return the list of an enumeration or of a boolean's words, None for any other field."""
    values = words(field)
    if not values or field.type in DAYS:
        return None
    is_number = field.type in NUMBERS
    if all(field.label(value) == value for value in values):
        rows = tuple((value,) for value in values)
        return Choices(field.name, field.title, (field.title,), rows, is_number=is_number)
    header = (field.title, translate(mark("Meaning")))
    meanings = tuple((value, field.label(value)) for value in values)
    return Choices(field.name, field.title, header, meanings, is_number=is_number)


def words(field: Field) -> Sequence[str]:
    if field.type == "boolean":
        return (*field.descriptor.get("trueValues", ["true"]), *field.descriptor.get("falseValues", ["false"]))
    return [str(value) for value in field.descriptor.get("constraints", {}).get("enum", ())]


def keys(table: TextTable, key: ForeignKey, tables: Mapping[str, TextTable], translate: Translator) -> Choices:
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
    own = table.resource.name
    return Choices(f"{own}.{target.name}", title, tuple(header), tuple(rows), own, target.type in NUMBERS)


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
    lists = choices(resource, tables, translate)
    found = []
    for key in resource.schema.foreign_keys:
        field, target = resource.schema[key.field], package.resources[key.target or resource.name]
        table = tables.get(target.name)
        words = mark("{title}: no list of codes, because {table} holds none that can be read")
        if table and size(table) > MOST_CHOICES:
            words = mark("{title}: no list of codes, because {table} has more than {most} rows")
        if key.field not in lists and field.type not in DAYS:
            values = {"title": field.title, "table": target.path, "most": MOST_CHOICES}
            found.append(fill(translate, words, values))
    return tuple(found)
