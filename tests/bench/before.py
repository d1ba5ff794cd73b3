"""The program as it was at a commit of its history, to be measured in the same run as the present one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import ROOT

__all__ = ["BEFORE", "checkout"]

BEFORE = "ea48dd2"
"""The spine: the build that ratios are taken against."""


@contextmanager
def checkout(folder: Path, commit: str = BEFORE) -> Iterator[Path | None]:
    """Yield a work tree of `commit` in the new `folder`, removed afterwards; None when the history does not have it.

    It runs with this very Python and its environment: only the code is another one.
    """
    if git("rev-parse", "--quiet", "--verify", f"{commit}^{{commit}}").returncode:
        yield None
        return
    made = git("worktree", "add", "--detach", "--force", str(folder), commit)
    if made.returncode:
        raise RuntimeError(f"git worktree add failed: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        git("worktree", "remove", "--force", str(folder))


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
