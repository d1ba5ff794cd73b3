"""The program run in a process of its own or in this one, and what its lines look like."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from builder.cli import app

ROOT = Path(__file__).parents[1]
LINE = re.compile(r"\w+\.csv(  row \d+( column [A-Z]( “.+”)?)?)?: .+ \[[a-z-]+\]")
"""A finding on the terminal, in English."""


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


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
