"""`mingge publish`, `mingge releases` and `mingge rollback`: a built site to where it is served, and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from builder.cli.boundary import err, failures, out, spoken
from builder.cli.order import Config, Lang
from builder.errors import BuilderError
from builder.language import Translator, fill, mark, translator

if TYPE_CHECKING:
    from builder.log import Recorder
    from builder.publish import Done

__all__ = ["KnownFile", "LogKeys", "Ssh", "Way", "publish", "published", "releases", "rollback", "served", "tell"]

Where = Annotated[
    str, typer.Argument(metavar="TARGET", help="A folder of this machine, or user@host:folder (by rsync over ssh).")
]
Ssh = Annotated[
    str, typer.Option("--ssh", metavar="COMMAND", help="How to reach user@host, such as “ssh -p 2222”; else ssh.")
]
LogKeys = Annotated[
    list[Path] | None,
    typer.Option(
        "--log-key", metavar="FILE",
        help="Signs the public log: `mingge key signing` makes it. Else no log. To replace a key: the old one, then "
        "the new one with a second --log-key, for as long as both are to sign.",
    ),
]  # fmt: skip
KnownFile = Annotated[
    Path | None,
    typer.Option(
        "--known", metavar="FILE",
        help="Remembers what the public log was, to refuse one that was put back or rewritten. Not in TARGET.",
    ),
]  # fmt: skip
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")]
NAMED = 5
"""How many files a line names."""


def publish(
    target: Where,
    site: Annotated[Path, typer.Option("--site", help="The folder of a site that was built.")] = Path("site"),
    keep: Annotated[int, typer.Option("--keep", metavar="N", help="How many releases stay, with the newest.")] = 7,
    pages: Annotated[
        bool, typer.Option("--pages", help="TARGET is a folder for a Pages artifact: one flat tree without a link.")
    ] = False,
    compress: Annotated[
        bool, typer.Option(help="Put compressed copies (.gz, .zst) beside the files, for the web server.")
    ] = True,
    log_key: LogKeys = None,
    known: KnownFile = None,
    ssh: Ssh = "",
    dry_run: DryRun = False,
    config: Config = Path("mkdocs.yml"),
    lang: Lang = None,
) -> None:
    """Publish a built site as a release, and serve it in one step; the same content again is no new release."""
    translate = translator(spoken(lang, config if config.exists() else None))
    with failures(translate):
        way = Way(keep, tuple(log_key or ()), ssh, pages, dry_run, compress, known)
        done = published(target, site, way, translate)
    tell(done, site, translate, is_dry=dry_run)


class Way(NamedTuple):
    """How to publish, as it was asked for."""

    keep: int = 7
    log_keys: tuple[Path, ...] = ()
    ssh: str = ""
    is_pages: bool = False
    is_dry: bool = False
    is_compressed: bool = True
    known: Path | None = None


def published(target: str, site: Path, way: Way, translate: Translator) -> Done:
    """Publish the folder of a site. Raises BuilderError, ToolError."""
    from builder import publish as publishing

    record = recorder(way.log_keys, way.known, translate)
    order = publishing.Order(way.keep, record, way.is_dry, way.is_compressed)
    where = Path(target) if way.is_pages else publishing.target(target, way.ssh)
    if isinstance(where, Path):
        publishing.apart(site, where)
        done = publishing.publish_pages(site, where, order)
    else:
        if isinstance(where, publishing.Folder):
            publishing.apart(site, where.root)
        done = publishing.publish(site, where, order)
    if record:
        record.remember(done.release.id)
    return done


def served(target: str, ssh: str, like: Path, scratch: Path) -> tuple[Path | None, Path | None]:
    """Return the folder of a target, None for another machine's, and the release that it serves, None for none.

    What another machine serves is fetched into the empty folder `scratch` as far as releases are compared, and as far
    as it is not in `like`. Raises BuilderError for a folder that is there and is no target, ToolError.
    """
    from builder import publish as publishing

    where = publishing.target(target, ssh)
    if isinstance(where, publishing.Host):
        return None, where.fetch(like, scratch)
    assert isinstance(where, publishing.Folder)  # noqa: S101 - there is no third kind
    current = where.state().current
    return where.root, where.root / "releases" / current if current else None


def releases(target: Where, ssh: Ssh = "", lang: Lang = None) -> None:
    """List the releases of a target, the newest first; * is the one that is served."""
    from builder import publish as publishing

    translate = translator(spoken(lang))
    with failures(translate):
        state = publishing.reading(target, ssh)
    if not state.there:
        err.print(translate(mark("There are no releases yet.")))
    order = {key: place for place, key in enumerate(state.published)}
    for key in sorted(state.there, key=lambda key: (order.get(key, -1), key), reverse=True):
        out.print(f"{'*' if key == state.current else ' '} {key}  {state.there[key]}")


def rollback(
    target: Where,
    release: Annotated[str, typer.Argument(metavar="ID", help="The key of a release, as `mingge releases` lists it.")],
    log_key: LogKeys = None,
    known: KnownFile = None,
    ssh: Ssh = "",
    dry_run: DryRun = False,
    lang: Lang = None,
) -> None:
    """Serve a former release again, in one step."""
    from builder import publish as publishing

    translate = translator(spoken(lang))
    with failures(translate):
        where = publishing.target(target, ssh)
        record = recorder(log_key or (), known, translate)
        done = publishing.rollback(where, release, publishing.Order(record=record, is_dry=dry_run))
        if record:
            record.remember(done.release.id)
    tell(done, None, translate, is_dry=dry_run)


def recorder(keys: Sequence[Path], known: Path | None, translate: Translator) -> Recorder | None:
    """Return what enters a release in the public log before it is served; None without a key. Raises BuilderError."""
    if not keys:
        if known:
            raise BuilderError(
                mark("without --log-key there is no log that {path} could remember"),
                mark("name the key of the log with --log-key, or leave --known out"), path=known,
            )  # fmt: skip
        return None
    from builder import log

    def differs(last: str, served: str) -> None:
        words = mark(
            "The public log ends with {last}, but {served} is served: somebody switched by hand, or a release was "
            "dropped."
        )
        err.print(fill(translate, words, {"last": last, "served": served or "-"}), markup=False)

    return log.recorder(*(log.read_key(key, log.LOG) for key in keys), known=known, tell=differs)


def tell(done: Done, site: Path | None, translate: Translator, *, is_dry: bool) -> None:
    """Say what was done, or would be."""
    values = {"id": done.release.id, "previous": done.previous or "-"}
    if not done.is_new:
        out.print(fill(translate, mark("{id} is served already: nothing to publish."), values))
    elif is_dry:
        words = mark("{id} would be served, in the place of {previous}. Nothing was changed.")
        out.print(fill(translate, words, values))
    else:
        out.print(fill(translate, mark("{id} is served now, in the place of {previous}."), values))
    if done.removed:
        words = mark("Would be removed: {names}") if is_dry else mark("Removed: {names}")
        out.print(fill(translate, words, {"names": done.removed}))
    if done.left:
        words = mark("{count} files of {path} were not published, because no build wrote them: {names}")
        values = {"count": len(done.left), "path": site, "names": done.left[:NAMED]}  # type: ignore[dict-item]
        err.print(fill(translate, words, values))
    if done.stuck:
        words = mark("Not removed, because they hold files that are not of the release: {names}")
        err.print(fill(translate, words, {"names": done.stuck}))
