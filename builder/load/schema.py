"""A Table Schema with our own properties, parsed once into frozen values.

A property of the standard that the engine does not follow is refused, never passed over.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any, Literal, cast

from builder.errors import BuilderError
from builder.language import mark
from builder.load import constraints, metaschema, phones
from builder.load.names import brief, is_plain
from builder.load.properties import Properties
from builder.model import Field, ForeignKey, Schema, plain_header

__all__ = ["schema"]

TYPES = ("string", "integer", "number", "boolean", "date", "datetime")
MOST_DECIMALS = 6
"""Money has two, and what it is multiplied by has seldom more."""
MOMENTS = ("default", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
"""How a moment may be written; the second is what Excel writes."""
NAME = "[a-z][a-z0-9_]{0,59}"
FORMATS = ("default", "email", "uri", "uuid")
PLAIN = mark("write dates like 2026-03-05, numbers like 92.5 and leave empty cells empty")
UNSUPPORTED = mark("{where}: “{key}” is not supported")


def schema(source: Properties) -> Schema:
    """Return the schema; `source` is the object of a schema file. Raises BuilderError."""
    metaschema.judge(source, metaschema.SCHEMA)
    if not source.items("fields"):
        raise source.wrong("fields", mark("{where}: “{key}” is missing or empty"))
    fields = tuple(field(item, source.where) for item in source.objects("fields"))
    unsupported(source, "missingValues", [""], PLAIN)
    found = Schema(fields, primary_key(source), foreign_keys(source), source.source)
    refuse_twins(found, source.where)
    phones.refuse_unofficial(found, source.where)
    for name in found.primary_key:
        if name not in found:
            raise BuilderError(
                mark("{where}: primaryKey names “{name}”, which is not a field"),
                mark("name a field of this schema"), where=source.where, name=name,
            )  # fmt: skip
    for name in (*found.primary_key, *(key.field for key in found.foreign_keys)):
        if name in found and found[name].publish == "never":
            raise BuilderError(
                mark("{where}: the key “{name}” is never published, so nothing can be checked against it"),
                mark("give it “publish”: “counts”"),
                where=source.where, name=name,
            )  # fmt: skip
    return found


def refuse_twins(found: Schema, where: str) -> None:
    for name in found.names:
        if found.names.count(name) > 1:
            raise BuilderError(
                mark("{where}: there are two fields called “{name}”"), mark("rename one of them"),
                where=where, name=name,
            )  # fmt: skip
    owners: dict[str, Field] = {}
    for item in found.fields:
        for text in (item.name, item.title, *item.aliases):
            other = owners.setdefault(plain_header(text), item)
            if other is not item:
                raise BuilderError(
                    mark("{where}: the fields {one} and {other} are both called “{text}”, spaces and brackets aside"),
                    mark("headers are read by name, title and alias: give one of them another title or alias"),
                    where=where, one=other.name, other=item.name, text=text,
                )  # fmt: skip


def unsupported(source: Properties, key: str, allowed: object, hint: str) -> None:
    """Refuse a property of the standard that would otherwise be passed over in silence."""
    value = source.source.get(key, allowed)
    if type(value) is not type(allowed) or value != allowed:  # 1 == true, but not in JSON
        raise source.wrong(key, UNSUPPORTED, hint)


# ── fields ───────────────────────────────────────────────────────────────────────────────────────


def field(item: Properties, where: str) -> Field:
    metaschema.judge(item, metaschema.FIELD)
    name = item.needed("name")
    if not re.fullmatch(NAME, name):
        raise BuilderError(
            mark("{where}: “{name}” is not a field’s name"), mark("use a–z, 0–9 and _, at most 60 of them"),
            where=item.where, name=name,
        )  # fmt: skip
    source = Properties(item.source, f"{where}: field {name}", item.hint)
    kind = one_of(source, "type", "string", TYPES)
    publish = one_of(source, "publish", "never", ("public", "counts", "never"))
    refuse_other_formats(source, kind)
    limits = source.inner("constraints")
    metaschema.judge(limits, metaschema.CONSTRAINTS)
    unsupported(limits, "unique", False, mark("name the field in primaryKey"))
    check_words(source, kind)
    check_decimals(source, kind)
    metaschema.refuse_unknown(source, metaschema.FIELD)
    words = labels(source, kind)
    return Field(
        name=name,
        title=source.line("title", name),
        description=source.passage("description"),
        type=kind,
        publish=cast(Literal["public", "counts", "never"], publish),
        required=constraints.check(limits, kind),
        fix=source.line("fix"),
        aliases=source.lines("aliases"),
        labels=words,
        roles=roles(source.inner("roles"), (*values(limits), *words)),
        vote=source.line("vote"),
        vote_score=vote_score(source),
        descriptor=source.source,
        attachment=names_files(source, kind),
        opaque=source.flag("opaque"),
        phone=phones.check(source, kind),
        official=source.line("official"),
    )


def vote_score(source: Properties) -> int | None:
    """Return what one vote counts in a score, in hundredths of the full score; None where the schema does not say."""
    if "vote_score" not in source:
        return None
    if not source.line("vote"):
        raise source.wrong(
            "vote_score", mark("{where}: only a column of votes has “{key}”"),
            mark("delete it, or say with “vote” what a vote in this column means"),
        )  # fmt: skip
    return source.whole("vote_score", 0, (0, 100), mark("write how many of 100 points a vote is worth"))


def names_files(source: Properties, kind: str) -> bool:
    """Return whether the cells name files of the package; only a text can."""
    found = source.flag("attachment")
    if found and kind != "string":
        raise source.wrong(
            "attachment", mark("{where}: only a string can name files"), mark("give the field “type”: “string”")
        )
    return found


def values(limits: Properties) -> tuple[str, ...]:
    """Return the values that a field may have, as text; () where any may stand there."""
    return tuple(str(value) for value in limits.items("enum"))


def roles(source: Properties, known: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Return role → the values that play it: some, and such as the field can have (`known`; none: any)."""
    found = {}
    for role in source.source:
        players = source.lines(role)
        if not players:
            raise source.wrong(
                role, mark("{where}: no value plays the role “{key}”"),
                mark("name the values that play it, or take the role out"),
            )  # fmt: skip
        for value in players if known else ():
            if value not in known:
                near = difflib.get_close_matches(value, known, n=1, cutoff=0.3)
                raise source.wrong(
                    role, mark("{where}: “{value}” plays “{key}”, but the field never has that value"),
                    mark("did you mean “{near}”?") if near else mark("its values are: {known}"),
                    value=value, near=", ".join(near), known=", ".join(known),
                )  # fmt: skip
        found[role] = frozenset(players)
    return found


def one_of(source: Properties, key: str, default: str, known: tuple[str, ...]) -> str:
    value = source.line(key, default)
    if value not in known:
        raise source.wrong(
            key, mark("{where}: “{key}” is {found}"), mark("use one of: {known}"), known=", ".join(known)
        )
    return value


def refuse_other_formats(source: Properties, kind: str) -> None:
    for key, allowed in (("missingValues", [""]), ("decimalChar", "."), ("groupChar", ""), ("bareNumber", True)):
        unsupported(source, key, allowed, PLAIN)
    if kind == "string":
        one_of(source, "format", "default", FORMATS)
    elif kind == "datetime":
        one_of(source, "format", "default", MOMENTS)
    else:
        unsupported(source, "format", "default", PLAIN)


def check_words(source: Properties, kind: str) -> None:
    """The words for yes and no: a list that is empty, or a word for both, would make every cell wrong or unclear."""
    for key in ("trueValues", "falseValues"):
        if key in source and not source.lines(key):
            raise source.wrong(key, mark("{where}: “{key}” is missing or empty"))
    if both := sorted(set(source.lines("trueValues")) & set(source.lines("falseValues"))):
        raise source.wrong(
            "trueValues", mark("{where}: “{both}” means true and false"), mark("delete it from one list"), both=both[0]
        )
    if kind != "boolean" and ("trueValues" in source or "falseValues" in source):
        raise source.wrong(
            "trueValues", mark("{where}: only a boolean has trueValues and falseValues"),
            mark("delete them, or give the field “type”: “boolean”"),
        )  # fmt: skip


def check_decimals(source: Properties, kind: str) -> None:
    """Decimals are those of a number, and as many as an exact column can have."""
    source.whole("decimals", 1, (1, MOST_DECIMALS))
    if "decimals" in source and kind != "number":
        raise source.wrong(
            "decimals", mark("{where}: only a number has decimals"),
            mark("delete it, or give the field “type”: “number”"),
        )  # fmt: skip


def labels(source: Properties, kind: str) -> Mapping[str, str]:
    """Return value → label of the field's `categories`."""
    found: dict[str, str] = {}
    for item in source.objects("categories"):
        value: Any = item.source.get("value")
        if kind == "string":
            value = item.needed("value")
        if not isinstance(value, str | int | float) or str(value) in found:
            raise item.wrong("value", mark("{where}: “{key}” must be a value of its own, but is {found}"))
        found[str(value)] = item.line("label", str(value))
    return found


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


def primary_key(source: Properties) -> tuple[str, ...]:
    value = source.source.get("primaryKey")
    return (source.needed("primaryKey"),) if isinstance(value, str) else source.lines("primaryKey")


def foreign_keys(source: Properties) -> tuple[ForeignKey, ...]:
    found = []
    for item in source.objects("foreignKeys"):
        reference = item.inner("reference")
        found.append(ForeignKey(one_name(item), reference.line("resource"), one_name(reference)))
    return tuple(found)


def one_name(source: Properties) -> str:
    """Return the one field that `fields` names, as text or as a list of one text."""
    value = source.source.get("fields")
    name = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(name, str) or not name or not is_plain(name):
        raise BuilderError(
            mark("{where}: a foreign key must link one field to one field of a resource, but “fields” is {found}"),
            mark("name one field here and one in “reference”"), where=source.where, found=brief(value),
        )  # fmt: skip
    return name
