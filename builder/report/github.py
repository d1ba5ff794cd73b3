"""The report where a pull request shows it: annotations on the lines of files, and a summary in Markdown.

GitHub shows ten errors and ten warnings of a step, whatever it is given: so the first of each kind is, file by file in
turn, with how many there are. A column of an annotation counts characters, so the cell's address stands in its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from builder.language import Translator, fill, mark, translator
from builder.model import Severity
from builder.report.console import harmless, spread
from builder.report.document import Document, File, Item, Kind, remedy, where

__all__ = ["MOST", "as_github", "as_markdown"]

MOST = 10
"""Annotations of one severity that GitHub shows of one step."""

DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What an order's text may not hold as it is; DATA and PROPERTY as actions/toolkit has them."""
PROPERTY = {**DATA, ":": "%3A", ",": "%2C"}

LONGEST = 900_000
"""Bytes of a summary; GitHub refuses one above 1 MiB."""

SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&@:$^])")
"""What Markdown, and GitHub beside it, may read as more than itself."""


def as_github(document: Document, folder: str = "") -> Iterator[str]:
    """Yield workflow commands, one a line. `folder`: the package's, from the root of the repository."""
    translate = translator(document.language)
    owners = {id(kind): file for file in document.files for kind in file.kinds}
    for severity in Severity:
        kinds = [kind for kind in spread(document.files) if kind.severity is severity]
        for kind in kinds[:MOST]:
            yield annotation(owners[id(kind)], kind, folder, translate)
        if len(kinds) > MOST:
            text = mark("{count} more kinds of problems are in the report and not among these annotations.")
            yield f"::notice::{escaped(fill(translate, text, {'count': len(kinds) - MOST}), DATA)}"


def annotation(file: File, kind: Kind, folder: str, translate: Translator) -> str:
    item = kind.items[0]
    title = " ".join(filter(None, (where(item, translate), kind.field, f"[{kind.code}]")))
    text = remedy(item, translate)
    if kind.count > 1:
        text += " " + fill(translate, mark("(one of {count} places)"), {"count": kind.count})
    path = f"{folder.rstrip('/')}/{item.path}" if folder not in ("", ".") else item.path
    line = f",line={item.row}" if item.row and not file.path.endswith(".xlsx") else ""
    properties = f"file={escaped(path, PROPERTY)}{line},title={escaped(title, PROPERTY)}"
    return f"::{kind.severity.value} {properties}::{escaped(text, DATA)}"


def escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in harmless(text))


def as_markdown(document: Document) -> str:
    """Return the summary of a run: what was found in which file, and each kind of problem with its count."""
    translate = translator(document.language)

    def say(text: str, values: Mapping[str, object] = MappingProxyType({})) -> str:
        return plain(fill(translate, text, values))

    parts = ["<!-- mingge: report -->", f"## {say(mark('Report of the data check'))}", "", say(*document.verdict), ""]
    if document.files:
        head = (say(mark("File")), say(mark("Errors")), say(mark("Warnings")))
        parts += [row(*head), "| --- | ---: | ---: |"]
        parts += [row(named(file), str(file.errors), str(file.warnings)) for file in document.files[:ROWS]]
        if others := document.files[ROWS:]:
            parts += ["", say(mark("… and {count} more files"), {"count": len(others)})]
    text = "\n".join([*parts, ""])
    size = len(text.encode())
    for file in document.files:
        for part in details(file, translate):
            size += len(part.encode()) + 1
            if size > LONGEST:
                return text + "\n" + say(mark("The rest is left out here; the report as .html or .json has it.")) + "\n"
            text += part + "\n"
    return text


ROWS = 200
"""Files of the table in a summary."""


def details(file: File, translate: Translator) -> Iterator[str]:
    yield f"\n### {named(file)}\n"
    for kind in file.kinds:
        word = translate(mark("Error") if kind.severity is Severity.ERROR else mark("Warning"))
        count = fill(translate, mark("{count} places"), {"count": kind.count})
        places = ", ".join(plain(place(file, kind, item, translate)) for item in islice(kind.items, 5))
        field = fill(translate, mark("“{field}”:"), {"field": kind.field}) if kind.field else ""
        fix = f"{plain(kind.fix)} " if kind.fix else ""
        yield f"- **{word}** {plain(field + kind.wrong)} — {count}: {places}  \n  {fix}`{kind.code}`"


def place(file: File, kind: Kind, item: Item, translate: Translator) -> str:
    begin = where(item, translate) if item.path == file.path else item.path
    if item.mended or kind.fix or not item.fix:
        return f"{begin} → {item.mended}" if item.mended else begin
    return fill(translate, mark("{place}: {fix}"), {"place": begin, "fix": item.fix})


def named(file: File) -> str:
    return plain(f"{file.path} {file.title}".strip())


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """Return text that Markdown prints as it is."""
    return SIGNS.sub(r"\\\1", text)
