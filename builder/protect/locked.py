"""Holding a package against its policy.lock: an error for each thing that is more open than it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.language import mark
from builder.model import LEVELS, SHAPES, Address, Finding, Message, Openness, Package, Policy, Severity, Tables
from builder.protect import lock
from builder.protect.widened import Widening, widened

__all__ = ["Renewal", "locked", "renewal"]

FILE = "policy.lock"
DESCRIPTOR = "datapackage.json"

REVIEW = mark(
    "If that is meant, run `mingge policy --renew {folder}` and have the change of policy.lock reviewed. "
    "Otherwise take it back."
)

SENTENCES = {
    "repository": mark("the repository was {old} and is now {new}: {cells} filled cells in {rows} rows"),
    "minimums": mark("“{name}” was {old} and is now {new}: figures of fewer are shown"),
    "levels": mark("“{title}” ({name}) was {old} and is now {new}: {rows} rows"),
    "fields": mark("the column “{title}” ({name}): “publish” was {old} and is now {new}: {cells} filled cells"),
    "headers": mark("the header “{title}” meant a column with “publish” {old} and now means one with {new}: "
                    "{cells} filled cells"),
}  # fmt: skip
SHAPES_SENTENCE = mark("the shapes of places on the map: “publish” was {old} and is now {new}")
BALLOTS = mark("“{name}” was {old} and is now {new}: {rows} polls more are shown")


class Renewal(NamedTuple):
    """The lock that a package should have, and what it lets through that the one before it does not.

    `file`: what it is called. `is_new`: there is none, or none that can be read; `is_stale`: it says something else, be
    it narrower.
    """

    text: str
    findings: tuple[Finding, ...]
    is_new: bool
    is_stale: bool
    file: str = FILE


def locked(text: str | None, now: Openness, tables: Tables, policy: Policy) -> tuple[Finding, ...]:
    """Return an error for each thing that is more open than the lock `text` says (None: there is no lock).

    A private package need not have one. What is less open than the lock is no error.
    """
    if text is None:
        return (no_lock(tables.package),) if tables.package.settings.is_public else ()
    if lock.read(text) is None:
        return (unreadable(tables.package),)
    return renewal(text, now, tables, policy).findings


def renewal(text: str | None, now: Openness, tables: Tables, policy: Policy) -> Renewal:
    """Return the lock that the package should have, and how it differs from `text`."""
    before = lock.read(text) if text is not None else None
    found = widened(before, now, tables, policy)
    return Renewal(
        lock.written(now.record),
        tuple(finding(item, tables, now) for item in found),
        is_new=before is None,
        is_stale=before != now.record,
    )


def no_lock(package: Package) -> Finding:
    return Finding(
        "policy-lock", Severity.ERROR, "", Address(FILE),
        Message(
            mark("a package that anybody may read has no policy.lock, so nobody has agreed to what it publishes"),
            mark("Read what `mingge policy {folder}` prints, run `mingge policy --renew {folder}`, commit the file."),
            {"folder": package.root.as_posix()},
        ),
    )  # fmt: skip


def unreadable(package: Package) -> Finding:
    return Finding(
        "policy-lock", Severity.ERROR, "", Address(FILE),
        Message(
            mark("the lock was edited by hand, or two changes of it were merged: its seal is broken"),
            mark("Take the last good version from the repository, or run `mingge policy --renew {folder}` "
                 "and have every line of it reviewed."),
            {"folder": package.root.as_posix()},
        ),
    )  # fmt: skip


def finding(item: Widening, tables: Tables, now: Openness) -> Finding:
    """Return the error that something is more open than the lock says."""
    resource, title, address = place(item, tables, now)
    sentence = BALLOTS if item.part == "minimums" and item.rows is not None else SENTENCES[item.part]
    sentence = SHAPES_SENTENCE if item.name == SHAPES else sentence
    words = levels_of(tables.package, item.name.partition(".")[0]) if item.part == "levels" else {}
    old, new = (words.get(word, word) for word in (item.old or "—", item.new))
    values: Mapping[str, object] = {
        "name": item.name, "title": title, "old": old, "new": new, "rows": item.rows,
        "cells": item.cells, "folder": tables.package.root.as_posix(),
    }  # fmt: skip
    return Finding("policy-widened", Severity.ERROR, resource, address, Message(sentence, REVIEW, values))


def levels_of(package: Package, table: str) -> Mapping[str, str]:
    """Return level → the words of the table that says how openly rows are shown."""
    return {
        role: ", ".join(sorted(values))
        for field in package.resources[table].schema.fields
        for role, values in field.roles.items()
        if role in LEVELS
    }


def place(item: Widening, tables: Tables, now: Openness) -> tuple[str, str, Address]:
    """Return the table that a widening is about, what it is called there, and the file to look at."""
    package = tables.package
    if item.part == "headers":
        resource, _, header = item.name.partition(": ")
        return resource, header, Address(schema_of(package, resource))
    if item.part not in ("fields", "levels") or item.name == SHAPES:
        return "", item.name, Address(DESCRIPTOR)
    resource, _, name = item.name.partition(".")
    for known in now.categories:
        if item.part == "levels" and (known.table, known.key) == (resource, name):
            return resource, known.name, Address(package.resources[resource].path)
    schema = package.resources[resource].schema
    return resource, schema[name].title if name in schema else name, Address(schema_of(package, resource))


def schema_of(package: Package, name: str) -> str:
    """Return the path of a resource's schema, as the descriptor writes it."""
    return next((str(item["schema"]) for item in package.descriptor["resources"] if item["name"] == name), DESCRIPTOR)
