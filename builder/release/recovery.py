"""What a killed build left is put right by the next run, whatever its data: an old site goes back to its place, what
people put there goes back into the site, and only then is the rest removed.

Each step is one rename or one removal, and the state says which is next: recovery may be killed as well.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.release import foreign, manifest
from builder.release.places import place
from builder.release.workspace import Workspace, abandoned

__all__ = ["recover", "settle"]


def recover(output: Path) -> None:
    """Put right what killed builds of `output` left beside it; a build that is still running is left alone.

    Reads one folder when there is nothing to do. Raises BuilderError when something of somebody's is in the way of
    something else of somebody's, ToolError when the disk fails.
    """
    output = place(output)
    try:
        for work in abandoned(output):
            settle(work, output)
    except OSError as error:
        raise ToolError(
            mark("what an interrupted build left beside {path} cannot be put back: {error}"),
            mark("check the permissions of that folder, then run this again"),
            path=output,
            error=error.strerror or error,
        ) from error


def settle(work: Workspace, output: Path) -> None:
    """Bring home what is in the workspace of a build that has ended, and remove the workspace."""
    try:
        for folder in (work.site, work.scratch):
            shutil.rmtree(folder, ignore_errors=True)
        if work.old.exists():
            put_back(work, output)
        if work.swap.exists():
            empty(work.swap, output)
    finally:
        work.leave()


def put_back(work: Workspace, output: Path) -> None:
    """Put the old site back, unless the new one has taken its place after all."""
    if is_vacant(output):
        work.old.rename(output)
    elif not work.swap.exists():
        work.old.rename(work.swap)
    else:
        raise BuilderError(
            mark("the site that an interrupted build was replacing is in {folder}; {path} is in its way"),
            mark("move {path} away, then run this again: the site will be put back"),
            folder=work.old,
            path=output,
        )


def empty(left: Path, output: Path) -> None:
    """Move what people put into a site to the one that is public, then remove the site."""
    written = manifest.read(left)
    moving = list(foreign.paths(left, written, output))
    if moving and is_vacant(output):
        left.rename(output)
        return
    for path in moving:
        if foreign.is_taken(output, path):
            raise BuilderError(
                mark("{path} was kept in {folder}: its place in {output} is taken"),
                mark("move it to where it belongs, then run this again"),
                path=path,
                folder=left,
                output=output,
            )
    foreign.carry(moving, left, output)
    foreign.clear(left, written)


def is_vacant(output: Path) -> bool:
    """Say whether a folder may be renamed to `output`: nothing is there, or an empty folder."""
    return not os.path.lexists(output) or (foreign.is_folder(output) and not any(output.iterdir()))
