"""What a check found is told: on the terminal, in files, and where a pull request shows it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from builder.cli.boundary import err, failures, out
from builder.cli.order import Asked
from builder.errors import BuilderError, ToolError
from builder.language import fill, mark, translator
from builder.model import Severity

if TYPE_CHECKING:
    from builder.pipeline import Checked
    from builder.report import Document

__all__ = ["asked", "finish_check", "tell_check"]


def asked(
    language: str, files: Sequence[Path] | None, *, is_for_github: bool = False, summary: Path | None = None
) -> Asked:
    """Return how findings are to be told. Raises BuilderError for a file of a form that no report has."""
    from builder import release

    known = sorted(f".{form}" for form in release.FORMS)
    for path in files or ():
        if path.suffix.lower() not in known:
            raise BuilderError(
                mark("{path}: a report of this form is not known"), mark("let the name end in one of: {known}"),
                path=path, known=tuple(known),
            )  # fmt: skip
    return Asked(language, tuple(files or ()), is_for_github, summary)


def finish_check(found: Checked, folder: Path, asked: Asked) -> None:
    """Print the findings, write the reports, and exit with 1 when there is an error. `folder`: the package's."""
    tell_check(found, folder, asked)
    if found.errors:
        raise typer.Exit(1)


def tell_check(found: Checked, folder: Path, asked: Asked) -> None:
    """Print the findings and write the reports."""
    from builder import pipeline, report

    document = report.document(found, asked.language, pipeline.codes(found.tables.package))
    with failures(translator(asked.language)):
        for line in written(found, document, asked):
            err.print(line, markup=False)
    if asked.is_for_github:
        for line in report.as_github(document, os.path.relpath(folder)):
            out.print(line, markup=False)
    for text, severity in report.as_console(document):
        err.print(text, markup=False, style="red" if severity is Severity.ERROR else None)


def written(found: Checked, document: Document, asked: Asked) -> Iterator[str]:
    """Write the reports, and yield what has to be said about them."""
    from builder import release, report

    if asked.summary:
        release.write_report(asked.summary, report.as_markdown(document), "md", may_be_empty=True)
    texts: Mapping[str, Callable[[Document], str | Iterable[str]]] = {
        "json": report.as_json, "csv": report.as_csv, "html": report.as_html, "xml": report.as_junit,
        "md": report.as_markdown,
    }  # fmt: skip
    for path in asked.files:
        form = path.suffix.lower().removeprefix(".")
        if form in texts:
            release.write_report(path, texts[form](document), form)
        else:
            yield workbooks(found, document, path)


def workbooks(found: Checked, document: Document, path: Path) -> str:
    """Write a workbook to `path`, or one for each table into a folder of its name. Returns what to say of it."""
    from builder import release
    from builder import workbooks as books

    translate, tables = translator(document.language), books.tables(found, document)
    into = path if len(tables) < 2 else path.with_suffix("")
    if len(tables) > 1:
        try:
            into.mkdir(exist_ok=True)
        except OSError as error:
            raise ToolError(
                mark("the folder {path} cannot be made: {error}"), mark("name another file with --report"),
                path=into, error=error.strerror or error,
            ) from error  # fmt: skip
    for name, data in books.coloured(found, document):
        target = path if into == path else into / books.named(name, tables)
        release.write_report(target, release.stamped(data), "xlsx")
    told = [fill(translate, mark("Your tables with the cells coloured are in {path}."), {"path": into})]
    if others := sum(file.errors + file.warnings for file in document.files if file.path not in tables):
        text = mark("{count} findings are in no table: the other forms of the report have them.")
        told.append(fill(translate, text, {"count": others}))
    return " ".join(told)
