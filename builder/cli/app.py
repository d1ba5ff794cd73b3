"""The commands and the one boundary at which errors become lines and exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from builder.calendar.bounds import FIRST_DAY, LAST_DAY
from builder.cli import report as sentences
from builder.cli.order import (
    AsOf,
    CacheFolder,
    Config,
    Datasets,
    Labour,
    NoCache,
    Order,
    ReportFile,
    Scheduler,
    Workers,
    beside,
    labour,
)
from builder.errors import BuilderError
from builder.language import Translator, fill, mark, said, translator
from builder.model import Cache, Message, SiteConfig
from builder.processes import seldom_collect, stoppable

if TYPE_CHECKING:
    from builder.pipeline import Checked

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
PLAIN: Mapping[str, Any] = {"highlight": False, "soft_wrap": True, "markup": False, "emoji": False}
out, err = Console(**PLAIN), Console(stderr=True, **PLAIN)



@app.command()
def check(
    datasets: Datasets = Path("datasets"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    report: ReportFile = None,
    workers: Workers = 0,
) -> None:
    """Check the data and say which cells are wrong. Nothing is written."""
    from builder import pipeline

    settings = optional_config(config)
    translate = translator(settings.language if settings else "zh")
    with failures(translate), labour(Labour(workers)) as hands, progress(translate) as show:
        found = pipeline.check(datasets, today, show, parsed(as_of), crew=hands)
    finish_check(found, translate, report)


@app.command()
def build(
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder of the site; it is replaced whole.")] = Path(
        "site"
    ),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    report: ReportFile = None,
    workers: Workers = 0,
    scheduler: Scheduler = "",
    cache: CacheFolder = None,
    no_cache: NoCache = False,
) -> None:
    """Check the data and build the site. Defects stop it, and the old site stays as it was."""
    settings, translate = site_config(config)
    kept = None if no_cache else cache or beside(config)
    order = Order(datasets, output, as_of, report, kept, Labour(workers, scheduler))
    with failures(translate):
        count, day = build_site(order, settings, translate)
    out.print(
        fill(
            translate,
            mark(
                "{count} pages as of {day} in {path}: "
                "open {path}/index.html through a web server, or run `mingge serve`."
            ),
            {"count": count, "day": day, "path": output},
        )
    )


def build_site(order: Order, config: SiteConfig, translate: Translator) -> tuple[int, date]:
    """Check and build; exits with 1 when the data has errors. Returns the number of pages and as_of."""
    from builder import pipeline, release

    release.keep_apart(order.output, (order.datasets, config.docs, config.templates, config.path, *order.private))
    # first of all: a build that was killed may have left its site in pieces, whatever the data says now
    release.recover(order.output)
    cache = Cache(order.cache, lambda message: warn(translate, message)) if order.cache else None
    with labour(order.labour, "builder.pipeline") as hands:
        with progress(translate) as show:
            found = pipeline.check(order.datasets, today, show, parsed(order.as_of), crew=hands)
        finish_check(found, translate, order.report)
        with progress(translate) as show:
            return pipeline.build(found, config, order.output, show, pipeline.Means(hands, cache)), found.as_of


@app.command()
def serve(
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder of the site.")] = Path("site"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8000,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
) -> None:
    """Build the site, show it at http://127.0.0.1:8000/ and rebuild it when data, templates or pages change."""
    from builder.cli.serve import serve as run

    settings, translate = site_config(config)
    order = Order(datasets, output, as_of, None, None if no_cache else cache or beside(config))

    def rebuild() -> None:
        try:
            with failures(translate):
                build_site(order, settings, translate)
        except typer.Exit:
            err.print(translate(mark("The site was left as it was; mend the above and save again.")))

    rebuild()
    out.print(f"http://127.0.0.1:{port}/")
    run(output, (datasets, settings.templates, settings.docs, settings.path), rebuild, port)


@app.command()
def demo(
    out_folder: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder.")],
    areas: Annotated[
        Path | None,
        typer.Option("--areas", help="CSV of the areas: code, name, level, parent_code; else those of the template."),
    ] = None,
    grids: Annotated[int, typer.Option("--grids", help="How many grids.")] = 370,
    cases: Annotated[int, typer.Option("--cases", help="How many cases of the twelve months up to --as-of.")] = 20_000,
    earlier: Annotated[
        int | None,
        typer.Option(
            "--earlier-cases", help="How many cases of the twelve months before, to compare with; else 90 % of --cases."
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same data.")] = 1,
    as_of: AsOf = "2026-10-31",
    template: Annotated[
        Path, typer.Option("--template", help="A package whose datapackage.json and schemas are copied.")
    ] = Path("datasets"),
) -> None:
    """Write a complete package of demonstration data on real areas."""
    from builder import demo as demonstration
    from builder.subjects import SUBJECTS

    translate = translator("zh")
    with failures(translate):
        day = parsed(as_of or "“”")
        assert day is not None  # noqa: S101 - an empty option is no date either
        before = cases * 9 // 10 if earlier is None else earlier
        plan = demonstration.Plan(grids=grids, cases=cases, seed=seed, as_of=day, earlier=before)
        left_out = demonstration.write(out_folder, areas=areas, template=template, plan=plan, subjects=SUBJECTS)
    if left_out:
        words = mark("Left out, because there is no demonstration data for it: {names}")
        err.print(fill(translate, words, {"names": left_out}))
    out.print(
        fill(
            translate,
            mark("Demonstration data written to {path}: {grids} grids, {cases} cases."),
            {"path": out_folder, "grids": grids, "cases": cases + before},
        )
    )


# ── the boundary ─────────────────────────────────────────────────────────────────────────────────


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


def site_config(path: Path) -> tuple[SiteConfig, Translator]:
    """Return the configuration and the translator of its language; exits with 2 when it cannot be used."""
    from builder import load

    with failures(translator("zh")):
        config = load.site_config(path)
    return config, translator(config.language)


def optional_config(path: Path) -> SiteConfig | None:
    """Return the configuration if there is one: `mingge check` needs nothing of it but the language."""
    return site_config(path)[0] if path.exists() else None


def warn(translate: Translator, message: Message) -> None:
    """Say what did not go well and is no reason to stop."""
    text, hint = said(translate, message)
    err.print(text)
    err.print(f"  {hint}")


@contextmanager
def failures(translate: Translator) -> Iterator[None]:
    """Turn a BuilderError into one line, a hint and its exit code."""
    try:
        yield
    except BuilderError as error:
        text, hint = said(translate, error.message)
        err.print(text, style="bold red")
        if hint:
            err.print(f"  {hint}")
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
            task, description=translate(sentences.STAGES[stage]), count=str(count or "")
        )


def finish_check(found: Checked, translate: Translator, report: Path | None) -> None:
    """Print the findings, write the report, and exit with 1 when there is an error among them."""
    from builder import release

    if report:
        with failures(translate):
            release.write_report(report, sentences.as_json(found.remarks(), translate))
    for line, style in sentences.lines(found, translate):
        err.print(line, style=style)
    err.print(sentences.summary(found, translate))
    if found.errors:
        raise typer.Exit(1)


def main() -> None:
    """Run the program; an exception that nobody expected keeps its traceback and exits with 70."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that is not UTF-8 shows \u5171 for 共: better than the end of a build that went well
            stream.reconfigure(errors="backslashreplace")
    seldom_collect()
    try:
        with stoppable():
            app()
    except Exception:  # the last boundary: a bug must be told apart from a defect by its exit code
        traceback.print_exc()
        sys.exit(70)
