"""What a command is asked for: its options, and who does the work."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from builder.processes import Crew, cluster, crew

__all__ = [
    "AsOf", "CacheFolder", "Config", "Datasets", "KeyFile", "Labour", "NoCache", "Order", "ReportFile", "Scheduler",
    "Since", "Workers", "beside", "labour",
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
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write all findings to this file as JSON.")]


class Labour(NamedTuple):
    """Who works: so many processes (0: one for each core), or the Dask cluster at an address."""

    workers: int = 0
    scheduler: str = ""


class Order(NamedTuple):
    """What to build from which folder into which; `as_of` "", `report` and `cache` None: not given."""

    datasets: Path
    output: Path
    as_of: str
    report: Path | None
    cache: Path | None
    labour: Labour = Labour()
    key: Path | None = None

    @property
    def private(self) -> tuple[Path, ...]:
        """What is given for the build alone: in the site's folder it would be public."""
        return tuple(path for path in (self.report, self.cache, self.key) if path)


def beside(config: Path) -> Path:
    """Return the cache of a site of which nobody named another."""
    return config.parent / ".mingge_cache"


def labour(wanted: Labour, *modules: str) -> AbstractContextManager[Crew]:
    """Return those who check, count and print. `modules`: what they will surely need, to be loaded from now on."""
    if wanted.scheduler:
        return cluster(wanted.scheduler)
    return crew(wanted.workers or os.cpu_count() or 1, modules)
