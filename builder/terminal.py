"""The program's sentences: findings, their summary and the report file, as text that `cli` prints or writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from builder.language import Translator, fill, mark
from builder.model import Finding, Report, Severity

__all__ = ["STAGES", "as_json", "findings", "summary"]

SHOWN = 10
"""Findings of one code printed on the terminal; --report has all."""

STAGES = {
    "load": mark("Reading the files"), "validate": mark("Looking at every cell"),
    "checks": mark("Holding the rules against the tables"),
    "derive": mark("Counting"), "shell": mark("Building the shell"), "downloads": mark("Writing the downloads"),
    "pages": mark("Writing the pages"), "search": mark("Making the search index"),
    "release": mark("Swapping the site in"),
}  # fmt: skip


def findings(report: Report, translate: Translator) -> Iterator[tuple[str, str | None]]:
    """Yield (line, style) of the first SHOWN findings of each code, then how many more there are of which code."""
    seen: dict[str, int] = {}
    for item in report.findings:
        seen[item.code] = seen.get(item.code, 0) + 1
        if seen[item.code] <= SHOWN:
            yield sentence(item, translate), None if item.severity is Severity.WARNING else "red"
    more = mark("… and {count} more of [{code}]; --report FILE writes them all.")
    for code, count in seen.items():
        if count > SHOWN:
            yield fill(translate, more, {"count": count - SHOWN, "code": code}), None


def summary(report: Report, translate: Translator, day: date) -> str:
    """Return the last line of a check: tables, rows, as_of, errors, warnings."""
    values = {
        "rows": sum(report.row_counts.values()),
        "tables": len(report.row_counts),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "day": day,
    }
    words = mark("{tables} tables, {rows} rows, as of {day}: {errors} errors, {warnings} warnings.")
    return fill(translate, words, values)


def as_json(report: Report, translate: Translator) -> str:
    """Return all findings as a JSON list of objects, for --report."""
    found = [finding_json(item, translate) for item in report.findings]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def sentence(item: Finding, translate: Translator) -> str:
    """Return a finding in one line: file, row, column, what is wrong, what to do, code."""
    path, row, letter = item.address
    place = path
    if row:
        place += "  " + fill(translate, mark("row {row}"), {"row": row})
    if letter:
        place += " " + fill(translate, mark("column {letter}"), {"letter": letter})
    said = words(item, translate)
    text = fill(translate, mark("{message}. {fix}") if item.fix else mark("{message}."), said)
    whole = mark("{place} “{column}”: {text} [{code}]") if item.column else mark("{place}: {text} [{code}]")
    return fill(translate, whole, {"place": place, "column": item.column, "text": text, "code": item.code})


def words(item: Finding, translate: Translator) -> dict[str, str]:
    """Return what is wrong and what to do (may be empty), each as one sentence."""
    fix = fill(translate, item.fix, item.values) if item.fix else ""
    return {"message": fill(translate, item.message, item.values), "fix": fix}


def finding_json(item: Finding, translate: Translator) -> dict[str, object]:
    """Return a finding for programs: address and value apart, the sentences in words."""
    return {
        "code": item.code, "severity": item.severity.value, "resource": item.resource, "file": item.address.path,
        "row": item.address.row, "column": item.address.letter, "field": item.column, "value": item.value,
        **words(item, translate),
    }  # fmt: skip
