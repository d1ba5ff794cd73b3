"""What enters releases in a log, and remembers what it signed in a file that does not lie beside the log.

Always holds: where such a file is, nothing is signed over a log that does not begin with all that was signed before. A
log that was put back from an old copy fits together and carries its key's signature: the file alone knows better. A
checkpoint is remembered when its release is served, not before: until then the next night may sign another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builder.errors import BuilderError, ServedError, ToolError
from builder.language import mark
from builder.log.growing import append, last
from builder.log.keys import SigningKey
from builder.log.verify import Folder, Keys, Known, Leaf, Log, Told, Unreachable, Wrong, grown, log_of, trusted

__all__ = ["Recorder", "recorder"]


@dataclass(slots=True)
class Recorder:
    """Enters releases in a log. `known`: the file that remembers, None for none; `signed`: the log as it was signed.

    `tell` is called with the ids of the log's last release and of the one that is served ("" for none), where the
    next one to be entered finds that these differ.
    """

    keys: tuple[SigningKey, ...]
    known: Path | None = None
    tell: Callable[[str, str], None] = lambda _last, _served: None
    signed: tuple[Log, Keys] | None = None

    def __call__(self, folder: Path, identity: str, manifest: str, previous: str) -> None:
        """Enter a release in the log in `folder`. Raises BuilderError, ToolError."""
        if self.known:
            continued(folder, remembered(self.known))
        before = last(folder, *self.keys)
        # the same release is the one that a publish was about to serve when it was killed
        if before and before.id not in (previous, identity):
            self.tell(before.id, previous)
        append(folder, Leaf(manifest, identity, previous), *self.keys)
        self.signed = whole(folder, Known(folder)) if self.known else None

    def remember(self, identity: str) -> None:
        """Remember what was signed; the release `identity` is served by now. Raises ServedError."""
        if not self.known or not self.signed:
            return
        try:
            remembered(self.known).add(*self.signed)
        except Unreachable as error:
            raise ServedError(
                mark("{id} is published, but {path} cannot be written ({error})"),
                mark("free the disk or check the permissions; the next publish remembers the log again"),
                id=identity, path=self.known, error=error.values["error"],
            ) from error  # fmt: skip


def recorder(
    *keys: SigningKey, known: Path | None = None, tell: Callable[[str, str], None] | None = None
) -> Recorder:
    """Return what enters releases in a log. Raises BuilderError and ToolError where `known` cannot be used."""
    if known:
        remembered(known)
        if not known.parent.is_dir():
            raise BuilderError(
                mark("{path} lies in no folder that there is"), mark("make the folder, or name another file"),
                path=known,
            )  # fmt: skip
    return Recorder(keys, known, tell) if tell else Recorder(keys, known)


def remembered(path: Path) -> Known:
    """Return what a file remembers. Raises BuilderError, ToolError."""
    try:
        return Known.read(path)
    except Unreachable as error:
        raise ToolError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=path, error=error.values["error"],
        ) from error  # fmt: skip
    except Wrong as wrong:
        raise BuilderError(
            mark("{path} is not a file that remembers a log"), mark("name a new file, or put it back from a copy"),
            path=path,
        ) from wrong  # fmt: skip


def whole(folder: Path, known: Known) -> tuple[Log, Keys]:
    """Return a log, computed anew, and its keys, one of which is the one that is known. Raises Wrong."""
    keys = trusted(Folder(folder), "", known, Told(str, is_chinese=False))
    return log_of(Folder(folder), keys), keys


def continued(folder: Path, known: Known) -> None:
    """Raise BuilderError unless the log in `folder` begins with all that is known of it."""
    try:
        if known.notes:
            log, keys = whole(folder, known)
            for note in known.notes:
                grown(log, keys.opened(note.encode(), str(known.path))[0], str(known.path))
    except Wrong as wrong:
        raise BuilderError(
            mark("the public log does not go on from what {path} remembers of it ({reason})"),
            mark(
                "nothing was signed and nothing published; put the log back as it was published last. Who signs this "
                "one shows two histories, and whoever looked before can prove it"
            ),
            path=known.path, reason=str(wrong),
        ) from wrong  # fmt: skip
