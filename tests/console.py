"""The program run in a process of its own or in this one, and what its lines look like."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from typer.testing import CliRunner

from builder.cli import app

ROOT = Path(__file__).parents[1]
FILE = re.compile(r"(\S.*?)(?: \(.*\))?: \d+ errors, \d+ warnings")
KIND = re.compile(r"  (?:([A-Z]+)(\d+)|row (\d+)|column ([A-Z]+)|the whole file|\d+ places)( “.+?”)?(: .+ \[[a-z-]+\])")
OTHERS = re.compile(r"      \S.*|(?:  )?… and \d+ more .+|The whole report: .+")
"""Lines of the terminal, in English: a file, a kind of problem in it, where it is, and what is left out."""


def configuration(folder: Path, engine: str) -> Path:
    theme = {"name": "material", "custom_dir": str(ROOT / "templates" / "theme"), "language": "en", "font": False}
    values = {"docs_dir": str(ROOT / "docs"), "theme": theme, "extra": {"mingge": {"engine": engine}}}
    (folder / "mkdocs.yml").write_text(json.dumps(values), encoding="utf-8")  # JSON is YAML
    return folder / "mkdocs.yml"


def run(*arguments: object, code: str = "from builder.cli import main; main()") -> subprocess.CompletedProcess[str]:
    """Run the program as its own process."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def said(*arguments: object) -> tuple[int, list[str]]:
    """Return the exit code and the lines of the standard error, run in this process."""
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.stdout == ""
    return result.exit_code, result.stderr.splitlines()


def told(lines: Sequence[str]) -> list[str]:
    """Return what a check says of each kind of problem, behind its file and its place in words.

    Fails where a line but the last is none that the terminal shows of a report.
    """
    path, found = "", []
    for line in lines[:-1]:
        if kind := KIND.fullmatch(line):
            letter, row = kind[1] or kind[4], kind[2] or kind[3]
            place = (f" row {row}" if row else "") + (f" column {letter}" if letter else "")
            found.append(f"{path}{place and f' {place}'}{kind[5] or ''}{kind[6]}")
        elif file := FILE.fullmatch(line):
            path = file[1]
        else:
            assert OTHERS.fullmatch(line), line
    return found


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
