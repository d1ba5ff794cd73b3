"""The program's sentences: remarks, their summary and the report file, as text that `app` prints or writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from builder.language import Translator, fill, mark, said
from builder.model import Remark, Severity

if TYPE_CHECKING:
    from builder.pipeline import Checked

__all__ = ["STAGES", "as_json", "lines", "summary"]

SHOWN = 10
"""Findings of one code printed on the terminal; --report has all."""

STAGES = {
    "load": mark("Reading the files"), "validate": mark("Looking at every cell"),
    "check": mark("Holding the rules against the tables"),
    "count": mark("Counting"), "protect": mark("Leaving out what may not be published"),
    "measure": mark("Working out the figures"), "shell": mark("Building the shell"),
    "downloads": mark("Writing the downloads"),
    "pages": mark("Writing the pages"), "search": mark("Making the search index"),
    "release": mark("Swapping the site in"), "intake": mark("Taking in what may be published"),
}  # fmt: skip


def lines(found: Checked, translate: Translator) -> Iterator[tuple[str, str | None]]:
    """Yield (line, style) of the first SHOWN findings of each code, then how many more there are of which code."""
    for item in found.remarks(SHOWN):
        yield sentence(item, translate), None if item.severity is Severity.WARNING else "red"
    more = mark("… and {count} more of [{code}]; --report FILE writes them all.")
    for code, count in found.counts().items():
        if count > SHOWN:
            yield fill(translate, more, {"count": count - SHOWN, "code": code}), None


def summary(found: Checked, translate: Translator) -> str:
    """Return the last line of a check: tables, rows, as_of, errors, warnings."""
    values = {
        "rows": sum(found.row_counts.values()), "tables": len(found.row_counts), "errors": found.errors,
        "warnings": found.warnings, "day": found.as_of,
    }  # fmt: skip
    words = mark("{tables} tables, {rows} rows, as of {day}: {errors} errors, {warnings} warnings.")
    return fill(translate, words, values)


def as_json(remarks: Iterable[Remark], translate: Translator) -> str:
    """Return all remarks as a JSON object, for --report; its first member tells the file from data."""
    rows = ",\n".join(json.dumps(remark_json(item, translate), ensure_ascii=False) for item in remarks)
    return f'{{"mingge": "report",\n"findings": [\n{rows}\n]}}\n'


def sentence(item: Remark, translate: Translator, *, with_fix: bool = True) -> str:
    """Return a remark in one line: file, row, column, what is wrong, what to do (unless left out), code."""
    path, row, letter = item.address
    place = path
    if row:
        place += "  " + fill(translate, mark("row {row}"), {"row": row})
    if letter:
        place += " " + fill(translate, mark("column {letter}"), {"letter": letter})
    message, fix = said(translate, item.message)
    fix = fix if with_fix else ""
    text = fill(translate, mark("{message}. {fix}") if fix else mark("{message}."), {"message": message, "fix": fix})
    whole = mark("{place} “{column}”: {text} [{code}]") if item.column else mark("{place}: {text} [{code}]")
    return fill(translate, whole, {"place": place, "column": item.column, "text": text, "code": item.code})


def remark_json(item: Remark, translate: Translator) -> dict[str, object]:
    """Return a remark for programs: address and value apart, the sentences in words."""
    message, fix = said(translate, item.message)
    return {
        "code": item.code, "severity": item.severity.value, "resource": item.resource, "file": item.address.path,
        "row": item.address.row, "column": item.address.letter, "field": item.column, "value": item.value,
        "message": message, "fix": fix,
    }  # fmt: skip
