"""The site's folder is a folder of its own: nothing that a build reads lies in it, and it lies in nothing of that."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["keep_apart", "place"]


def keep_apart(output: Path, inputs: Sequence[Path]) -> None:
    """Raise BuilderError when `output` is, contains or lies in one of the files and folders that a build reads."""
    output = place(output)
    for path in inputs:
        if contains(output, path) or contains(path, output):
            raise BuilderError(
                mark("the site’s folder {output} and {path} may not contain each other"),
                mark("name another folder with --output: whatever lies in the site’s folder is public"),
                output=output,
                path=path,
            )


def place(output: Path) -> Path:
    """Return the absolute path of the site's folder; BuilderError when no site may ever take that place.

    That is the root, the home folder, the current folder and whatever contains one of these.
    """
    try:
        here, home = Path.cwd(), Path(os.path.expanduser("~"))
    except OSError as error:
        raise ToolError(
            mark("the folder that this runs in cannot be read: {error}"), mark("change to another folder"),
            error=error.strerror or error,
        ) from error  # fmt: skip
    path = here / output
    if path.name in ("", ".."):
        path = Path(os.path.realpath(path))
    # a `~` that no shell has replaced would make a folder that is best removed with `rm -r ~`
    if output.parts[:1] == ("~",) or not path.name or contains(path, home) or contains(path, here):
        raise BuilderError(
            mark("{path} cannot be the site’s folder"), mark("name a folder of its own with --output"), path=path
        )
    return path


def contains(outer: Path, inner: Path) -> bool:
    """Say whether `inner` is `outer` or lies in it, whatever links and spellings lead to either."""
    outer, inner = Path(os.path.realpath(outer)), Path(os.path.realpath(inner))
    return any(is_same(outer, path) for path in (inner, *inner.parents))


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one thing; the system knows better than the spelling (`Site` on a Mac)."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False
