"""Columns of work telephones: a field says that it is one, and which field says that a mobile is official."""

from __future__ import annotations

from collections.abc import Mapping

from builder.language import mark
from builder.load.properties import Properties
from builder.model import Schema

__all__ = ["check", "refuse_unofficial"]

WORK = "work"


def check(source: Properties, kind: str) -> str:
    """Return what telephones the cells hold, "" for none; notes what is wrong."""
    found = source.line("phone")
    if found not in ("", WORK):
        source.refuse(
            "phone", mark("{where}: “{key}” is {found}"),
            mark("write “work”: no other telephones are published"),
        )  # fmt: skip
    if found and kind not in ("string", ""):
        source.refuse(
            "phone", mark("{where}: only a string can hold telephone numbers"),
            mark("give the field “type”: “string”: a number begins with 0 there"),
        )  # fmt: skip
    if "official" in source and not found:
        source.refuse(
            "official", mark("{where}: “{key}” stands beside no “phone”"), mark("give the field “phone”: “work”")
        )
    return found


def refuse_unofficial(found: Schema, items: Mapping[str, Properties]) -> None:
    """Note each `official` that names no boolean field: any other would let mobile numbers pass."""
    for field in found.fields:
        if field.official and field.phone and (field.official not in found or found[field.official].type != "boolean"):
            item = items[field.name]
            item.refuse(
                "official", mark("{where}: “official” names “{official}”, which is no boolean field of this schema"),
                mark("name a field that says of each row whether its mobile number is an office's"),
                official=field.official,
            )  # fmt: skip
