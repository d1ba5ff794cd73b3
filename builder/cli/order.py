"""What a command is asked for: its options, and who does the work."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from builder.model import FrozenShell
from builder.processes import Crew, cluster, crew

__all__ = [
    "Accepted", "AsOf", "Asked", "CacheFolder", "Config", "Datasets", "GitHub", "KeptFolder", "KeyFile", "Labour",
    "Lang", "Language", "NoCache", "OnError", "OnErrorOption", "Order", "Previous", "ReportFiles", "Scheduler",
    "Shell", "ShellOption", "Since", "SummaryFile", "Workers", "beside", "frozen", "labour",
]  # fmt: skip

Datasets = Annotated[Path, typer.Argument(help="The folder that holds datapackage.json.")]
Config = Annotated[Path, typer.Option("--config", help="The site's configuration.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day the figures describe, such as 2026-10-31.")]
Workers = Annotated[
    int, typer.Option("--workers", min=0, help="How many processes work; 0: one for each core.", show_default=False)
]
Scheduler = Annotated[
    str, typer.Option("--scheduler", metavar="ADDRESS", help="Work on a Dask cluster, such as tcp://10.0.0.1:8786.")
]
CacheFolder = Annotated[
    Path | None,
    typer.Option(
        "--cache", metavar="DIR", help="Where to keep what the engine makes; else .mingge_cache beside --config."
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Run the engine anyway, and keep nothing.")]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key", help="The key of opaque identifiers; without one, rows are named by place, day and number."),
]
Since = Annotated[
    Path | None,
    typer.Option("--since", metavar="SITE", help="Compare with a release: a site's folder, or its data/profile.json."),
]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar="SITE", help="The site of the last release: say on /changes/ what has changed."),
]
class OnError(StrEnum):
    """What becomes of a build whose data has errors."""

    FAIL = "fail"
    HOLD = "hold"


OnErrorOption = Annotated[
    OnError,
    typer.Option("--on-error", help="hold: publish the last good version of a file that has errors, and exit with 4."),
]
KeptFolder = Annotated[
    Path | None,
    typer.Option("--kept", metavar="FOLDER", help="Where the last good version of each file is kept; for hold."),
]
Accepted = Annotated[
    list[str] | None,
    typer.Option("--accept", metavar="FILE", help="This file of the package may have lost its rows. May be repeated."),
]
ReportFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Write the report to this file: .html to read and print, .xlsx for your own tables with cells coloured "
        "(several tables: a folder), .csv or .json with every finding, .xml for CI (JUnit), .md. May be repeated.",
    ),
]
GitHub = Annotated[bool, typer.Option("--github", help="Print annotations for a pull request on GitHub, too.")]
SummaryFile = Annotated[
    Path | None,
    typer.Option("--summary", metavar="FILE", help="Write a summary in Markdown, such as to $GITHUB_STEP_SUMMARY."),
]


class Shell(StrEnum):
    """Where the frame of the pages and the hand-written pages come from."""

    ENGINE = "engine"
    FREEZE = "freeze"
    FROZEN = "frozen"


ShellOption = Annotated[
    Shell,
    typer.Option(
        "--shell",
        help="freeze: keep what the engine makes in shell.frozen beside --config; frozen: build from that file, "
        "without MkDocs and Material.",
    ),
]


class Language(StrEnum):
    """What the program can speak."""

    CHINESE = "zh"
    ENGLISH = "en"


Lang = Annotated[
    Language | None,
    typer.Option("--lang", help="The language of what is said here; else that of --config, else Chinese."),
]


class Labour(NamedTuple):
    """Who works: so many processes (0: one for each core), or the Dask cluster at an address."""

    workers: int = 0
    scheduler: str = ""


class Asked(NamedTuple):
    """How findings are told: in which language, into which files, and whether to GitHub as well."""

    language: str
    files: tuple[Path, ...] = ()
    is_for_github: bool = False
    summary: Path | None = None


class Order(NamedTuple):
    """What to build from which folder into which; `as_of` "", `cache` None: not given.

    `kept`: where last good versions are, None for a build that holds nothing back; `accepted`: files that may shrink.
    `frozen`: a frozen shell to read or to write, None for neither.
    """

    datasets: Path
    output: Path
    as_of: str
    asked: Asked
    cache: Path | None
    labour: Labour = Labour()
    key: Path | None = None
    previous: Path | None = None
    kept: Path | None = None
    accepted: tuple[str, ...] = ()
    frozen: FrozenShell | None = None

    @property
    def private(self) -> tuple[Path, ...]:
        """What is given for the build alone: in the site's folder it would be public."""
        return tuple(path for path in (*self.asked.files, self.asked.summary, self.cache, self.key, self.kept)
                     if path)  # fmt: skip


def beside(config: Path) -> Path:
    """Return the cache of a site of which nobody named another."""
    return config.parent / ".mingge_cache"


def frozen(shell: Shell, config: Path) -> FrozenShell | None:
    """Return the frozen shell of a site, as the option `--shell` means it."""
    return None if shell is Shell.ENGINE else FrozenShell(config.parent / "shell.frozen", shell is Shell.FREEZE)


def labour(wanted: Labour, *modules: str) -> AbstractContextManager[Crew]:
    """Return those who check, count and print. `modules`: what they will surely need, to be loaded from now on."""
    if wanted.scheduler:
        return cluster(wanted.scheduler)
    return crew(wanted.workers or os.cpu_count() or 1, modules)
