"""A package of one table `note`, validated: the fields are those that a test gives, public unless it says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from builder import load, validate
from builder.language import fill
from builder.load.descriptor import package as parsed
from builder.model import Finding, Remark, Report, Table
from builder.protect.report import remark

Field = Mapping[str, Any]

KEY: Field = {"name": "key"}
"""A second column, so that an empty cell is not an empty row."""


def validated(
    folder: Path,
    files: str | Mapping[str, str],
    fields: Sequence[Field],
    executor: Executor | None = None,
    figures: frozenset[str] = frozenset(),
    minimum_rows: int = 1,
) -> tuple[Table | None, Report]:
    """Write, load and validate the table. Returns it (None when it was left out) and the report.

    `figures`: the columns that figures are made from.
    """
    path = "note.csv" if isinstance(files, str) else "note"
    for name, text in {path: files}.items() if isinstance(files, str) else files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    schema = {"fields": [{"publish": "public", **field} for field in fields]}
    (folder / "note.json").write_text(json.dumps(schema), encoding="utf-8")
    resources = [{"name": "note", "title": "便条", "path": path, "schema": "note.json", "minimum_rows": minimum_rows}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    package = parsed(folder)
    text_tables, unreadable = load.tables(package)
    if isinstance(files, str) and [item.code for item in unreadable] == ["cut-file"]:
        # it is not its end that is looked at here
        return validated(folder, files + "\n", fields, executor, figures, minimum_rows)
    assert unreadable == []
    tables, report = validate.tables(package, text_tables, {"note": figures}, executor)
    return tables.tables.get("note"), report


def cell(folder: Path, field: Field, *values: str) -> list[Finding]:
    """Return the findings about a column of these cells (they must not need quotes)."""
    rows = "".join(f"k{number},{value}\n" for number, value in enumerate(values))
    return list(validated(folder, f"key,{field['name']}\n{rows}", [KEY, field])[1].findings)


def read(finding: Finding) -> Remark:
    """Return a finding as somebody reads it who may see every cell."""
    return remark(finding, finding.address, lambda _quote: True)


def short(finding: Finding) -> str:
    """Return file:row:letter code: sentence | what to do."""
    path, row, letter = finding.address
    message = read(finding).message
    said, fix = fill(str, message.text, message.values), fill(str, message.hint, message.values)
    return f"{path}:{row}:{letter} {finding.code}: {said} | {fix}"


def shorts(report: Report) -> list[str]:
    return [short(finding) for finding in report.findings]


__all__ = ["KEY", "Field", "cell", "read", "short", "shorts", "validated"]
