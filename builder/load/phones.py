"""Columns of work telephones: a field says that it is one, and which field says that a mobile is official."""

from __future__ import annotations

from builder.errors import BuilderError
from builder.language import mark
from builder.load.properties import Properties
from builder.model import Schema

__all__ = ["check", "refuse_unofficial"]

WORK = "work"


def check(source: Properties, kind: str) -> str:
    """Return what telephones the cells hold, "" for none. Raises BuilderError."""
    found = source.line("phone")
    if found not in ("", WORK):
        raise source.wrong(
            "phone", mark("{where}: “{key}” is {found}"),
            mark("write “work”: no other telephones are published"),
        )  # fmt: skip
    if found and kind != "string":
        raise source.wrong(
            "phone", mark("{where}: only a string can hold telephone numbers"),
            mark("give the field “type”: “string”: a number begins with 0 there"),
        )  # fmt: skip
    if "official" in source and not found:
        raise source.wrong(
            "official", mark("{where}: “{key}” stands beside no “phone”"), mark("give the field “phone”: “work”")
        )
    return found


def refuse_unofficial(found: Schema, where: str) -> None:
    """Raise BuilderError unless each `official` names a boolean field: any other would let mobile numbers pass."""
    for field in found.fields:
        if field.official and (field.official not in found or found[field.official].type != "boolean"):
            raise BuilderError(
                mark("{where}: field {name}: “official” names “{official}”, which is no boolean field of this schema"),
                mark("name a field that says of each row whether its mobile number is an office's"),
                where=where, name=field.name, official=field.official,
            )  # fmt: skip
