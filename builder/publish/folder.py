"""A target on this machine. What is served changes by one rename of a link, when all the rest is on the disk.

Always holds: `current` leads to a whole release at any moment; all that is unfinished lies in `.incoming`, which the
next publish empties; no link is followed, and nothing is removed but releases whose every file is known.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.publish import manifest
from builder.publish.beside import is_beside
from builder.publish.disk import durable, locked, readable, settle
from builder.publish.layout import (
    ASSETS,
    CURRENT,
    INCOMING,
    KEPT,
    LASTING,
    LOCK,
    LOG,
    MARK,
    RELEASES,
    State,
    mark_text,
    published_in,
)
from builder.publish.manifest import ID, Release
from builder.publish.snapshot import Snapshot, walked
from builder.publish.tags import date
from builder.release.manifest import NAME as SITE

__all__ = ["Folder"]

@dataclass(frozen=True, slots=True)
class Folder:
    """A target in the folder `root` of this machine."""

    root: Path

    def state(self) -> State:
        """Return what is there. Raises BuilderError when the folder is not a target, OSError."""
        self.refuse_others()
        current = self.root / CURRENT
        if not os.path.lexists(current):
            return State(self.there(), "", self.published())
        leads = os.readlink(current) if current.is_symlink() else ""
        key = leads.removeprefix(f"{RELEASES}/")
        there = self.there()
        if leads != f"{RELEASES}/{key}" or key not in there:
            raise BuilderError(
                mark("{path} does not lead to a release"),
                mark("put it right by hand: ln -sfn releases/ID current, with an ID from {folder}"),
                path=current, folder=self.root / RELEASES,
            )  # fmt: skip
        return State(there, key, self.published())

    def refuse_others(self) -> None:
        """Raise BuilderError when the folder holds something and is no target."""
        if not os.path.lexists(self.root):
            return
        if not self.root.is_dir() or (
            not (self.root / MARK).is_file() and set(os.listdir(self.root)) - {LOCK, INCOMING, KEPT}
        ):
            raise BuilderError(
                mark("{path} holds files that `mingge publish` did not put there"),
                mark("name a new or empty folder"), path=self.root,
            )  # fmt: skip

    def there(self) -> dict[str, str]:
        """Return id → hash of the manifest of each release. What is called otherwise, or is a link, is none."""
        found = {}
        if (self.root / RELEASES).is_dir():
            with os.scandir(self.root / RELEASES) as entries:
                for entry in entries:
                    text = Path(entry.path, manifest.NAME)
                    if ID.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False) and text.is_file():
                        found[entry.name] = manifest.is_own(entry.name, text.read_bytes())
        return {key: digest for key, digest in sorted(found.items()) if digest}

    def published(self) -> tuple[str, ...]:
        """Return the ids in the order in which they were published."""
        try:
            return published_in((self.root / MARK).read_bytes())
        except FileNotFoundError:
            return ()
        except (ValueError, KeyError, TypeError):
            raise BuilderError(
                mark("{path} cannot be read"), mark("put it back from a copy, or publish into a new folder"),
                path=self.root / MARK,
            ) from None  # fmt: skip

    @contextmanager
    def held(self) -> Iterator[HeldFolder]:
        """Yield the target, locked and tidied."""
        self.refuse_others()
        self.root.mkdir(parents=True, exist_ok=True)
        with locked(self.root / LOCK, self.root):
            held = HeldFolder(Folder(self.root.resolve()))
            held.tidy()
            held.claim()
            try:
                yield held
            finally:
                held.tidy(is_last=True)


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """A target on this machine while it is locked."""

    target: Folder

    @property
    def incoming(self) -> Path:
        """Where all that is unfinished lies."""
        return self.target.root / INCOMING

    @property
    def staging(self) -> Path:
        """An empty folder on the same disk."""
        (self.incoming / "release").mkdir()
        return self.incoming / "release"

    def state(self) -> State:
        """Return what is there."""
        return self.target.state()

    def tidy(self, *, is_last: bool = False) -> None:
        """Remove what a publish that was killed has left, or this one."""
        if os.path.lexists(self.incoming):
            shutil.rmtree(self.incoming, ignore_errors=is_last)
        if not is_last:
            self.incoming.mkdir()

    def claim(self) -> None:
        """Mark an empty folder as a target, before anything else is put into it."""
        if not (self.target.root / MARK).exists():
            (self.incoming / MARK).write_text(mark_text(()), encoding="utf-8")
            os.replace(self.incoming / MARK, self.target.root / MARK)

    def install(self, folder: Path, snapshot: Snapshot, state: State) -> None:
        """Move a release that is whole to its place, once it is on the disk, and let its lasting names lead there."""
        root, key = self.target.root, snapshot.release.id
        for other in dict.fromkeys([state.current, *state.published[-1:]]):
            if other in state.there:
                date(folder, snapshot.files, root / RELEASES / other)
        readable(folder)
        durable(folder)
        place = root / RELEASES / key
        public(place.parent)
        folder.rename(place)
        settle(place.parent)

    def check(self, release: Release) -> None:
        """Raise ToolError when a file of a release is not there in its size."""
        folder = self.target.root / RELEASES / release.id
        files = manifest.parsed((folder / manifest.NAME).read_bytes()).files
        broken = [path for path, file in files.items() if size(folder / path) != file.size]
        if broken:
            raise ToolError(
                mark("the release {id} is not whole: {path} is missing or changed"),
                mark("publish the site again; what is served stays as it is"), id=release.id, path=broken[0],
            )  # fmt: skip

    @contextmanager
    def log(self) -> Iterator[Path]:
        """Yield the folder of the public log."""
        folder = self.target.root / LOG
        public(folder)
        yield folder
        readable(folder)
        durable(folder)

    def has_log(self) -> bool:
        """Say whether there is a public log."""
        return (self.target.root / LOG / "checkpoint").is_file()

    def switch(self, release: str, published: Sequence[str]) -> None:
        """Serve a release."""
        root = self.target.root
        (self.incoming / MARK).write_text(mark_text(published), encoding="utf-8")
        durable(self.incoming)
        os.replace(self.incoming / MARK, root / MARK)
        for name in lasting(root / RELEASES / release):
            self.lead(name, release)
        self.link(f"{RELEASES}/{release}", root / CURRENT)
        settle(root)

    def lead(self, name: str, release: str) -> None:
        """Let a lasting name lead to what a release has under it."""
        public(self.target.root / ASSETS)
        self.link(f"../{RELEASES}/{release}/{ASSETS}/{name}", self.target.root / ASSETS / name)

    def link(self, leads: str, place: Path) -> None:
        """Put a link at `place` in one step, in the place of a link only."""
        if os.path.lexists(place) and not place.is_symlink():
            raise BuilderError(
                mark("{path} is in the way: a link of `mingge publish` belongs there"),
                mark("move it away, then publish again"), path=place,
            )  # fmt: skip
        beside = self.incoming / "link"
        beside.symlink_to(leads)
        os.replace(beside, place)

    def prune(self, releases: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
        """Remove releases of ours; links that led there lead to another one that has the same, or go."""
        root, left = self.target.root, []
        going = set(releases) - {os.path.basename(os.readlink(root / CURRENT))}
        for key in sorted(going):
            if is_known(root / RELEASES / key):
                self.unlead(key, [other for other in kept if other not in going])
                (root / RELEASES / key).rename(self.incoming / key)
                shutil.rmtree(self.incoming / key)
            else:
                left.append(key)
        return tuple(left)

    def unlead(self, key: str, kept: Collection[str]) -> None:
        root = self.target.root
        for name in lasting(root / RELEASES / key):
            place = root / ASSETS / name
            if place.is_symlink() and os.readlink(place) == f"../{RELEASES}/{key}/{ASSETS}/{name}":
                others = [other for other in kept if (root / RELEASES / other / ASSETS / name).is_dir()]
                if others:
                    self.lead(name, others[-1])
                else:
                    place.unlink()


def public(folder: Path) -> None:
    """Make a folder that anybody may look into, unless it is there."""
    if not folder.is_dir():
        folder.mkdir()
        folder.chmod(0o755)


def lasting(release: Path) -> list[str]:
    """Return the names in a release's assets that never change."""
    found = os.listdir(release / ASSETS) if (release / ASSETS).is_dir() else []
    return sorted(name for name in found if LASTING.fullmatch(f"{ASSETS}/{name}/"))


def is_known(release: Path) -> bool:
    """Say whether nothing lies in the folder of a release but what was put there when it was published."""
    text = (release / manifest.NAME).read_bytes()
    if release.is_symlink() or not manifest.is_own(release.name, text):
        return False
    known = {*manifest.parsed(text).files, manifest.NAME, SITE}
    return all(path in known or is_beside(path, known) for path in walked(release, is_strict=True))


def size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return -1
