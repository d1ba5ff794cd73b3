"""The one boundary at which errors become lines and exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from builder.calendar.bounds import FIRST_DAY, LAST_DAY
from builder.cli import mistakes
from builder.cli.report import STAGES
from builder.errors import BuilderError
from builder.language import Translator, mark, said, translator
from builder.model import Message, Profile, SiteConfig

if TYPE_CHECKING:
    from builder.pipeline import Checked

__all__ = [
    "DEFAULT", "err", "failures", "optional_config", "out", "parsed", "progress", "refuse_future", "release",
    "replaced", "site_config", "spoken", "today", "warn",
]  # fmt: skip

DEFAULT = "zh"
"""What is spoken as long as nobody says otherwise."""

PLAIN: Mapping[str, Any] = {"highlight": False, "soft_wrap": True, "markup": False, "emoji": False}
out, err = Console(**PLAIN), Console(stderr=True, **PLAIN)


def today(timezone: str) -> date:
    """Return the day it is in `timezone`."""
    return datetime.now(ZoneInfo(timezone)).date()


def parsed(as_of: str) -> date | None:
    """Return the day that --as-of names, None when it was not given; BuilderError when it is no day of our time."""
    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise BuilderError(
            mark("--as-of {value} is not a date"), mark("write it like 2026-10-31"), value=as_of
        ) from None
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise BuilderError(
            mark("--as-of {value} lies too far away"), mark("use a day from {first} to {last}"),
            value=as_of, first=FIRST_DAY, last=LAST_DAY,
        )  # fmt: skip
    return day


def site_config(path: Path, lang: str | None = None) -> tuple[SiteConfig, Translator]:
    """Return the configuration and the translator of `lang`, else of its language; exits with 2 if that is wrong."""
    from builder import load

    with failures(translator(lang or DEFAULT)):
        config = load.site_config(path)
    return config, translator(lang or config.language)


def optional_config(path: Path, lang: str | None = None) -> SiteConfig | None:
    """Return the configuration if there is one: `mingge check` needs nothing of it but the language."""
    return site_config(path, lang)[0] if path.exists() else None


def spoken(lang: str | None, config: Path | None = None) -> str:
    """Return the language to speak: `lang`, else that of the configuration, else the default."""
    settings = optional_config(config, lang) if config else None
    return str(lang) if lang else settings.language if settings else DEFAULT


def refuse_future(found: Checked, as_of: str) -> None:
    """Raise BuilderError where a package, not `as_of`, names a day to come: by then all that is open would be overdue.

    A demonstration may be of any day.
    """
    settings = found.tables.package.settings
    if as_of or settings.demonstration or not settings.as_of or settings.as_of <= today(settings.timezone):
        return
    raise BuilderError(
        mark("{where}: as_of is {day}, a day to come"),
        mark("correct the year, or say with --as-of that figures of another day are wanted"),
        where=settings.places.get("as_of", "datapackage.json"), day=settings.as_of,
    )  # fmt: skip


def release(path: Path) -> Profile:
    """Return what a release holds: a site's folder, or its profile. Raises BuilderError."""
    from builder import load

    return load.profile(path)


def replaced(site: Path, translate: Translator) -> Profile | None:
    """Return what the site holds that is about to be replaced; one whose profile is damaged is no reason to stop."""
    from builder import load

    try:
        return load.profile(site) if (site / load.PROFILE).is_file() else None
    except BuilderError as error:
        warn(translate, error.message)
        return None


def warn(translate: Translator, message: Message) -> None:
    """Say what did not go well and is no reason to stop."""
    text, hint = said(translate, message)
    err.print(text, markup=False)
    err.print(f"  {hint}", markup=False)


@contextmanager
def failures(translate: Translator) -> Iterator[None]:
    """Turn a BuilderError into its exit code, and each mistake that it tells into a line and a hint."""
    try:
        yield
    except BuilderError as error:
        for line, style in mistakes.lines(error, translate):
            err.print(line, markup=False, style=style)
        raise typer.Exit(error.exit_code) from error


@contextmanager
def progress(translate: Translator) -> Iterator[Callable[[str, int], None]]:
    """Yield the function that shows which stage runs; on a terminal only."""
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        console=err, transient=True, disable=not err.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None, count="")
        yield lambda stage, count: bar.update(
            task, description=translate(STAGES[stage]), count=str(count or "")
        )
