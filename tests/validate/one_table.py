"""A package of one table `note`, validated: the fields are those that a test gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from builder import load, validate
from builder.language import fill
from builder.load.descriptor import package as parsed
from builder.model import Finding, Report, Table

Field = Mapping[str, Any]

KEY: Field = {"name": "key", "publish": "public"}
"""A second column, so that an empty cell is not an empty row."""


def validated(
    folder: Path, files: str | Mapping[str, str], fields: Sequence[Field], executor: Executor | None = None
) -> tuple[Table | None, Report]:
    """Write, load and validate the table. Returns it (None when it was left out) and the report."""
    path = "note.csv" if isinstance(files, str) else "note"
    for name, text in {path: files}.items() if isinstance(files, str) else files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "note.json").write_text(json.dumps({"fields": list(fields)}), encoding="utf-8")
    resources = [{"name": "note", "title": "便条", "path": path, "schema": "note.json"}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    package = parsed(folder)
    text_tables, unreadable = load.tables(package)
    assert unreadable == []
    tables, report = validate.tables(package, text_tables, executor)
    return tables.tables.get("note"), report


def cell(folder: Path, field: Field, *values: str) -> list[Finding]:
    """Return the findings about a column of these cells (they must not need quotes)."""
    rows = "".join(f"{number},{value}\n" for number, value in enumerate(values))
    return list(validated(folder, f"key,{field['name']}\n{rows}", [KEY, field])[1].findings)


def short(finding: Finding) -> str:
    """Return file:row:letter code: sentence | what to do."""
    path, row, letter = finding.address
    said, fix = fill(str, finding.message, finding.values), fill(str, finding.fix, finding.values)
    return f"{path}:{row}:{letter} {finding.code}: {said} | {fix}"


def shorts(report: Report) -> list[str]:
    return [short(finding) for finding in report.findings]


__all__ = ["KEY", "Field", "cell", "short", "shorts", "validated"]
