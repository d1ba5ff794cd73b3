"""`mingge fix`: mend the files of a package as far as that takes no judgement, and show it first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from builder.cli.boundary import err, failures, out, parsed, progress, spoken, today
from builder.cli.mended import EVERY, SHOWN, changes
from builder.cli.order import AsOf, Config, Datasets, Labour, Lang, Workers, labour
from builder.errors import BuilderError
from builder.language import Translator, fill, mark, said, translator

if TYPE_CHECKING:
    from builder.fix import Fixed
    from builder.model import Package, Resource
    from builder.pipeline import Checked, Opened

__all__ = ["fix"]


class Work(NamedTuple):
    """One file of the package: what it is, what it holds, and what it should hold."""

    resource: Resource
    path: Path
    name: str
    data: bytes
    fixed: Fixed


def fix(
    datasets: Datasets = Path("datasets"),
    file: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="NAME", help="Only this file or table, such as case.csv; may be repeated."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the mended files; without it, they are shown.")] = False,
    order: Annotated[
        bool, typer.Option("--order", help="Put the columns in the schema's order, too, which is needed for nothing.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every change, not the first ten of a kind.")] = False,
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    workers: Workers = 0,
    lang: Lang = None,
) -> None:
    """Mend what takes no judgement (encoding, headers, spaces, dates, digits, empty rows) and show it first.

    A value that is not sure is left alone; what was fine keeps every byte. Exit codes: 0 nothing is left to mend,
    1 something is, 2 a mistake in the project, 3 the disk failed.
    """
    from builder import fix as mending
    from builder import pipeline

    translate = translator(spoken(lang, config))
    with failures(translate), labour(Labour(workers)) as hands:
        with progress(translate) as show:
            opened = pipeline.opened(datasets)
            works = list(looked(opened.package, file or (), is_ordered=order))
            better = {work.path: work.fixed.data for work in works if work.fixed.changes}
            found = pipeline.check(datasets, today, show, parsed(as_of), crew=hands, instead=better)
        for line in told(works, opened, translate, EVERY if every else SHOWN):
            out.print(line, markup=False)
        for work in works if write else ():
            if work.path in better:
                mending.put(work.path, work.fixed.data, work.data)
    finish(found, len(better), translate, is_written=write)


def looked(package: Package, wanted: Sequence[str], *, is_ordered: bool) -> Iterator[Work]:
    """Yield every file of a package, or those that are wanted. Raises BuilderError for one that is not there."""
    from builder import fix as mending

    known: set[str] = set()
    for resource in package.resources.values():
        for path in resource.paths:
            name = path.relative_to(package.root).as_posix()
            names = {name, path.name, resource.name, str(path)}
            if wanted and not names & set(wanted):
                continue
            known |= names
            if path.is_file():  # a pipe would keep us waiting; `check` says what it is
                data = path.read_bytes()
                yield Work(resource, path, name, data, mending.fixed(resource, name, data, in_order=is_ordered))
    if missing := [name for name in wanted if name not in known]:
        raise BuilderError(
            mark("{name} is no file of this package"),
            mark("name a file or a table that datapackage.json names, such as {known}; `mingge import` takes others"),
            name=missing[0], known=", ".join(item.path for item in package.resources.values()),
        )  # fmt: skip


def told(works: Sequence[Work], opened: Opened, translate: Translator, shown: int) -> Iterator[str]:
    """Yield what changes in which file, and which files were left alone."""
    from builder import fix as mending

    for work in works:
        if work.fixed.refused:
            (remark,) = opened.told([mending.refusal(work.resource, work.name, work.fixed.refused)])
            text, hint = said(translate, remark.message)
            yield fill(translate, mark("{path}: {text}. {hint}"), {"path": work.name, "text": text, "hint": hint})
        if work.fixed.changes:
            words = mark("{path}: {count} mended")
            yield fill(translate, words, {"path": work.name, "count": len(work.fixed.changes)})
            found = mending.told(work.resource, work.name, work.fixed.changes, is_sure=work.fixed.is_sure)
            yield from changes(opened.told(found), translate, shown)


def finish(found: Checked, count: int, translate: Translator, *, is_written: bool) -> None:
    """Say what was done and what is left for a person; exits with 1 when something is."""
    values = {"count": count, "errors": found.errors, "warnings": found.warnings}
    if not count:
        out.print(translate(mark("There is nothing that can be mended without judgement.")))
    elif is_written:
        out.print(fill(translate, mark("{count} files were written."), values))
    else:
        out.print(fill(translate, mark("Nothing was written. Add --write to write {count} files."), values))
    if found.errors:
        words = mark("Left for you: {errors} errors and {warnings} warnings. `mingge check` says where.")
        err.print(fill(translate, words, values))
    elif found.warnings:
        err.print(fill(translate, mark("No error is left; {warnings} warnings: `mingge check` says where."), values))
    if found.errors or (count and not is_written):
        raise typer.Exit(1)
