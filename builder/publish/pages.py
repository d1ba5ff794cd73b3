"""A folder for a Pages artifact: one flat tree without a link, that takes the place of the one before in one step.

A host of pages serves nothing but the newest tree. So the tree keeps the public log, and what the pages of the release
before load: a page that was fetched just before the hosts changed over finds its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.publish import manifest, snapshot
from builder.publish.disk import durable, locked, readable
from builder.publish.layout import LASTING, LOCK, LOG
from builder.publish.manifest import Manifest, Release
from builder.publish.steps import Done, Order, failing, refuse_unlogged
from builder.release.manifest import NAME as SITE
from builder.release.swap import exchange

__all__ = ["publish_pages"]


def publish_pages(site: Path, folder: Path, order: Order) -> Done:
    """Write a site, its release.json and the log into `folder`, which may hold what was written there before.

    Raises BuilderError, ToolError as `publish` does.
    """
    folder = folder.absolute()
    with failing():
        before, last = former(folder)
        previous = last.id if last else ""
        if order.is_dry:
            found = snapshot.taken(site, None)
            return Done(found.release, previous, left=found.left)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with working(folder) as work:
            if not order.record:
                refuse_unlogged(has_log=(folder / LOG / "checkpoint").is_file())
            found = snapshot.taken(site, work / "new")
            if found.release.id == previous:
                return Done(found.release, previous, left=found.left)
            (work / "new" / SITE).unlink()
            if before:
                carry(folder, before, work / "new")
            if order.record:
                (work / "new" / LOG).mkdir(exist_ok=True)
                order.record(work / "new" / LOG, found.release.id, found.release.manifest, previous)
            readable(work / "new")
            durable(work)
            replace(work, folder)
        return Done(found.release, previous, left=found.left)


def former(folder: Path) -> tuple[Manifest | None, Release | None]:
    """Return what the folder holds. Raises BuilderError when it holds something else."""
    if not folder.is_symlink() and (not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))):
        return None, None
    try:
        text = (folder / manifest.NAME).read_bytes()
        found = manifest.parsed(text)
        digest = manifest.hashed(text)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BuilderError(
            mark("{path} holds files that `mingge publish` did not put there"), mark("name a new or empty folder"),
            path=folder,
        ) from None  # fmt: skip
    return found, Release(manifest.named(found.as_of, digest), digest)


@contextmanager
def working(folder: Path) -> Iterator[Path]:
    """Yield a folder beside, ours alone; what a publish that was killed has left there goes."""
    with locked(folder.with_name(f".{folder.name}{LOCK}"), folder):
        work = folder.with_name(f".{folder.name}.mingge-incoming")
        settle(work, folder)
        (work / "new").mkdir(parents=True)
        try:
            yield work
        finally:
            settle(work, folder)


def settle(work: Path, folder: Path) -> None:
    """Put the old tree back where there is none, which only a system without an exchange can need, and tidy."""
    if (work / "old").is_dir() and not folder.exists():
        (work / "old").rename(folder)
    shutil.rmtree(work, ignore_errors=True)


def carry(folder: Path, before: Manifest, new: Path) -> None:
    """Copy the log, and what lasts of the release before, into the new tree."""
    if (folder / LOG).is_dir():
        shutil.copytree(folder / LOG, new / LOG)
    for path in before.files:
        if not LASTING.match(path) or ".." in path.split("/") or (new / path).exists():
            continue
        if (folder / path).is_file():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, new / path)


def replace(work: Path, folder: Path) -> None:
    """Let the new tree take the place of the old one."""
    if not folder.exists():
        (work / "new").rename(folder)
    elif not exchange(work / "new", folder):
        folder.rename(work / "old")
        (work / "new").rename(folder)
