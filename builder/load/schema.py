"""A Table Schema with our own properties, parsed once into frozen values.

A property of the standard that the engine does not follow is refused, never passed over.
"""

from __future__ import annotations

from functools import partial

from builder.language import mark
from builder.load import metaschema, phones
from builder.load.field import PLAIN, field, unsupported
from builder.load.names import is_plain
from builder.load.near import nearest
from builder.load.properties import Properties
from builder.model import ForeignKey, Schema, plain_header

__all__ = ["schema"]


def schema(source: Properties) -> Schema:
    """Return the schema; `source` is the object of a schema file. Raises BuilderError, or notes what is wrong.

    What was noted of a field was taken for something else, so a schema of which there are notes is for no other use.
    """
    metaschema.judge(source, metaschema.SCHEMA)
    meant = metaschema.refuse_misspelt(source, metaschema.SCHEMA)
    if "fields" not in meant and source.source.get("fields", []) == []:
        raise source.wrong("fields", mark("{where}: “{key}” is missing or empty"))
    items: dict[str, Properties] = {}
    fields = []
    for item in source.objects("fields"):
        if found := item.attempt(partial(field, item)):
            fields.append(found)
            items.setdefault(found.name, item.called(f"field {found.name}"))
    unsupported(source, "missingValues", [""], PLAIN)
    whole = Schema(tuple(fields), primary_key(source), foreign_keys(source), source.source)
    # else a name that is not found may be that of a field left out
    if fields and len(fields) == len(source.items("fields")):
        refuse_twins(whole, source)
        phones.refuse_unofficial(whole, items)
        refuse_strange_keys(whole, source)
    return whole


def refuse_strange_keys(found: Schema, source: Properties) -> None:
    """Note a key that is no field, or that is never published."""
    for name in found.primary_key:
        if name not in found:
            near = nearest(name, found.names)
            source.refuse(
                "primaryKey", mark("{where}: primaryKey names “{name}”, which is not a field"),
                mark("did you mean “{near}”?") if near else mark("name a field of this schema"), name=name, near=near,
            )  # fmt: skip
    for key, names in (("primaryKey", found.primary_key), ("foreignKeys", [k.field for k in found.foreign_keys])):
        for name in names:
            if name in found and found[name].publish == "never":
                source.refuse(
                    key, mark("{where}: the key “{name}” is never published, so nothing can be checked against it"),
                    mark("give it “publish”: “counts”"), name=name,
                )  # fmt: skip


def refuse_twins(found: Schema, source: Properties) -> None:
    """Note fields that share a name, or a word that may stand in a header: a column could be either."""
    meant: dict[str, str] = {}
    words = [(number, "name", item.name) for number, item in enumerate(found.fields)]
    words += [(number, "title", item.title) for number, item in enumerate(found.fields)]
    words += [(number, "aliases", word) for number, item in enumerate(found.fields) for word in item.aliases]
    for number, key, word in words:
        name = found.fields[number].name
        if found.names.index(name) < number:
            if key == "name":
                source.refuse_at(
                    ("fields", number, key), mark("{where}: there are two fields called “{name}”"),
                    mark("give one of them another name"), name=name,
                )  # fmt: skip
        elif (other := meant.setdefault(plain_header(word), name)) != name:
            source.refuse_at(
                ("fields", number, key),
                mark("{where}: the fields {one} and {other} are both called “{text}”, spaces and brackets aside"),
                mark("headers are read by name, title and alias: give one of them another title or alias"),
                one=other, other=name, text=word,
            )  # fmt: skip


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


def primary_key(source: Properties) -> tuple[str, ...]:
    value = source.source.get("primaryKey")
    return (source.needed("primaryKey"),) if isinstance(value, str) else source.lines("primaryKey")


def foreign_keys(source: Properties) -> tuple[ForeignKey, ...]:
    found = []
    for item in source.objects("foreignKeys"):
        reference, here = item.inner("reference"), one_name(item)
        if here and isinstance(item.source.get("reference", {}), dict) and (there := one_name(reference)):
            found.append(ForeignKey(here, reference.line("resource"), there))
    return tuple(found)


def one_name(source: Properties) -> str:
    """Return the one field that `fields` names, as text or as a list of one text."""
    value = source.source.get("fields")
    name = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(name, str) or not name or not is_plain(name):
        return source.instead(
            "", "fields",
            mark("{where}: a foreign key must link one field to one field of a resource, but “fields” is {found}"),
            mark("name one field here and one in “reference”"),
        )  # fmt: skip
    return name
