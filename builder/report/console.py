"""The report on a terminal: one screenful, in which no file hides another and no kind of problem the next.

Always holds: no line is an order to the program that keeps the log, whatever stands in a cell or is a file called.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from builder.language import Translator, fill, mark, translator
from builder.model import Severity
from builder.report.document import Document, File, Item, Kind, sentence, where

__all__ = ["HEIGHT", "Line", "as_console", "harmless", "spread"]

HEIGHT = 40
"""Lines of a screenful."""

PLACES = 5
"""Findings of one kind that are named on a terminal."""


class Line(NamedTuple):
    """One line; `severity`: what it is about, None for anything else."""

    text: str
    severity: Severity | None = None


def as_console(document: Document, height: int = HEIGHT) -> tuple[Line, ...]:
    """Return the lines, at most `height` of them, the last of which sums up what was found."""
    translate = translator(document.language)
    files = document.files[: max(1, (height - 4) // 3)]
    room = height - 4 - 2 * len(files)
    chosen: set[int] = set()
    for kind in spread(files):
        cost = 2 if has_places(kind) else 1
        if cost > room:
            break
        room -= cost
        chosen.add(id(kind))
    found = [line for file in files for line in lines(file, chosen, translate)]
    if others := document.files[len(files) :]:
        text = mark("… and {count} more files: {errors} errors, {warnings} warnings")
        found.append(Line(fill(translate, text, {"count": len(others), **total(others)})))
    is_whole = not others and all(id(kind) in chosen and kind.count <= PLACES for file in files for kind in file.kinds)
    if not is_whole:
        found.append(Line(translate(REST)))
    values = {
        "tables": document.tables, "rows": document.rows, "day": document.as_of, "errors": document.errors,
        "warnings": document.warnings,
    }  # fmt: skip
    found.append(Line(fill(translate, SUMMARY, values)))
    return tuple(Line(harmless(line.text), line.severity) for line in found)


REST = mark(
    "The whole report: --report report.html to read and print, .xlsx for your own tables with the cells coloured, "
    ".csv or .json for every finding."
)
SUMMARY = mark("{tables} tables, {rows} rows, as of {day}: {errors} errors, {warnings} warnings.")


def spread(files: tuple[File, ...]) -> Iterator[Kind]:
    """Yield the first kind of every file, then the second of every file, and so on."""
    for row in zip_longest(*(file.kinds for file in files)):
        yield from (kind for kind in row if kind is not None)


def total(files: tuple[File, ...]) -> dict[str, int]:
    return {"errors": sum(file.errors for file in files), "warnings": sum(file.warnings for file in files)}


def lines(file: File, chosen: set[int], translate: Translator) -> Iterator[Line]:
    name = fill(translate, mark("{path} ({title})"), {"path": file.path, "title": file.title})
    counts = {"errors": file.errors, "warnings": file.warnings}
    text = mark("{path}: {errors} errors, {warnings} warnings")
    yield Line(fill(translate, text, {"path": name if file.title else file.path, **counts}))
    for kind in file.kinds:
        if id(kind) in chosen:
            yield Line(f"  {line(file, kind, translate)}", kind.severity)
            if has_places(kind):
                yield Line(f"      {places(file, kind, translate)}")
    left = [kind for kind in file.kinds if id(kind) not in chosen]
    if left:
        text = mark("… and {kinds} more kinds of problems in {count} places: {codes}")
        codes = tuple(dict.fromkeys(kind.code for kind in left))
        values = {"kinds": len(left), "count": sum(kind.count for kind in left), "codes": codes}
        yield Line("  " + fill(translate, text, values))


def line(file: File, kind: Kind, translate: Translator) -> str:
    """Return a kind in one line: where (if it is one place), which column, what is wrong, what to do, its code.

    What is to be done in one place is not said of all: where that differs, each place says it (see `places`).
    """
    first = kind.items[0]
    text = sentence(kind.wrong, kind.fix, translate)
    many = fill(translate, mark("{count} places"), {"count": kind.count})
    begin = at(file, first, translate) if kind.count == 1 else many
    whole = mark("{place} “{column}”: {text} [{code}]") if kind.field else mark("{place}: {text} [{code}]")
    return fill(translate, whole, {"place": begin, "column": kind.field, "text": text, "code": kind.code})


def at(file: File, item: Item, translate: Translator) -> str:
    """Return the place of a finding under the heading of `file`: an attachment is one of many and has its name."""
    return where(item, translate) if item.path == file.path else item.path


def has_places(kind: Kind) -> bool:
    """Return whether a kind needs a line for where it is, or for what should be there."""
    return kind.count > 1 or bool(kind.items[0].mended)


def places(file: File, kind: Kind, translate: Translator) -> str:
    is_said = len({item.value for item in kind.items}) == 1  # in the sentence above
    named = [place(file, kind, item, translate, with_value=not is_said) for item in kind.items[:PLACES]]
    if kind.count > len(named):
        named.append(fill(translate, mark("and {count} more"), {"count": kind.count - len(named)}))
    return "  ".join(named)


def place(file: File, kind: Kind, item: Item, translate: Translator, *, with_value: bool) -> str:
    begin = at(file, item, translate)
    cell = f" “{item.value}”" if item.value and with_value else ""
    if item.mended or kind.fix or not item.fix:
        return f"{begin}{cell} → {item.mended}" if item.mended else f"{begin}{cell}"
    return fill(translate, mark("{place}: {fix}"), {"place": f"{begin}{cell}", "fix": item.fix})


def harmless(line: str) -> str:
    """Return a line that GitHub's runner takes no order from: ##[ anywhere, or :: where a line begins, is one."""
    line = line.replace("##[", "## [")
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line
