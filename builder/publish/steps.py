"""Publishing: a release is made whole, the public log hears of it, and then it is served.

    lock ▶ check and copy the site ▶ compress ▶ install ▶ record ▶ switch ▶ remove the oldest

Whatever fails before the switch leaves what is served as it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from builder.errors import BuilderError, ServedError, ToolError
from builder.language import mark
from builder.publish import snapshot
from builder.publish.beside import compress
from builder.publish.layout import Held, Record, State, Target, doomed
from builder.publish.manifest import ID, Release

__all__ = ["LEAST_KEPT", "Done", "Order", "apart", "failing", "publish", "refuse_unlogged", "rollback"]

LEAST_KEPT = 2
"""Releases: pages of the one before are still on readers' screens, and load what belongs to it."""


class Order(NamedTuple):
    """How to publish. `keep`: so many releases; `record`: whom to tell before the switch; `is_dry`: change nothing."""

    keep: int = 7
    record: Record | None = None
    is_dry: bool = False
    is_compressed: bool = True


class Done(NamedTuple):
    """What was done, or would be.

    `previous`: the id that was served before, "" for none; `removed`, `stuck`: releases that went, and that should have
    but hold something that is not ours; `left`: files of the site that were not published, because no build wrote them.
    """

    release: Release
    previous: str
    removed: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether something else is served now."""
        return self.release.id != self.previous


def publish(site: Path, target: Target, order: Order) -> Done:
    """Publish the folder of a site, which `mingge build` wrote. The same content again is no new release.

    Raises BuilderError when the site is not as a build wrote it, or the target is none; ToolError when a disk or a line
    fails, or somebody else publishes to the target.
    """
    if order.keep < LEAST_KEPT:
        raise BuilderError(
            mark("at least {least} releases must be kept"),
            mark("pages that are open in browsers load what belongs to the last release: say --keep {least} or more"),
            least=LEAST_KEPT,
        )  # fmt: skip
    if order.is_dry:
        with failing():
            found = snapshot.taken(site, None)
            state = target.state()
            published = state.with_newest(found.release.id)
            gone = doomed(state, published, found.release.id, order.keep)
            return Done(found.release, state.current, gone, (), found.left)
    snapshot.listing(site)  # before a new target is made for nothing
    with failing(), target.held() as held:
        if not order.record:
            refuse_unlogged(has_log=held.has_log())
        state, staging = held.state(), held.staging
        found = snapshot.taken(site, staging)
        release = found.release
        if release.id != state.current:
            if not is_there(held, release, state):
                if order.is_compressed:
                    compress(staging, found.files)
                held.install(staging, found, state)
            serve(held, release, state.current, order.record)
        else:
            enter(held, release, state.current, order.record)
        return Done(release, state.current, *cleaned(held, order.keep), found.left)


def refuse_unlogged(*, has_log: bool) -> None:
    """Raise BuilderError where a release would be served that the public log never hears of."""
    if has_log:
        raise BuilderError(
            mark("the target has a public log, and what is published has to be entered in it"),
            mark("name its key with --log-key; to go on without a log, move the folder log/ of the target away"),
        )


def is_there(held: Held, release: Release, state: State) -> bool:
    """Say whether a release lies there whole. One of that name that is not whole goes, unless it is not ours alone."""
    if release.id not in state.there:
        return False
    try:
        held.check(release)
    except ToolError:
        if held.prune([release.id], [key for key in state.published if key in state.there]):
            raise
        return False
    return True


def rollback(target: Target, key: str, order: Order) -> Done:
    """Serve a release that is kept, in one switch. Raises as `publish` does."""
    if not ID.fullmatch(key):
        raise BuilderError(
            mark("{id} is no id of a release"), mark("`mingge releases TARGET` lists them"), id=key
        )  # fmt: skip
    with failing():
        before = target.state()
        release = known(before, key)
        if order.is_dry:
            return Done(release, before.current)
        with target.held() as held:
            state = held.state()
            release = known(state, key)
            held.check(release)
            if key != state.current:
                serve(held, release, state.current, order.record)
            else:
                enter(held, release, state.current, order.record)
            return Done(release, state.current)


def known(state: State, key: str) -> Release:
    if key not in state.there:
        raise BuilderError(
            mark("the release {id} is not kept"), mark("`mingge releases TARGET` lists those that are"), id=key
        )
    return Release(key, state.there[key])


def serve(held: Held, release: Release, previous: str, record: Record | None) -> None:
    """Tell the log, then switch: what is served is always in the log."""
    enter(held, release, previous, record)
    held.switch(release.id, held.state().with_newest(release.id))


def enter(held: Held, release: Release, previous: str, record: Record | None) -> None:
    """Tell the log, also of what is served already: a publish that was killed before its switch has told it another."""
    if record:
        with held.log() as folder:
            record(folder, release.id, release.manifest, previous)


def cleaned(held: Held, keep: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove the oldest releases; what is new is served already, whatever happens here."""
    state = held.state()
    gone = doomed(state, state.published, state.current, keep)
    try:
        stuck = held.prune(gone, [key for key in state.published if key in state.there])
    except (OSError, ToolError) as error:
        raise ServedError(
            mark("{id} is published, but old releases cannot be removed: {error}"),
            mark("check the permissions of the folder; the next publish tries again"),
            id=state.current, error=getattr(error, "strerror", None) or error,
        ) from error  # fmt: skip
    return tuple(key for key in gone if key not in stuck), stuck


@contextmanager
def failing() -> Iterator[None]:
    """Say what the disk said, and that nothing else is served than before."""
    try:
        yield
    except OSError as error:
        raise ToolError(
            mark("the release could not be published: {error}"),
            mark("free some space or check the permissions, then publish again; the release of before is still served"),
            error=f"{error.strerror or error} ({error.filename})" if error.filename else str(error.strerror or error),
        ) from error  # fmt: skip


def apart(site: Path, target: Path) -> None:
    """Raise BuilderError when one of two folders on this machine lies in the other."""
    one, other = (Path(os.path.realpath(path)) for path in (site, target))
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise BuilderError(
            mark("the site’s folder {site} and the target {target} may not contain each other"),
            mark("publish to a folder elsewhere"), site=site, target=target,
        )  # fmt: skip
