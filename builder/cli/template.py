"""`mingge template`: a form of a table for Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.cli.boundary import err, failures, out, spoken
from builder.cli.order import Config, Lang
from builder.errors import BuilderError, ToolError
from builder.language import fill, mark, translator

__all__ = ["template"]


def template(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="TABLE…", help="Names, titles or files of tables; none: all of them.")
    ] = None,
    datasets: Annotated[
        Path, typer.Option("--datasets", help="The folder that holds datapackage.json.")
    ] = Path("datasets"),
    output: Annotated[
        Path | None, typer.Option("--output", help="A new .xlsx file, or a folder; else the table's title, here.")
    ] = None,
    with_rows: Annotated[bool, typer.Option("--with-rows", help="Put in the rows that the table has.")] = False,
    config: Config = Path("mkdocs.yml"),
    lang: Lang = None,
) -> None:
    """Write a form of a table for Excel, whose cells say what belongs in them."""
    from builder import templates

    translate = translator(spoken(lang, config))
    with failures(translate):
        for made in templates.templates(datasets, tables or (), translate, with_rows=with_rows):
            path = target(output, made.title, is_only=len(tables or ()) == 1)
            put(path, made.data)
            for line in made.missing:
                err.print(line, markup=False)
            words = mark("{path} written: fill it in, then `mingge import {path} --write`.")
            out.print(fill(translate, words, {"path": path}))


def target(output: Path | None, title: str, *, is_only: bool) -> Path:
    """Return where a form is written: `output`, or a file with the table's title, in the folder `output` or here."""
    if output and output.suffix.lower() == ".xlsx":
        if is_only:
            return output
        raise BuilderError(
            mark("{path} can hold the form of one table only"), mark("name one table, or a folder"), path=output
        )
    plain = "".join(sign if sign.isalnum() or sign in " -_()（）" else "_" for sign in title).strip() or "form"
    return (output or Path()) / f"{plain}.xlsx"


def put(path: Path, data: bytes) -> None:
    """Write a new file; one that is there may be filled in already, so it is never replaced."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise BuilderError(
            mark("{path} is there already, and somebody may have filled it in"),
            mark("move it away, or write elsewhere with --output"), path=path,
        ) from None  # fmt: skip
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"), mark("check the folder and its permissions"),
            path=path, error=error.strerror,
        ) from None  # fmt: skip
