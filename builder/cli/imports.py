"""`mingge import`: any CSV or Excel file as a file of the package, which is replaced only by one without errors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from builder.cli.arrival import arrivals
from builder.cli.arrived import errors, finish, left, losses, refusals, told
from builder.cli.boundary import failures, out, parsed, progress, spoken, today
from builder.cli.mended import EVERY, SHOWN
from builder.cli.order import AsOf, Config, Labour, Lang, Workers, labour
from builder.errors import BuilderError
from builder.language import mark, translator

__all__ = ["take"]


def take(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV or Excel files.")],
    into: Annotated[Path, typer.Option("--into", help="The folder that holds datapackage.json.")] = Path("datasets"),
    table: Annotated[
        str, typer.Option("--as", metavar="TABLE", help="Which table it is, such as case; else it is recognised.")
    ] = "",
    write: Annotated[bool, typer.Option("--write", help="Replace the files in the package.")] = False,
    append: Annotated[
        bool, typer.Option("--append", help="Keep the table’s rows and add these; of the same code the new row counts.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the file for the whole table, even where many rows go.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every change, not the first ten of a kind.")] = False,
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    workers: Workers = 0,
    lang: Lang = None,
) -> None:
    """Take CSV or Excel files into the package: recognise the table, mend what is sure, leave out private columns.

    Nothing is written without --write, and nothing as long as the new files have errors. A file that lacks many rows of
    the table is not taken before --append or --replace says what it is. Exit codes: 0 nothing is left to mend, 1
    something is, 2 a mistake in the project, 3 the disk failed.
    """
    from builder import fix, pipeline

    translate = translator(spoken(lang, config))
    with failures(translate), labour(Labour(workers)) as hands:
        opened = pipeline.opened(into)
        if append and replace:
            raise BuilderError(mark("--append and --replace contradict each other"), mark("use one of them"))
        found = arrivals(opened, files, table, is_added=append)
        for item in found:
            for line in told(item, opened, translate, EVERY if every else SHOWN):
                out.print(line, markup=False)
        refusals(found, opened, translate)
        new = {item.target: item.data for item in found if item.data != item.before}
        own = {item.resource.name for item in found}
        day = parsed(as_of)
        if new:  # what the package has already is no news
            with progress(translate) as show:
                judged = pipeline.check(into, today, show, day, crew=hands, instead=new)
                worse = errors(judged)
                if any(resource not in own for _, resource in worse):
                    # what was wrong elsewhere before is no reason to refuse these files
                    was = errors(pipeline.check(into, today, show, day, crew=hands))
                    worse = Counter({kind: n if kind[1] in own else n - was[kind] for kind, n in worse.items()})
            left(found, judged, +worse, translate)
        if not replace:
            losses(found, translate)
        for item in found if write else ():
            item.target.parent.mkdir(parents=True, exist_ok=True)
            fix.put(item.target, item.data, item.before)
    finish(found, translate, is_written=write)
