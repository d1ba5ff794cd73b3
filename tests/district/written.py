"""The command that writes a district, run in this process, and what it has written."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from builder.cli import app
from tests.packages import AREAS

__all__ = ["AREAS", "files", "init"]


def init(*arguments: object) -> tuple[int, list[str]]:
    """Return the exit code and the lines of the standard error."""
    result = CliRunner().invoke(app, ["init", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr.splitlines()


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
