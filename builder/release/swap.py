"""Build beside, then replace. Until the last step the old site is not touched, and that step is one exchange where
the system has it.

Nothing that a build did not write itself is ever deleted or overwritten: the manifest of the old site decides.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.release import foreign, manifest, workspace
from builder.release.places import place
from builder.release.recovery import recover, settle
from builder.release.workspace import Workspace

__all__ = ["Staging", "staged"]

AT_FDCWD, RENAME_EXCHANGE = -100, 2
NAMED = 3
"""How many changed files a message names."""


@dataclass(frozen=True, slots=True)
class Staging:
    """Two empty folders on the file system of the output: `site` is published, `scratch` never; neither outlasts it.

    `hasher`: may begin with what is in `site` already, while the caller waits for the rest.
    """

    site: Path
    scratch: Path
    hasher: manifest.Hasher


@contextmanager
def staged(output: Path) -> Iterator[Staging]:
    """Yield the folders to build in; when the block ends without an exception `site` becomes `output`.

    What people put into the old site is in the new one as well. Raises BuilderError when `output` may not be replaced,
    ToolError when the disk fails or another build of `output` is running.
    """
    output = place(output)
    try:
        recover(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        work = workspace.claim(output)
        try:
            refuse_company(output, work)
            survey(output, work.swap)
            work.site.mkdir()
            work.scratch.mkdir()
            with manifest.hashing(work.site) as hasher:
                yield Staging(work.site, work.scratch, hasher)
                publish(work, output, hasher)
        finally:
            settle(work, output)
    except OSError as error:
        raise ToolError(
            mark("the site could not be written: {error}"),
            mark("free some space or check the permissions, then build again; the old site is as it was"),
            error=error.strerror or error,
        ) from error


def refuse_company(output: Path, work: Workspace) -> None:
    """Refuse to build beside a running build of the same site: each would carry off the other's."""
    if (process := workspace.other_builder(output, work)) is not None:
        raise ToolError(
            mark("another build of {path} is running (process {process})"),
            mark("wait until it has ended, then build again"),
            path=output,
            process=process,
        )


def survey(output: Path, new: Path) -> list[str]:
    """Return what a build did not write in `output`; BuilderError when that cannot be carried over to `new`."""
    if not os.path.lexists(output):
        return []
    if not foreign.is_folder(output):
        raise BuilderError(mark("{path} is not a folder"), mark("name a folder with --output"), path=output)
    written = manifest.read(output)
    if not written.changed_ns and any(output.iterdir()):
        raise BuilderError(
            mark("{path} holds files that mingge did not write"),
            mark("name a new or empty folder with --output"),
            path=output,
        )
    found = list(foreign.paths(output, written, new))
    if changed := [path for path in found if path in written.files]:
        raise BuilderError(
            mark("{count} files in {path} were changed by hand after they were written, such as {names}"),
            mark("put the change into data, docs or templates, remove these files and build again"),
            count=len(changed),
            path=output,
            names=tuple(changed[:NAMED]),
        )
    for path in found:
        if foreign.is_taken(new, path):
            raise BuilderError(
                mark("mingge did not write {path} in {folder}, and the new site has something at that place"),
                mark("move it away or give it another name, then build again"),
                path=path,
                folder=output,
            )
    return found


def publish(work: Workspace, output: Path, hasher: manifest.Hasher) -> None:
    """Put the finished site in the place of the old one.

    People's files go into the new site before the exchange: if anything fails until then, `settle` takes them back.
    """
    shutil.rmtree(work.scratch, ignore_errors=True)
    remove_empty_folders(work.site)
    manifest.write(work.site, hasher)
    work.site.rename(work.swap)
    moving = survey(output, work.swap)
    if not os.path.lexists(output):
        work.swap.rename(output)
        return
    foreign.carry(moving, output, work.swap)
    replace(work, output)


def remove_empty_folders(site: Path) -> None:
    """Remove folders without files: the manifest lists files, so an empty folder in a site is always somebody's."""
    for folder, _, _ in os.walk(site, topdown=False):
        if Path(folder) != site:
            with suppress(OSError):
                os.rmdir(folder)


def replace(work: Workspace, output: Path) -> None:
    """Let the new site take the place of the old one: in one step where the system can do that, else in two.

    If the second of the two fails, `settle` puts the old site back, as it does after a kill.
    """
    if not exchange(work.swap, output):
        output.rename(work.old)
        work.swap.rename(output)


def exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically (Linux renameat2); False where that is not to be had."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    return bool(renameat2(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0)
