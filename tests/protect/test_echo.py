"""Nothing private is echoed: not on a terminal, not in a report, not in the traceback of a bug, not in a site."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from builder.cli import app, bug
from tests.console import ROOT, run
from tests.protect import canary
from tests.sharing import by_day


@pytest.fixture(scope="module")
def full(small_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package in which every cell that is not published is a planted word."""
    package = tmp_path_factory.mktemp("full") / "package"
    shutil.copytree(small_raw, package)
    assert canary.planted(package) > 500
    return package


def said(command: str, package: Path, config: Path, *options: object) -> tuple[int, set[bytes]]:
    """Return the exit code of a command, and the planted words that it says."""
    result = CliRunner().invoke(app, [command, str(package), "--config", str(config), *map(str, options)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, canary.found(result.output.encode(), result.stderr.encode())


BY_DAY = (
    "a private header on a public column", "a private column in the place of a public one", "rows moved by a cell",
    "headers that end like cells", "keys that are counted only", "a doubtful encoding", "saved as duties",
    "a private attachment", "a private column with words",
)  # fmt: skip
"""One of each way in which a private cell gets where it is quoted."""


@pytest.mark.parametrize("name", by_day(canary.BREAKS, BY_DAY))
def test_no_private_cell_is_said_however_the_package_is_broken(
    name: str, full: Path, english: Path, tmp_path: Path
) -> None:
    package = Path(shutil.copytree(full, tmp_path / "package"))
    canary.BREAKS[name](package)

    code, words = said("check", package, english, "--report", tmp_path / "report.json")
    assert (code in (1, 2), words) == (True, set())
    assert canary.in_tree(tmp_path, but=package) == set()


@pytest.mark.parametrize("command", ["policy", "build"])
def test_no_command_that_fails_says_or_writes_one(command: str, full: Path, english: Path, tmp_path: Path) -> None:
    options = ("--output", tmp_path / "site", "--report", tmp_path / "report.json", "--workers", 2, "--no-cache")
    code, words = said(command, full, english, *(options if command == "build" else ()))

    assert (code, words) == (1 if command == "build" else 0, set())
    assert canary.in_tree(tmp_path) == set()
    assert not (tmp_path / "site").exists()


def with_new_column(schema: Any) -> None:
    schema["fields"].append({"name": "new_column", "title": "新列", "type": "string"})


def test_a_column_of_which_nobody_says_that_it_is_published_is_in_no_byte_of_the_site(
    small_raw: Path, tmp_path: Path
) -> None:
    raw, public = Path(shutil.copytree(small_raw, tmp_path / "raw")), tmp_path / "public"
    words = canary.planted(raw, sound=True)
    for table in ("duty", "grid"):
        rows = canary.read(raw / f"{table}.csv")
        rows[0].append("new_column")
        for number, row in enumerate(rows[1:], 90_000):
            row.append(f"qz{number:05d}zq")
        canary.write(raw / f"{table}.csv", rows)
        canary.schema(table, with_new_column)(raw)

    options = ("--output", tmp_path / "site", "--report", tmp_path / "report.json", "--no-cache")
    for command in (["intake", raw, "--output", public], ["policy", public, "--renew"]):
        result = CliRunner().invoke(app, list(map(str, command)))
        assert (result.exit_code, canary.found(result.output.encode(), result.stderr.encode())) == (0, set())
    assert canary.in_tree(public) == set()
    assert said("build", public, ROOT / "mkdocs.yml", *options) == (0, set())
    assert words > 200
    assert canary.in_tree(tmp_path / "site") | canary.found((tmp_path / "report.json").read_bytes()) == set()
    page = (tmp_path / "site" / "policy" / "index.html").read_text(encoding="utf-8")
    assert page.count("新列") == 2, "both tables say that it is never published"


BUG = """
import sys
import pandas as pd
from builder import count
from builder.cli import main


def broken(*_):
    try:
        {"甲": 1}["qz00001zq"]
    except KeyError as error:
        error.add_note("qz00002zq")
        try:
            pd.to_numeric(pd.Series(["qz00003zq"]))
        except ValueError as second:
            raise ExceptionGroup("qz00004zq", [second, TypeError("qz00005zq\\n  File qz00006zq")]) from error


count.tables = broken
main()
"""


def test_a_bug_keeps_its_places_and_types_and_not_its_words(small_package: Path, english: Path, tmp_path: Path) -> None:
    result = run("build", small_package, "--config", english, "--output", tmp_path / "site", code=BUG)

    assert (result.returncode, canary.found(result.stdout.encode(), result.stderr.encode())) == (70, set())
    assert "in broken" in result.stderr
    for kind in ("KeyError: (", "ValueError: (", "TypeError: (", "ExceptionGroup: ("):
        assert kind in result.stderr
    assert "Traceback (most recent call last):" in result.stderr
    assert canary.in_tree(tmp_path) == set()


def fails(word: str) -> None:
    raise ValueError(f"{word}\n  File {word}\n{word}Error: {word}")


def test_a_bug_in_another_process_keeps_its_places_and_not_its_words() -> None:
    with ProcessPoolExecutor(1) as pool:
        error = pool.submit(fails, "qz00001zq").exception()

    assert error is not None
    text = bug.told(error)
    assert canary.found(text.encode()) == set()
    assert re.search(r'File ".*test_echo\.py", line [0-9]+, in fails', text)
    assert text.count("ValueError: (") >= 2


def test_what_says_nothing_of_the_data_keeps_its_words() -> None:
    assert bug.told(ModuleNotFoundError("No module named 'pagefind'")).endswith("No module named 'pagefind'\n")
