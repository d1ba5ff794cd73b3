"""Commands that have to do with what is private: taking it in, and the key of opaque identifiers."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from builder.cli.boundary import err, failures, out, parsed, progress, spoken, today
from builder.cli.order import AsOf, Datasets, KeyFile, Labour, Lang, ReportFiles, Workers, labour
from builder.cli.told import asked, finish_check
from builder.cli.work import Before, made_public, secret
from builder.language import Translator, fill, mark, translator

if TYPE_CHECKING:
    from builder.intake import Closed

__all__ = ["close", "intake", "key_app"]

Revise = Annotated[
    list[str] | None,
    typer.Option("--revise", metavar="PERIOD", help="Count a closed quarter or year once more, as a correction."),
]

key_app = typer.Typer(no_args_is_help=True, help="Make keys. A key lies outside of every repository.")


def intake(
    private: Annotated[
        Path, typer.Argument(metavar="PRIVATE_FOLDER", help="The private package, outside of any repository.")
    ],
    output: Annotated[Path, typer.Option("--output", help="The folder of the public package.")] = Path("datasets"),
    key: KeyFile = None,
    as_of: AsOf = "",
    report: ReportFiles = None,
    workers: Workers = 0,
    revise: Revise = None,
    lang: Lang = None,
) -> None:
    """Check a private package and write into --output only what anybody may have."""
    from builder import intake as entrance
    from builder import pipeline

    language = spoken(lang)
    translate = translator(language)
    with failures(translate), labour(Labour(workers)) as hands, TemporaryDirectory(prefix="mingge-") as scratch:
        telling = asked(language, report)
        entrance.keep_apart(private, output)
        known = secret(key)
        with progress(translate) as show:
            found = pipeline.check(private, today, show, parsed(as_of), crew=hands, is_raw=True)
        finish_check(found, private, telling)
        with progress(translate) as show:
            before = Before(output, known, revise or ())
            closed, public = made_public(found, Path(scratch), before, hands, telling, show)
        changed = entrance.put(Path(scratch), output)
    tell(closed, translate)
    rows = sum(public.row_counts.values())
    say(
        translate, mark("{rows} rows may be published; {count} files of {path} have changed."),
        rows=rows, count=len(changed), path=output,
    )  # fmt: skip


def close(
    datasets: Datasets = Path("datasets"), as_of: AsOf = "", report: ReportFiles = None, revise: Revise = None,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Count the quarters and years that have closed, and keep the counts in a private package.

    `mingge intake` does so by itself; this is for a private repository that is built as it is.
    """
    from builder import pipeline

    language = spoken(lang)
    translate = translator(language)
    with failures(translate):
        telling = asked(language, report)
        with progress(translate) as show:
            found = pipeline.check(datasets, today, show, parsed(as_of))
        finish_check(found, datasets, telling)
        with progress(translate) as show:
            closed = pipeline.close(found, show, revise or ())
    tell(closed, translate)


def tell(closed: Closed, translate: Translator) -> None:
    """Say what has been counted, and what would be counted otherwise today."""
    for table, period in closed.differing:
        words = mark("{table}: {period} would be counted otherwise today; what was published stays as it is.")
        err.print(fill(translate, words, {"table": table, "period": period}), markup=False)
    for table, period in closed.added:
        say(translate, mark("{table}: {period} has been counted."), table=table, period=period)


@key_app.command()
def identifiers(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A new file, outside of every repository, every site and every package."),
    ],
    lang: Lang = None,
) -> None:
    """Make the key of opaque identifiers, once; keep it as long as the site is there."""
    from builder import intake as entrance

    translate = translator(spoken(lang))
    with failures(translate):
        entrance.new_key(file)
    say(
        translate,
        mark(
            "The key is in {path}. Keep it where only those who handle cases can read it, with a copy in a safe: "
            "whoever has it can tell which case a published row is, and without it all rows get other identifiers."
        ),
        path=file,
    )


def say(translate: Translator, words: str, **values: object) -> None:
    out.print(fill(translate, words, values), markup=False)
