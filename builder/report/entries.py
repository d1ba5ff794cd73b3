"""The report as JSON (the form that all others can be made from) and as CSV: both hold every finding.

Always holds: the first bytes of either tell it from data (see `release.write_report`), and no cell of the CSV is a
formula to a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from builder.language import mark, translator
from builder.report.document import Document, File, Item, Kind

__all__ = ["SCHEMA", "VERSION", "as_csv", "as_json"]

VERSION = 2
"""Of the JSON: raised when a member is taken away or means something else; members may be added."""

SCHEMA = Path(__file__).with_name("report.schema.json")
"""What the JSON looks like, for programs."""

AT_ONCE = 1_000
"""Findings that are written together."""

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What begins a formula in a spreadsheet, in a Chinese one also where it is wide."""

TITLES = (
    mark("Severity"), mark("File"), mark("Cell"), mark("Row"), mark("Column"), mark("Title of the column"),
    mark("What it says"), mark("What it should say"), mark("What is wrong"), mark("What to do"), mark("Code"),
)  # fmt: skip
SEVERITIES = {"error": mark("Error"), "warning": mark("Warning")}


def as_json(document: Document) -> Iterator[str]:
    """Yield the text of the JSON, a part at a time; each finding is a line. `report.schema.json` says what it holds."""
    head = {
        "mingge": "report", "version": VERSION, "language": document.language, "package": document.title,
        "as_of": document.as_of, "tables": document.tables, "rows": document.rows, "errors": document.errors,
        "warnings": document.warnings, "named": document.named, "files": [file_of(file) for file in document.files],
    }  # fmt: skip
    yield json.dumps(head, ensure_ascii=False)[:-1] + ',\n"findings": ['
    between = "\n"
    for items in batches(document.findings):
        yield between + ",\n".join(json.dumps(entry(item), ensure_ascii=False) for item in items)
        between = ",\n"
    yield "\n]}\n"


def file_of(file: File) -> dict[str, Any]:
    return {
        "file": file.path, "title": file.title, "resource": file.resource, "errors": file.errors,
        "warnings": file.warnings, "kinds": [kind_of(kind) for kind in file.kinds],
    }  # fmt: skip


def kind_of(kind: Kind) -> dict[str, Any]:
    return {
        "code": kind.code, "severity": kind.severity.value, "column": kind.letter, "field": kind.field,
        "count": kind.count, "message": kind.wrong, "fix": kind.fix, "rule": kind.rule, "effect": kind.effect,
        "first": [entry(item) for item in kind.items],
    }  # fmt: skip


def entry(item: Item) -> dict[str, Any]:
    """Return a finding for programs: address and value apart, the sentences in words."""
    return {
        "code": item.code, "severity": item.severity.value, "resource": item.resource, "file": item.path,
        "row": item.row, "column": item.letter, "field": item.field, "value": item.value, "mended": item.mended,
        "message": item.wrong, "fix": item.fix,
    }  # fmt: skip


def as_csv(document: Document) -> Iterator[str]:
    """Yield the text of the CSV, a part at a time; its byte order mark is what Excel knows UTF-8 by."""
    translate = translator(document.language)
    words = {name: translate(text) for name, text in SEVERITIES.items()}
    yield "\ufeff" + lines([["mingge report", *map(translate, TITLES)]])
    number = 0
    for items in batches(document.findings):
        yield lines([str(number + place), *map(harmless, cells(item, words))] for place, item in enumerate(items, 1))
        number += len(items)


def cells(item: Item, words: dict[str, str]) -> tuple[str, ...]:
    return (
        words[item.severity], item.path, item.cell, str(item.row or ""), item.letter, item.field, item.value,
        item.mended, item.wrong, item.fix, item.code,
    )  # fmt: skip


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with the apostrophe that means text."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def lines(rows: Iterable[list[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue()


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while found := list(islice(source, AT_ONCE)):
        yield found
