"""`mingge nightly`: pull, check, build, publish and report, the same on every machine.

Nothing here needs a network but git, the target and whoever is told how the night ended.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NamedTuple

import typer

from builder.cli import mistakes
from builder.cli.boundary import DEFAULT, err, failures, out, site_config
from builder.cli.held import HELD, holding, outside, told_held
from builder.cli.notice import Notices, notices, send
from builder.cli.order import (
    Accepted,
    AsOf,
    CacheFolder,
    Config,
    Datasets,
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
    Shell,
    ShellOption,
    SummaryFile,
    Workers,
    beside,
    frozen,
)
from builder.cli.publish import KnownFile, LogKeys, Ssh, Way, published, served, tell
from builder.cli.told import asked
from builder.cli.upkeep import Upkeep, Watched, kept_up
from builder.cli.work import Built, build_site
from builder.errors import ServedError, ToolError
from builder.language import Translator, fill, mark, translator

__all__ = ["nightly"]

BUG = 70
SECRET = re.compile(r"://[^/\s@]+@")
"""Who may push, in an address."""


class Night(NamedTuple):
    """What became of a night, in counts and names. `release`: the id that is served, "" where nothing was published.

    `upkeep`: what is to be seen to, however well the night went.
    """

    code: int
    release: str = ""
    built: Built | None = None
    upkeep: Upkeep = Upkeep()


def nightly(
    target: Annotated[
        str, typer.Option("--target", metavar="TARGET", help="A folder of this machine, or user@host:folder.")
    ],
    datasets: Datasets = Path("datasets"),
    output: Annotated[Path, typer.Option("--output", help="The folder in which the site is built.")] = Path("site"),
    config: Config = Path("mkdocs.yml"),
    on_error: OnErrorOption = OnError.HOLD,
    kept: KeptFolder = None,
    accept: Accepted = None,
    previous: Previous = None,
    log_key: LogKeys = None,
    known: KnownFile = None,
    ssh: Ssh = "",
    keep: Annotated[int, typer.Option("--keep", metavar="N", help="How many releases stay, with the newest.")] = 7,
    pages: Annotated[bool, typer.Option("--pages", help="TARGET is a folder for a Pages artifact.")] = False,
    pull: Annotated[bool, typer.Option(help="Fetch what was pushed (git pull --ff-only).")] = True,
    as_of: AsOf = "",
    report: ReportFiles = None,
    summary: SummaryFile = None,
    night_file: Annotated[
        Path | None, typer.Option("--night", metavar="FILE", help="Write how the night ended, as JSON.")
    ] = None,
    webhook_file: Annotated[
        Path | None,
        typer.Option("--webhook-file", metavar="FILE", help="Holds the address of a robot (WeCom, DingTalk) to tell."),
    ] = None,
    mail: Annotated[str, typer.Option("--mail", metavar="ADDRESS", help="Whom to tell by mail.")] = "",
    sendmail: Annotated[str, typer.Option("--sendmail", metavar="PROGRAM", help="Sends mail.")] = "sendmail",
    certificate: Annotated[
        list[Path] | None,
        typer.Option("--certificate", metavar="FILE", help="Warn before this certificate ends. May be repeated."),
    ] = None,
    workers: Workers = 0,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    shell: ShellOption = Shell.ENGINE,
    key: KeyFile = None,
    lang: Lang = None,
) -> None:
    """Pull, check, build, publish and report. 0: published; 4: published, but a file was held back; 1–3: nothing was.

    1: errors in the data, 2: a mistake in the project, 3: a program, the disk or a line failed.
    """
    speak = translator(str(lang) if lang else DEFAULT)
    with failures(speak):
        to = notices(webhook_file, mail, sendmail)
    with ended(to, speak, night_file) as night, TemporaryDirectory(prefix="mingge-") as scratch:
        settings, translate = site_config(config, lang)
        with failures(translate):
            reach = Reach(target, ssh, Path(scratch), pages)
            place = Place.of(reach, kept, previous, output)
            if pull:
                for line in pulled(datasets, translate):
                    out.print(line, markup=False)
            telling = asked(lang or settings.language, report, summary=summary)
            order = Order(
                datasets, output, as_of, telling, None if no_cache else cache or beside(config), Labour(workers), key,
                place.previous, holding(on_error, place.kept), tuple(accept or ()),
                frozen(shell, config),
            )  # fmt: skip
            look = partial(kept_up, order, settings, Watched(log_key or (), certificate or ()), translate)
            night.append(Night(BUG, upkeep=look(None)))
            built = build_site(order, settings, translate)
            done = published(target, output, Way(keep, tuple(log_key or ()), ssh, pages, known=known), translate)
        tell(done, output, translate, is_dry=False)
        for line in told_held(built.held, translate):
            err.print(line, markup=False)
        night.append(Night(HELD if built.held else 0, done.release.id, built))
        night.append(night[-1]._replace(upkeep=look(output)))


class Reach(NamedTuple):
    """A target, and how it is reached. `scratch`: an empty folder here."""

    target: str
    ssh: str
    scratch: Path
    is_pages: bool


class Place(NamedTuple):
    """Where the last good versions are kept, None where nobody said; and the last release, None where there is none."""

    kept: Path | None
    previous: Path | None

    @classmethod
    def of(cls, reach: Reach, kept: Path | None, previous: Path | None, output: Path) -> Place:
        """Return what was said, else what the target has. `output`: a site that may be like what is served.

        What was built last is no release: that night may have ended before it was served.
        Raises BuilderError for a folder that is there and is no target, ToolError.
        """
        target = Path(reach.target)
        if reach.is_pages:
            outside(kept, target)
            return cls(kept, previous or (target if (target / "release.json").is_file() else None))
        root, current = served(reach.target, reach.ssh, output, reach.scratch)
        return cls(kept or (root / "kept" if root else None), previous or current)


@contextmanager
def ended(to: Notices, translate: Translator, file: Path | None) -> Iterator[list[Night]]:
    """Say in one line how a night ended, tell whoever is to be told, and exit with its code."""
    nights: list[Night] = []
    code = BUG
    try:
        yield nights
        code = nights[-1].code
    except typer.Exit as end:
        code = end.exit_code
        if isinstance(end.__cause__, ServedError):
            nights.append(nights[-1]._replace(release=str(end.__cause__.message.values["id"])))
    except SystemExit as end:  # it was told to stop
        code = end.code if isinstance(end.code, int) else BUG
    finally:
        close(nights[-1]._replace(code=code) if nights else Night(code), to, translate, file)
    raise typer.Exit(code)


def close(night: Night, to: Notices, translate: Translator, file: Path | None) -> None:
    """Say, write and send how a night ended. Who cannot be told changes nothing about it, and is a line."""
    for text in night.upkeep.lines:
        err.print(text, markup=False)
    words = LINES.get(night.code, LINES[BUG])
    line = fill(translate, SERVED if night.release and night.code not in (0, HELD) else words, values(night))
    err.print(line, markup=False)
    try:
        if file:
            write_night(file, document(night))
        if night.code or night.upkeep.reminders:
            held = told_held(night.built.held, translate) if night.built else ()
            count = len(night.upkeep.reminders)
            subject = f"{line} {fill(translate, SOON, {'count': count})}" if count else line
            send(to, subject, "\n".join((*held, *night.upkeep.reminders)) or line)
    except ToolError as error:
        for text, style in mistakes.lines(error, translate):
            err.print(text, markup=False, style=style)


def write_night(file: Path, night: dict[str, object]) -> None:
    try:
        file.write_text(json.dumps(night, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise ToolError(
            mark("the report {path} cannot be written: {error}"), mark("name a file in a folder that exists"),
            path=file, error=error.strerror or error,
        ) from error  # fmt: skip


LINES = {
    0: mark("The night went well: {release} is served, {pages} pages as of {day}."),
    1: mark("The night failed: the data has errors. What was published before is still served."),
    2: mark("The night failed: a mistake in the project. What was published before is still served."),
    3: mark("The night failed: a program, the disk or a line. What was published before is still served."),
    HELD: mark("Published, but {count} files were held back: {release}, {pages} pages as of {day}."),
    BUG: mark("The night was stopped, or an error of the program ended it. What is served is whole, old or new."),
}
SOON = mark("To be seen to: {count}.")
SERVED = mark("{release} is published, but the night did not end well: a program, the disk or a line failed then.")


def values(night: Night) -> dict[str, object]:
    built = night.built
    known = {"pages": built.pages, "day": built.as_of, "count": len(built.held)} if built else {}
    return {"release": night.release, **known}


def document(night: Night) -> dict[str, object]:
    """Return a night for programs: counts, codes and names of files."""
    built = night.built
    held: Sequence[dict[str, object]] = [item._asdict() for item in built.held] if built else ()
    day = built.as_of.isoformat() if built else ""
    return {"mingge": "night", "format": 1, "code": night.code, "release": night.release, "as_of": day,
            "pages": built.pages if built else 0, "held": [*held], "upkeep": [*night.upkeep.values]}  # fmt: skip


def pulled(datasets: Path, translate: Translator) -> Iterator[str]:
    """Fetch what was pushed to the branch that the repository follows. Yields why not, where there is none."""
    if git(datasets, "rev-parse", "--is-inside-work-tree").returncode:
        yield translate(mark("Not pulled: the package lies in no git repository."))
        return
    if git(datasets, "rev-parse", "--abbrev-ref", "@{upstream}").returncode:
        yield translate(mark("Not pulled: the branch follows no other."))
        return
    done = git(datasets, "pull", "--ff-only", "--quiet")
    if done.returncode:
        raise ToolError(
            mark("git pull failed: {output}"),
            mark("run `git pull --ff-only` by hand and see what it says, or build what is here with --no-pull"),
            output=SECRET.sub("://", next((line for line in done.stderr.splitlines()[::-1] if line.strip()), "-")),
        )  # fmt: skip


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder if folder.is_dir() else "."), "-c", "core.askPass=true", *arguments],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise ToolError(
            mark("{program} cannot be started ({error})"), mark("install it, or build what is here with --no-pull"),
            program="git", error=error.strerror or error,
        ) from error  # fmt: skip
