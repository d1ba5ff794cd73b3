"""What commands have in common: a package is checked, made public where it is not, and built."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import typer

from builder.cli.boundary import err, parsed, progress, refuse_future, replaced, today, warn
from builder.cli.order import Asked, Order, labour
from builder.cli.told import finish_check, tell_check
from builder.language import Translator, mark
from builder.model import Cache, Held, Message, SiteConfig
from builder.processes import Crew

if TYPE_CHECKING:
    from builder.intake import Closed
    from builder.pipeline import Checked

__all__ = ["Before", "Built", "build_site", "made_public", "secret"]


UNKEPT = Message(
    mark("Counts of closed periods were made for this build only: the next one may count otherwise."),
    mark("keep them in the package with `mingge close`, or take the package in with `mingge intake`"),
)


class Built(NamedTuple):
    """A site: the number of its pages, the day that it describes, and the files that were held back."""

    pages: int
    as_of: date
    held: Sequence[Held] = ()


def build_site(order: Order, config: SiteConfig, translate: Translator) -> Built:
    """Check and build; exits with 1 when the data has errors that cannot be held back."""
    from builder import release

    release.keep_apart(order.output, (order.datasets, config.docs, config.templates, config.path, *order.private))
    # first of all: a build that was killed may have left its site in pieces, whatever the data says now
    release.recover(order.output)
    cache = Cache(order.cache, lambda message: warn(translate, message), order.frozen)
    with labour(order.labour, "builder.pipeline") as hands, checked(order, hands, translate) as (found, held):
        return built(found, held, order, (config, hands, cache), translate)


def built(
    found: Checked, held: Sequence[Held], order: Order, means: tuple[SiteConfig, Crew, Cache],
    translate: Translator,
) -> Built:  # fmt: skip
    """Build the site of a package that passes the check."""
    from builder import pipeline

    config, hands, cache = means
    with progress(translate) as show, taken_in(found, order, hands, translate, show) as public:
        work = pipeline.Means(hands, cache, order.previous, held)
        return Built(pipeline.build(public, config, order.output, show, work), public.as_of, held)


@contextmanager
def checked(order: Order, hands: Crew, translate: Translator) -> Iterator[tuple[Checked, Sequence[Held]]]:
    """Yield a package that passes the check, and what is held back for that; exits with 1 where that cannot be."""
    from builder import hold, pipeline

    since = replaced(order.output, translate)

    def judge(instead: Mapping[Path, bytes], without: Collection[Path]) -> Checked:
        with progress(translate) as show:
            found = pipeline.check(
                order.datasets, today, show, parsed(order.as_of), crew=hands, since=since, instead=instead,
                without=without,
            )  # fmt: skip
            refuse_future(found, order.as_of)
        return found

    if order.kept is None:
        found = judge({}, ())
        finish_check(found, order.datasets, order.asked)
        yield found, ()
        return
    with hold.kept(order.kept) as folder:
        opened = pipeline.opened(order.datasets)
        done = hold.settle(
            opened, folder, judge, lambda found: tell_check(found, order.datasets, order.asked), order.accepted
        )
        if done.found.errors:
            err.print(translate(mark("These errors cannot be held back: nothing good that was kept takes them away.")))
            raise typer.Exit(1)
        yield done.found, done.held
        # the site is there
        folder.keep(done.state, opened.package.root)


@contextmanager
def taken_in(
    found: Checked, order: Order, hands: Crew, translate: Translator, show: Callable[[str, int], None]
) -> Iterator[Checked]:
    """Yield a checked package that is public: the given one, or one that is made from it for the time being."""
    if found.is_public:
        yield found
        return
    with TemporaryDirectory(prefix="mingge-") as scratch:
        before = Before(order.datasets, secret(order.key))
        closed, public = made_public(found, Path(scratch), before, hands, order.asked, show)
        if closed.added:
            warn(translate, UNKEPT)
        yield public


class Before(NamedTuple):
    """What a public package goes on from: the folder of the last one, the key of identifiers, and what is corrected."""

    folder: Path
    key: bytes | None = None
    revised: Collection[str] = ()


def made_public(
    found: Checked, scratch: Path, before: Before, hands: Crew, asked: Asked, show: Callable[[str, int], None]
) -> tuple[Closed, Checked]:
    """Make the public package of a private one in `scratch` and check it; exits with 1 when it has errors.

    Returns the quarters that were counted, and the package.
    """
    from builder import pipeline

    closed = pipeline.take_in(found, scratch, before.folder, before.key, show, before.revised)
    again = pipeline.check(scratch, today, show, found.as_of, crew=hands, is_locked=False)
    if again.errors:
        finish_check(again, scratch, Asked(asked.language))
    return closed, again


def secret(path: Path | None) -> bytes | None:
    """Return the key in a file, None for no file."""
    from builder import intake

    return intake.read_key(path) if path else None
