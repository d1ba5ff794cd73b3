"""Web addresses in cells: a reader follows them, so they lead to the web, to a host that can be read, and to no other
than the package allows. A column of addresses is called `…_url`, or its schema says `"format": "uri"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

from builder.language import mark
from builder.model import Field, Issue, Package, Severity, Tables
from builder.rules import Check

__all__ = ["of"]

PLAIN = re.compile(r"[!#-;=?-\[\]^_a-z~\u00a1-\u1fff\u2c00-\ud7ff\uf900-\uffef]+")
"""Letters of an address: no space, quotation mark, angle bracket, backslash, brace, or sign that cannot be seen."""

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
"""A name with a dot, in the letters that it is looked up in: one that looks like another’s is written as xn--… here."""


def is_address(field: Field) -> bool:
    return field.type == "string" and (field.name.endswith("_url") or field.descriptor.get("format") == "uri")


def host(address: str) -> str:
    """Return the host of a web address in small letters; "" when it is none that a reader may be sent to."""
    try:
        parts = urlsplit(address) if PLAIN.fullmatch(address) else urlsplit("")
        found, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number, brackets that do not close
        return ""
    right = parts.scheme in ("http", "https") and "@" not in parts.netloc and port != 0
    return found if right and HOST.fullmatch(found) else ""


def allows(allowed: tuple[str, ...], name: str) -> bool:
    """Return whether `name` is one of the allowed hosts, of which *.example.org means all below example.org."""
    return any(name == item or (item.startswith("*.") and name.endswith(item[1:])) for item in allowed)


def of(package: Package) -> Iterator[Check]:
    """Yield the checks of every column of addresses."""
    for resource in package.resources.values():
        for field in resource.schema.fields:
            if is_address(field):
                yield from checks(resource.name, field.name)


def checks(resource: str, column: str) -> Iterator[Check]:
    def find(wrong: Callable[[Tables, str], bool]) -> Callable[[Tables, date], Iterator[Issue]]:
        def found(tables: Tables, _: date) -> Iterator[Issue]:
            cells = tables[resource][column].dropna()
            broken = {cell for cell in cells.unique() if cell and wrong(tables, str(cell))}
            for row, cell in cells[cells.isin(broken)].items() if broken else ():
                yield Issue(int(str(row)), column, {"value": str(cell), "host": host(str(cell))})

        return found

    reads = (f"{resource}.{column}",)
    yield Check(
        "address-web", Severity.ERROR, resource, reads,
        mark("A web address begins with http:// or https:// and names a host; nothing else is followed."),
        mark("“{value}” is no web address"),
        mark("Copy the whole address from the browser, from https:// on, or leave the cell empty."),
        find(lambda _, cell: not host(cell)), is_structural=True,
        wrong="www.example.org/a", right="https://www.example.org/a",
    )  # fmt: skip
    yield Check(
        "address-host", Severity.ERROR, resource, reads,
        mark("A web address leads to a host that the package allows (mingge.allowed_hosts)."),
        mark("“{host}” is none of the hosts that addresses may lead to"),
        mark("Use an address of an office, or have the host added to allowed_hosts in datapackage.json."),
        find(lambda tables, cell: bool(host(cell)) and not allows(tables.package.settings.allowed_hosts, host(cell))),
        setting="allowed_hosts",
        wrong="https://elsewhere.example/a", right="https://example.org/a",
    )  # fmt: skip
