"""Writing a key: a new file, for its owner alone to read, on the disk, and never where something is published from."""

from __future__ import annotations

import os
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["put_key"]

PLACES = (
    ".git", ".hg", ".svn", ".mingge-site", ".mingge-target", "release.json", "vkey", "datapackage.json", "mkdocs.yml",
)  # fmt: skip
"""What a folder holds that is a repository, a site, a target, a public log or a package: all that is below may be
published one day."""


def put_key(path: Path, text: str, hint: str) -> None:
    """Write `text` into a new file. Raises BuilderError and ToolError, which never tell it.

    `hint`: what to do, or to know, where there is a file already; it is never replaced.
    """
    keep_out(path)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise BuilderError(mark("{path} exists"), hint, path=path) from None
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"), mark("check the name and its permissions"),
            path=path, error=error.strerror or error,
        ) from error  # fmt: skip


def keep_out(path: Path) -> None:
    """Raise BuilderError when a key would lie where something is published from."""
    for folder in Path(os.path.realpath(path)).parents:
        if found := next((name for name in PLACES if (folder / name).exists()), ""):
            raise BuilderError(
                mark("{path} lies in {folder}, which has a {found}: a key there may be published one day"),
                mark("name a file outside of every repository, every site and every package"),
                path=path, folder=folder, found=found,
            )  # fmt: skip
