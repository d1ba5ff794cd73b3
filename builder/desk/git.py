"""What the desk asks of git: the last change, and a commit of the saved files and of nothing else.

Always holds: nothing is pushed, nothing else is committed, and what was staged before stays staged.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from builder.errors import ToolError
from builder.language import mark
from builder.model.legible import Passage, shown

__all__ = ["Author", "Repository", "repository"]

SECONDS = 120
"""A hook may look at the whole package; whoever asks for a passphrase on a terminal waits for ever."""


class Author(NamedTuple):
    """Who commits; both are "" where git does not know."""

    name: str
    email: str


class Repository(NamedTuple):
    """The repository that holds the package; paths are of files in the package's folder."""

    folder: Path

    def author(self) -> Author:
        """Return who git says commits."""
        return Author(*(asked(self.folder, "config", f"user.{key}") for key in ("name", "email")))

    def head(self) -> str:
        """Return the last commit, "" where there is none yet."""
        return asked(self.folder, "rev-parse", "--verify", "--quiet", "HEAD")

    def last_change(self) -> str:
        """Return the day on which a file of the package was last committed, as 2026-10-31; "" for never."""
        return asked(self.folder, "log", "-1", "--format=%cs", "--", ".")

    def takes(self, path: str) -> bool:
        """Return whether the file is one that git would commit: not ignored."""
        return not asked(self.folder, "ls-files", "--others", "--ignored", "--exclude-standard", "--", path)

    def commit(self, paths: Sequence[str], message: str, author: Author) -> str:
        """Commit these files as they are, and return the commit; "" when git has them so already. Raises ToolError."""
        if not asked(self.folder, "status", "--porcelain", "--", *paths):
            return ""
        identity = ("-c", f"user.name={author.name}", "-c", f"user.email={author.email}") if author.name else ()
        unknown = [path for path in paths if not asked(self.folder, "ls-files", "--", path)]
        if unknown:
            told(run(self.folder, "add", "--intent-to-add", "--", *unknown))
        options = ("commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *paths)
        try:
            told(run(self.folder, *options, before=identity, text=message))
        except ToolError:
            if unknown:
                run(self.folder, "reset", "--quiet", "--", *unknown)
            raise
        return self.head()


def repository(folder: Path) -> Repository | None:
    """Return the repository that the folder lies in, None when there is none, or no git."""
    try:
        is_inside = asked(folder, "rev-parse", "--is-inside-work-tree") == "true"
    except FileNotFoundError:  # no git on this machine
        return None
    return Repository(folder) if is_inside else None


def run(
    folder: Path, *words: str, before: Sequence[str] = (), text: str = ""
) -> subprocess.CompletedProcess[str]:  # fmt: skip
    # a path is a name and no pattern; no editor is opened for anybody
    command = ["git", "--literal-pathspecs", "-c", "core.editor=true", "-c", "core.quotePath=false", *before, *words]
    try:
        return subprocess.run(
            command, cwd=folder, input=text, capture_output=True, check=False, timeout=SECONDS,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ToolError(
            mark("git has not finished within {seconds} seconds"), mark("commit by hand; the files are saved"),
            seconds=SECONDS,
        ) from error  # fmt: skip


def asked(folder: Path, *words: str) -> str:
    """Return what git answers, "" when it has none."""
    done = run(folder, *words)
    return done.stdout.strip() if done.returncode == 0 else ""


def told(done: subprocess.CompletedProcess[str]) -> None:
    """Raise ToolError with git's last lines when it has failed."""
    if done.returncode:
        lines = [shown(line) for line in (done.stdout + done.stderr).splitlines() if line.strip()][-6:]
        raise ToolError(
            mark("git has not committed: {output}"),
            mark("the files are saved; ask whoever looks after the repository"),
            output=Passage("\n".join(lines)),
        )  # fmt: skip
