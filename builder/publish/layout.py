"""Where things lie in a target, and what a target is, whatever machine it is on.

    TARGET/releases/<id>/    each release, whole
    TARGET/current           a link to one of them: what is served
    TARGET/assets/<digits>/  links to what the pages of kept releases load
    TARGET/log/              the public log        TARGET/kept/    never served
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from builder.publish.manifest import ID, Release
from builder.publish.snapshot import Snapshot

__all__ = [
    "ASSETS", "CURRENT", "INCOMING", "KEPT", "LASTING", "LOCK", "LOG", "MARK", "RELEASES", "Held", "Record", "State",
    "Target", "doomed", "mark_text", "published_in",
]  # fmt: skip

RELEASES, CURRENT, ASSETS, LOG, KEPT = "releases", "current", "assets", "log", "kept"
MARK, LOCK, INCOMING = ".mingge-target", ".mingge-lock", ".incoming"
LASTING = re.compile(r"assets/([0-9a-f]{12})/")
"""What never changes under its name (builder/site/lasting.py)."""

Record = Callable[[Path, str, str, str], None]
"""Called with the folder of the public log, the id and the manifest's hash of a release that lies there whole and is
about to be served, and the id of the one before ("" for none). It may be called once more for the same after a kill."""


@dataclass(frozen=True, slots=True)
class State:
    """`there`: id → hash of the manifest of every release; `current`: the id of the one that is served, "" for none.

    `published`: ids in the order in which they were published, newest last; one that was published again stands once.
    """

    there: Mapping[str, str]
    current: str
    published: tuple[str, ...]

    def with_newest(self, release: str) -> tuple[str, ...]:
        """Return the ids in order of publication when `release` is published now. A clock would know less."""
        return (*(key for key in self.published if key in self.there and key != release), release)


def mark_text(published: Sequence[str]) -> str:
    """Return what makes a folder a target."""
    return json.dumps({"mingge": "target", "format": 1, "published": list(published)}, indent=1) + "\n"


def published_in(text: str | bytes) -> tuple[str, ...]:
    """Return the ids that a mark names. Raises ValueError, KeyError or TypeError when it is none."""
    source = json.loads(text)
    if (source["mingge"], source["format"]) != ("target", 1):
        raise ValueError(source["format"])
    return tuple(str(key) for key in source["published"])


class Held(Protocol):
    """A target while it is ours alone."""

    @property
    def staging(self) -> Path:
        """An empty folder on this machine, to make a release in."""

    def state(self) -> State:
        """Return what is there."""

    def install(self, folder: Path, snapshot: Snapshot, state: State) -> None:
        """Make a release that is whole in `folder` a release of the target: it lies there whole, or not at all."""

    def check(self, release: Release) -> None:
        """Raise ToolError when a release of the target is not whole."""

    def log(self) -> AbstractContextManager[Path]:
        """Yield the folder of the public log; what is put there is in the target at the end of the block."""

    def has_log(self) -> bool:
        """Say whether there is a public log."""

    def switch(self, release: str, published: Sequence[str]) -> None:
        """Serve a release, in one step. `published`: the order from now on."""

    def prune(self, releases: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
        """Remove releases. Returns those that were left, because something in them is not ours."""


class Target(Protocol):
    """Where releases lie."""

    def state(self) -> State:
        """Return what is there, without waiting for anybody."""

    def held(self) -> AbstractContextManager[Held]:
        """Yield the target, locked and tidied. Raises ToolError when somebody else has it."""


def doomed(state: State, published: Sequence[str], current: str, keep: int) -> tuple[str, ...]:
    """Return the releases that go when the `keep` last ones stay: never the one that is served."""
    stay = {current, *[key for key in published if key in state.there or key == current][-keep:]}
    return tuple(sorted(key for key in state.there if key not in stay and ID.fullmatch(key)))
