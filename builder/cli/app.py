"""The commands."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from builder.cli import bug, operators, personal
from builder.cli import log as public_log
from builder.cli.boundary import (
    err,
    failures,
    out,
    parsed,
    progress,
    refuse_future,
    release,
    site_config,
    spoken,
    today,
)
from builder.cli.desk import desk
from builder.cli.fix import fix
from builder.cli.held import holding, tell_held
from builder.cli.imports import take
from builder.cli.init import init
from builder.cli.intake import close, intake, key_app
from builder.cli.nightly import nightly
from builder.cli.order import (
    Accepted,
    AsOf,
    CacheFolder,
    Config,
    Datasets,
    GitHub,
    KeptFolder,
    KeyFile,
    Labour,
    Lang,
    NoCache,
    OnError,
    OnErrorOption,
    Order,
    Previous,
    ReportFiles,
    Scheduler,
    Shell,
    ShellOption,
    Since,
    SummaryFile,
    Workers,
    beside,
    frozen,
    labour,
)
from builder.cli.policy import finish as finish_policy
from builder.cli.publish import publish, releases, rollback
from builder.cli.template import template
from builder.cli.told import asked, finish_check
from builder.cli.work import build_site
from builder.language import fill, mark, translator
from builder.processes import seldom_collect, stoppable
from builder.shipped import shipped

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
app.command()(fix)
app.command()(init)
app.command("import")(take)
app.command()(intake)
app.command()(desk)
app.command()(close)
app.add_typer(key_app, name="key")
key_app.command()(public_log.signing)
key_app.command("witness")(public_log.witnessing)
app.command()(public_log.verify)
app.command()(public_log.witness)
app.command()(personal.names)
app.command()(personal.waivers)
app.command()(operators.headers)
app.command()(operators.sbom)
app.command()(template)
app.command()(publish)
app.command()(releases)
app.command()(rollback)
app.command()(nightly)


@app.command()
def check(
    datasets: Datasets = Path("datasets"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    report: ReportFiles = None,
    github: GitHub = False,
    summary: SummaryFile = None,
    workers: Workers = 0,
    since: Since = None,
    lang: Lang = None,
) -> None:
    """Check the data and say which cells are wrong. Nothing is written."""
    from builder import pipeline

    language = spoken(lang, config)
    translate = translator(language)
    with failures(translate):
        telling = asked(language, report, is_for_github=github, summary=summary)
        last = release(since) if since else None
        with labour(Labour(workers)) as hands, progress(translate) as show:
            found = pipeline.check(datasets, today, show, parsed(as_of), crew=hands, since=last)
        refuse_future(found, as_of)
    finish_check(found, datasets, telling)


@app.command()
def build(
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder of the site; it is replaced whole.")] = Path(
        "site"
    ),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    report: ReportFiles = None,
    github: GitHub = False,
    summary: SummaryFile = None,
    workers: Workers = 0,
    scheduler: Scheduler = "",
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    key: KeyFile = None,
    previous: Previous = None,
    on_error: OnErrorOption = OnError.FAIL,
    kept_folder: KeptFolder = None,
    accept: Accepted = None,
    shell: ShellOption = Shell.ENGINE,
    lang: Lang = None,
) -> None:
    """Check the data and build the site. Defects stop it, and the old site stays as it was; or they are held back."""
    settings, translate = site_config(config, lang)
    kept = None if no_cache else cache or beside(config)
    with failures(translate):
        telling = asked(lang or settings.language, report, is_for_github=github, summary=summary)
        order = Order(
            datasets, output, as_of, telling, kept, Labour(workers, scheduler), key, previous,
            holding(on_error, kept_folder), tuple(accept or ()), frozen(shell, config),
        )  # fmt: skip
        built = build_site(order, settings, translate)
    out.print(
        fill(
            translate,
            mark(
                "{count} pages as of {day} in {path}: "
                "open {path}/index.html through a web server, or run `mingge serve`."
            ),
            {"count": built.pages, "day": built.as_of, "path": output},
        )
    )
    tell_held(built.held, translate)


@app.command()
def serve(
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder of the site.")] = Path("site"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8000,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    lang: Lang = None,
) -> None:
    """Build the site, show it at http://127.0.0.1:8000/ and rebuild it when data, templates or pages change."""
    from builder.cli.serve import serve as run

    settings, translate = site_config(config, lang)
    kept = None if no_cache else cache or beside(config)
    order = Order(datasets, output, as_of, asked(lang or settings.language, ()), kept)

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
def policy(
    datasets: Datasets = Path("datasets"),
    renew: Annotated[
        bool, typer.Option("--renew", help="Write what is published into policy.lock, for a reviewer to agree to.")
    ] = False,
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    lang: Lang = None,
) -> None:
    """Say what is published of each table and each category, and what is not."""
    from builder import pipeline

    translate = translator(spoken(lang, config))
    with failures(translate), progress(translate) as show:
        found = pipeline.check(datasets, today, show, parsed(as_of))
    finish_policy(found, datasets, translate, renew=renew)


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
        Path | None,
        typer.Option("--template", help="A package whose datapackage.json and schemas are copied; else the program's."),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write a complete package of demonstration data on real areas."""
    from builder import demo as demonstration
    from builder.subjects import SUBJECTS

    translate = translator(spoken(lang))
    with failures(translate):
        day = parsed(as_of or "“”")
        assert day is not None  # noqa: S101 - an empty option is no date either
        before = cases * 9 // 10 if earlier is None else earlier
        plan = demonstration.Plan(grids=grids, cases=cases, seed=seed, as_of=day, earlier=before)
        like = template or shipped("datasets")
        left_out = demonstration.write(out_folder, areas=areas, template=like, plan=plan, subjects=SUBJECTS)
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


def main() -> None:
    """Run the program; an exception that nobody expected keeps its traceback, but not its words, and exits with 70."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that is not UTF-8 shows \u5171 for 共: better than the end of a build that went well
            stream.reconfigure(errors="backslashreplace")
    seldom_collect()
    try:
        with stoppable():
            app()
    except Exception as error:  # the last boundary: a bug must be told apart from a defect by its exit code
        sys.stderr.write(bug.told(error))
        sys.exit(70)
