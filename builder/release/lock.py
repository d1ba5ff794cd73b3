"""policy.lock is written whole, in the place of the one before it, and of nothing else."""

from __future__ import annotations

from pathlib import Path

from builder.errors import ToolError
from builder.language import mark
from builder.release.report import put

__all__ = ["write_lock"]


def write_lock(path: Path, text: str) -> None:
    """Write the lock, beside and then replaced. Raises ToolError when the disk fails."""
    try:
        put(path, [text.encode()])
    except OSError as error:
        raise ToolError(
            mark("the lock {path} cannot be written: {error}"),
            mark("check the permissions of the folder, and that no folder is called so"),
            path=path, error=error.strerror or error,
        ) from error  # fmt: skip
