"""Commands of the public log: checking a site as any reader can, standing witness, and the keys that sign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from builder.cli.boundary import err, failures, optional_config, out, spoken
from builder.cli.order import Config, Lang
from builder.errors import BuilderError, ToolError
from builder.language import Translator, fill, mark, translator

__all__ = ["signing", "verify", "witness", "witnessing"]

Site = Annotated[str, typer.Argument(metavar="SITE", help="The address of a site, or its folder.")]
VKey = Annotated[
    str, typer.Option("--vkey", metavar="KEY", help="The log's key, as you got it in another way than from the site.")
]
KeyPath = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A new file, outside of every repository, every site and every package."),
]
CHINESE = "zh"


def verify(
    site: Site,
    log_place: Annotated[
        str, typer.Option("--log", metavar="LOG", help="Address or folder of the log, when it is not below the site.")
    ] = "",
    vkey: VKey = "",
    known: Annotated[
        Path | None, typer.Option("--known", metavar="FILE", help="A file that remembers this site's checkpoints.")
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="A checkpoint that somebody else saw. May be repeated."),
    ] = None,
    witnesses: Annotated[
        list[str] | None,
        typer.Option("--witness", metavar="KEY", help="The key of a witness who must have cosigned. May be repeated."),
    ] = None,
    lang: Lang = None,
) -> None:
    """Check a site against its release, its release against the public log, and the log against what is known of it.

    The same as verify.py, which every site offers for download.
    """
    from builder import log

    is_chinese = spoken(lang) == CHINESE
    asked = log.Asked(site, log_place, vkey, known, against or (), witnesses or (), is_chinese)
    raise typer.Exit(log.run(asked, out.print))


def witness(
    site: Site,
    state: Annotated[Path, typer.Option("--state", metavar="FOLDER", help="Where to remember what the log said.")],
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="Cosign with this witness's key.")] = None,
    vkey: VKey = "",
    lang: Lang = None,
) -> None:
    """Look at the log of a site, as somebody who does not run it: has it only grown? Print its checkpoint, cosigned."""
    from builder import log

    language = spoken(lang)
    translate = translator(language)
    told = log.Told(err.print, is_chinese=language == CHINESE)
    with failures(translate):
        signing_key = log.read_key(key, log.WITNESS) if key else None
        signs = (signing_key, int(datetime.now(UTC).timestamp())) if signing_key else None
        try:
            seen = log.witness(site, state, vkey, signs, told)
        except log.Wrong as wrong:
            told.fail(wrong)
            raise typer.Exit(told.code) from wrong
        except OSError as error:
            raise ToolError(
                mark("{path} cannot be written ({error})"), mark("check the name and its permissions"),
                path=error.filename or state, error=error.strerror or error,
            ) from error  # fmt: skip
    words = mark("{origin} has {size} entries and has only grown since the {earlier} checkpoints seen before.")
    values = {"origin": seen.checkpoint.origin, "size": seen.checkpoint.size, "earlier": seen.earlier}
    err.print(fill(translate, words, values))
    out.print(seen.note, end="")


def signing(
    file: KeyPath,
    origin: Annotated[
        str,
        typer.Option("--origin", metavar="NAME", help="The log's name; else its address, from site_url of --config."),
    ] = "",
    config: Config = Path("mkdocs.yml"),
    lang: Lang = None,
) -> None:
    """Make the key that signs the public log, once; print its public part, to be made known."""
    from builder import log

    translate = translator(spoken(lang, config))
    with failures(translate):
        key = log.new_key(file, origin or named(config, lang), log.LOG, today())
    tell(
        translate,
        mark(
            "The key is in {path}. Keep it outside of the repository and the site, with a copy in a safe: whoever has "
            "it can sign another history, and without it this log cannot go on. Publish what follows where it cannot "
            "be exchanged with the site, such as on paper; readers check the log with it."
        ),
        file, str(key),
    )  # fmt: skip


def witnessing(
    file: KeyPath,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Your name, such as example.org/witness.")],
    lang: Lang = None,
) -> None:
    """Make the key of a witness, once; print its public part, to be made known."""
    from builder import log

    translate = translator(spoken(lang))
    with failures(translate):
        key = log.new_key(file, name, log.WITNESS, today())
    tell(
        translate,
        mark(
            "The key is in {path}. Keep it where nobody who runs the site can read it. Publish what follows, on a page "
            "of your own; readers check your signatures with it."
        ),
        file, str(key),
    )  # fmt: skip


def named(config: Path, lang: str | None) -> str:
    """Return what a log is called when nobody says otherwise: its address without https://. Raises BuilderError."""
    found = optional_config(config, lang)
    if found is None or not found.url:
        raise BuilderError(
            mark("the log has no name: there is no site_url in {path}"),
            mark("name it with --origin, such as --origin example.com/log"), path=config,
        )  # fmt: skip
    return f"{found.url.partition('://')[2].rstrip('/')}/log"


def today() -> date:
    """Return the day of whoever makes a key."""
    return datetime.now(UTC).astimezone().date()


def tell(translate: Translator, words: str, path: Path, key: str) -> None:
    """Say how a key is kept, to whoever reads; print its public part, for whatever program reads."""
    err.print(fill(translate, words, {"path": path}))
    out.print(key)
