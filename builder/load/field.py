"""One field of a Table Schema with our own properties, parsed once into a frozen value.

A property of the standard that the engine does not follow is refused, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal, cast

from builder.language import mark
from builder.load import constraints, metaschema, phones
from builder.load.near import nearest
from builder.load.properties import Properties
from builder.model import Field

__all__ = ["PLAIN", "field", "unsupported"]

TYPES = ("string", "integer", "number", "boolean", "date", "datetime")
MOST_DECIMALS = 6
"""Money has two, and what it is multiplied by has seldom more."""
MOMENTS = ("default", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
"""How a moment may be written; the second is what Excel writes."""
NAME = "[a-z][a-z0-9_]{0,59}"
FORMATS = ("default", "email", "uri", "uuid")
PLAIN = mark("write dates like 2026-03-05, numbers like 92.5 and leave empty cells empty")
UNSUPPORTED = mark("{where}: “{key}” is not supported")

UNKNOWN = ""
"""The type of a field whose type nobody knows: nothing else is said of it."""


def unsupported(source: Properties, key: str, allowed: object, hint: str) -> None:
    """Note a property of the standard that would otherwise be passed over in silence."""
    value = source.source.get(key, allowed)
    if type(value) is not type(allowed) or value != allowed:  # 1 == true, but not in JSON
        source.refuse(key, UNSUPPORTED, hint)


def field(item: Properties) -> Field | None:
    """Return the field that an object describes, noting what is wrong; None where its name is called otherwise.

    Raises BuilderError for one without a name.
    """
    metaschema.judge(item, metaschema.FIELD)
    named = isinstance(item.source.get("name"), str)
    source = item.called(f"field {item.source['name']}") if named else item
    if "name" in metaschema.refuse_unknown(source, metaschema.FIELD):
        return None
    name = item.needed("name")
    if not re.fullmatch(NAME, name):
        raise item.wrong(
            "name", mark("{where}: “{name}” is not a field’s name"), mark("use a–z, 0–9 and _, at most 60 of them"),
            name=name,
        )  # fmt: skip
    kind = one_of(source, "type", "string", TYPES, UNKNOWN)
    publish = one_of(source, "publish", "never", ("public", "counts", "never"), "public")
    refuse_other_formats(source, kind)
    limits = source.inner("constraints")
    metaschema.judge(limits, metaschema.CONSTRAINTS)
    metaschema.refuse_unknown(limits, metaschema.CONSTRAINTS)
    unsupported(limits, "unique", False, mark("name the field in primaryKey"))
    check_words(source, kind)
    check_decimals(source, kind)
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
    """Return what a vote is worth in hundredths of the full score; only a column of votes has it."""
    if "vote_score" not in source:
        return None
    if not source.line("vote"):
        source.refuse(
            "vote_score", mark("{where}: only a column of votes has “{key}”"),
            mark("delete it, or say with “vote” what a vote in this column means"),
        )  # fmt: skip
        return None
    return source.whole("vote_score", 0, (0, 100), mark("write how many of 100 points a vote is worth"))


def names_files(source: Properties, kind: str) -> bool:
    """Return whether the cells name files of the package; only a text can."""
    found = source.flag("attachment")
    if found and kind not in ("string", UNKNOWN):
        source.refuse(
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
            if source.source[role] == []:
                source.refuse(
                    role, mark("{where}: no value plays the role “{key}”"),
                    mark("name the values that play it, or take the role out"),
                )  # fmt: skip
            continue
        for value in players if known else ():
            if value not in known:
                near = nearest(value, known, 0.3)
                source.refuse(
                    role, mark("{where}: “{value}” plays “{key}”, but the field never has that value"),
                    mark("did you mean “{near}”?") if near else mark("its values are: {known}"),
                    value=value, near=near, known=", ".join(known),
                )  # fmt: skip
        found[role] = frozenset(players)
    return found


def one_of(source: Properties, key: str, default: str, known: tuple[str, ...], otherwise: str | None = None) -> str:
    """Return one of the words that a property may hold; for another the one that is meant, else `otherwise`."""
    value = source.source.get(key, default)
    if isinstance(value, str) and value in known:
        return value
    near = nearest(str(value), known) if isinstance(value, str | bool) else ""
    return source.instead(
        near or (default if otherwise is None else otherwise), key, mark("{where}: “{key}” is {found}"),
        mark("did you mean “{near}”? Use one of: {known}") if near else mark("use one of: {known}"),
        near=near, known=", ".join(known),
    )  # fmt: skip


def refuse_other_formats(source: Properties, kind: str) -> None:
    for key, allowed in (("missingValues", [""]), ("decimalChar", "."), ("groupChar", ""), ("bareNumber", True)):
        unsupported(source, key, allowed, PLAIN)
    if kind == "string":
        one_of(source, "format", "default", FORMATS)
    elif kind == "datetime":
        one_of(source, "format", "default", MOMENTS)
    elif kind:
        unsupported(source, "format", "default", PLAIN)


def check_words(source: Properties, kind: str) -> None:
    """The words for yes and no: a list that is empty, or a word for both, would make every cell wrong or unclear."""
    for key in ("trueValues", "falseValues"):
        if source.source.get(key) == []:
            source.refuse(key, mark("{where}: “{key}” is missing or empty"))
    if both := sorted(set(source.lines("trueValues")) & set(source.lines("falseValues"))):
        source.refuse(
            "trueValues", mark("{where}: “{both}” means true and false"), mark("delete it from one list"), both=both[0]
        )
    if kind not in ("boolean", UNKNOWN) and (stated := [key for key in ("trueValues", "falseValues") if key in source]):
        source.refuse(
            stated[0], mark("{where}: only a boolean has trueValues and falseValues"),
            mark("delete them, or give the field “type”: “boolean”"),
        )  # fmt: skip


def check_decimals(source: Properties, kind: str) -> None:
    """Decimals are those of a number, and as many as an exact column can have."""
    source.whole("decimals", 1, (1, MOST_DECIMALS))
    if "decimals" in source and kind not in ("number", UNKNOWN):
        source.refuse(
            "decimals", mark("{where}: only a number has decimals"),
            mark("delete it, or give the field “type”: “number”"),
        )  # fmt: skip


def labels(source: Properties, kind: str) -> Mapping[str, str]:
    """Return value → label of the field's `categories`."""
    found: dict[str, str] = {}
    for item in source.objects("categories"):
        value: Any = item.source.get("value")
        if kind == "string":
            value = item.attempt(partial(item.needed, "value"))
            if value is None:
                continue
        if not isinstance(value, str | int | float) or str(value) in found:
            item.refuse("value", mark("{where}: “{key}” must be a value of its own, but is {found}"))
            continue
        found[str(value)] = item.line("label", str(value))
    return found
