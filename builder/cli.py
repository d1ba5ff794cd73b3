"""The only printing, the only exit codes, the only reading of clock and environment.

Exit codes: 0 done · 1 defects in the data · 2 a mistake in the project · 3 a program or the disk failed · 70 a bug.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from builder import terminal
from builder.errors import BuilderError, ToolError
from builder.language import Translator, fill, mark, translator
from builder.model import Report, SiteConfig

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)

Datasets = Annotated[Path, typer.Argument(help="The folder that holds datapackage.json.")]
Config = Annotated[Path, typer.Option("--config", help="The site's configuration.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day the figures describe, such as 2026-10-31.")]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write all findings to this file as JSON.")]


@app.command()
def check(
    datasets: Datasets = Path("datasets"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    report: ReportFile = None,
) -> None:
    """Check the data and say which cells are wrong. Nothing is written."""
    from builder import pipeline

    settings = optional_config(config)
    translate = translator(settings.language if settings else "zh")
    with failures(translate), progress(translate) as show:
        _, found, day = pipeline.check(datasets, today, show, parsed(as_of))
    finish_check(found, translate, day, report)


@app.command()
def build(
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder of the site; it is replaced whole.")] = Path(
        "site"
    ),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    report: ReportFile = None,
) -> None:
    """Check the data and build the site. Defects stop it, and the old site stays as it was."""
    settings, translate = site_config(config)
    with failures(translate):
        count, day = build_site((datasets, output), settings, translate, (as_of, report))
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


def build_site(
    folders: tuple[Path, Path], config: SiteConfig, translate: Translator, options: tuple[str, Path | None]
) -> tuple[int, date]:
    """Check and build; exits with 1 when the data has errors. Returns the number of pages and as_of."""
    from builder import pipeline

    datasets, output = folders
    as_of, report_file = options
    with progress(translate) as show:
        tables, found, day = pipeline.check(datasets, today, show, parsed(as_of))
    finish_check(found, translate, day, report_file)
    with progress(translate) as show:
        return pipeline.build(tables, found, config, (output, day), show), day


@app.command()
def serve(
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder of the site.")] = Path("site"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8000,
) -> None:
    """Build the site, show it at http://127.0.0.1:8000/ and rebuild it when data, templates or pages change."""
    from builder.serve import serve as run

    settings, translate = site_config(config)

    def rebuild() -> None:
        try:
            with failures(translate):
                build_site((datasets, output), settings, translate, (as_of, None))
        except typer.Exit:
            err.print(translate(mark("The site was left as it was; mend the above and save again.")))

    rebuild()
    out.print(f"http://127.0.0.1:{port}/")
    run(output, (datasets, settings.templates, settings.docs, settings.path), rebuild, port)


@app.command()
def demo(
    out_folder: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder.")],
    areas: Annotated[Path, typer.Option("--areas", help="CSV of the areas: code, name, level, parent_code.")],
    grids: Annotated[int, typer.Option("--grids", help="How many grids.")] = 370,
    cases: Annotated[int, typer.Option("--cases", help="How many cases.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same data.")] = 1,
    as_of: AsOf = "2026-10-31",
    template: Annotated[
        Path, typer.Option("--template", help="A package whose datapackage.json and schemas are copied.")
    ] = Path("datasets"),
) -> None:
    """Write a complete package of demonstration data on real areas."""
    from builder import demo as demonstration

    translate = translator("zh")
    with failures(translate):
        day = parsed(as_of or "-")
        assert day is not None  # noqa: S101 - an empty option is no date either
        plan = demonstration.Plan(grids=grids, cases=cases, seed=seed, as_of=day)
        demonstration.write(out_folder, areas=areas, template=template, plan=plan)
    out.print(
        fill(
            translate,
            mark("Demonstration data written to {path}: {grids} grids, {cases} cases."),
            {"path": out_folder, "grids": grids, "cases": cases},
        )
    )


# ── the boundary ─────────────────────────────────────────────────────────────────────────────────


def today(timezone: str) -> date:
    """Return the day it is in `timezone`."""
    return datetime.now(ZoneInfo(timezone)).date()


def parsed(as_of: str) -> date | None:
    """Return the day that --as-of names, None when it was not given; BuilderError when it is no date."""
    try:
        return date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise BuilderError(
            mark("--as-of {value} is not a date"), mark("write it like 2026-10-31"), value=as_of
        ) from None


def site_config(path: Path) -> tuple[SiteConfig, Translator]:
    """Return the configuration and the translator of its language; exits with 2 when it cannot be used."""
    from builder import load

    with failures(translator("zh")):
        config = load.site_config(path)
    return config, translator(config.language)


def optional_config(path: Path) -> SiteConfig | None:
    """Return the configuration if there is one: `mingge check` needs nothing of it but the language."""
    return site_config(path)[0] if path.exists() else None


@contextmanager
def failures(translate: Translator) -> Iterator[None]:
    """Turn a BuilderError into one line, a hint and its exit code."""
    try:
        yield
    except BuilderError as error:
        err.print(
            fill(translate, error.message, error.values) if error.values else translate(error.message),
            style="bold red",
            markup=False,
        )
        if error.hint:
            err.print(
                "  " + (fill(translate, error.hint, error.values) if error.values else translate(error.hint)),
                markup=False,
            )
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
            task, description=translate(terminal.STAGES[stage]), count=str(count or "")
        )


def finish_check(found: Report, translate: Translator, day: date, report_file: Path | None) -> None:
    """Print the findings, write the report, and exit with 1 when there is an error among them."""
    if report_file:
        with failures(translate):
            write_report(report_file, terminal.as_json(found, translate))
    for line, style in terminal.findings(found, translate):
        err.print(line, markup=False, style=style)
    err.print(terminal.summary(found, translate, day), markup=False)
    if found.errors:
        raise typer.Exit(1)


def write_report(path: Path, text: str) -> None:
    """Write the report file; ToolError when the disk does not let us."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ToolError(
            mark("the report {path} cannot be written: {error}"), mark("name a file in a folder that exists"),
            path=path, error=error.strerror or error,
        ) from error  # fmt: skip


def main() -> None:
    """Run the program; an exception that nobody expected keeps its traceback and exits with 70."""
    try:
        app()
    except Exception:  # the last boundary: a bug must be told apart from a defect by its exit code
        traceback.print_exc()
        sys.exit(70)
