"""The staff guide is true: its commands run as they are written, and what it names is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import typer.main
import yaml
from typer.testing import CliRunner

from builder.cli import app
from tests.corpus.spoiled import base, spoiled
from tests.packages import DATASETS, ROOT

GUIDE = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^( *)```([a-z]+)\n(.*?)^ *```$", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = [textwrap.dedent(text) for _, kind, text in BLOCKS if kind == "sh"]
SPANS = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", GUIDE)

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "builder").rglob("*.py")))

CLEAN = ".venv/bin/mingge "
ENDLESS = ("desk",)
"""Commands that wait for a browser; their own tests run them."""

ANCHORS = {
    "staff", "steps", "files", "intake", "leaked", "attachments", "export", "check", "exit-codes", "mistakes", "after",
    "other-district", "desk", "template", "commit", "hook", "pull-request",
}  # fmt: skip
"""Where messages, other pages and bookmarks lead."""


def written() -> Iterator[str]:
    """Yield every call of the program that the guide writes, without what stands before its name."""
    for text in [line for block in COMMANDS for line in block.splitlines()] + SPANS:
        for part in re.split(r"\|\||&&|;", text):
            found = re.match(r"\s*(?:exec )?(?:\.venv/bin/)?mingge (?!…)(.*)", part)
            if found:
                yield found[1]


def unknown(call: str, program: Any) -> set[str]:
    """Return the command and the options of a call that the program does not have."""
    name, *rest = call.split()
    command = program.commands.get(name)
    while isinstance(command, click.Group) and rest:
        name, *rest = rest
        command = command.commands.get(name)
    if command is None:
        return {name}
    options = {text for item in command.params for text in (*item.opts, *item.secondary_opts)} | {"--help"}
    return {word for word in rest if word.startswith("--")} - options


def test_every_command_and_option_that_the_guide_names_is_one() -> None:
    program = typer.main.get_command(app)
    calls = list(written())
    found = {word for call in calls for word in unknown(call, program)}

    assert len(calls) > 15
    assert found == set()


def test_a_command_to_type_says_where_the_program_is() -> None:
    typed = [line for block in COMMANDS for line in block.splitlines() if "mingge" in line]

    assert [line for line in typed if CLEAN.strip() not in line] == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project as staff have it: data, configuration, and the program where the guide says that it is."""
    folder = tmp_path / "project"
    folder.mkdir()
    base(folder / "datasets")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "docs").symlink_to(ROOT / "docs")
    (folder / "templates").symlink_to(ROOT / "templates")
    program = folder / ".venv" / "bin" / "mingge"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m builder "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shutil.copytree(folder / "datasets", tmp_path / "私密文件夹")
    return folder


def shell(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run what the guide tells to type, in a project."""
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    command = ["bash", "-euo", "pipefail", "-c", text]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


RUN = [text for text in COMMANDS if "pre-commit" not in text and not set(text.split()) & {*ENDLESS}]


@pytest.mark.nightly
@pytest.mark.parametrize("text", RUN, ids=lambda text: " ".join(text.split())[:60])
def test_a_block_of_commands_runs_as_it_is_written(text: str, project: Path) -> None:
    done = shell(text, project)

    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.nightly
@pytest.mark.parametrize("is_checked", [True, False])
def test_the_hook_checks_what_is_committed_when_data_changed_and_only_then(project: Path, is_checked: bool) -> None:
    (hook,) = (text for text in COMMANDS if "pre-commit" in text)
    git = "git -c user.name=a -c user.email=a@b.c"
    assert shell(f"git init -q . && git add -A && {git} commit -qm begin\n{hook}", project).returncode == 0
    path = project / ("datasets/grid.csv" if is_checked else "notes.txt")
    broken = path.read_text(encoding="utf-8").replace("综合", "总和", 1) if is_checked else "word\n"
    path.write_text(broken, encoding="utf-8")

    done = shell(f"git add -A && {git} commit -qm change", project)
    assert done.returncode == (1 if is_checked else 0), done.stderr
    assert ("总和" in done.stderr) == is_checked


def test_the_hook_of_the_repository_is_the_one_in_the_guide() -> None:
    (sample,) = (yaml.safe_load(text) for _, kind, text in BLOCKS if kind == "yaml")
    ((mine,),) = (repo["hooks"] for repo in sample["repos"])
    (ours,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert {key: mine[key] for key in ("id", "files", "pass_filenames")} == {
        key: ours[key] for key in ("id", "files", "pass_filenames")
    }
    assert mine["entry"] == f".venv/bin/{ours['entry']}"
    assert set(ours) == {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
    assert re.match(ours["files"], "datasets/case.csv")
    assert not re.match(ours["files"], "docs/datasets/case.csv")


def test_the_finding_that_the_guide_explains_is_one_that_the_program_prints(tmp_path: Path) -> None:
    (line,) = re.findall(r"^      (F4.*\])$", GUIDE, re.MULTILINE)
    package = spoiled(tmp_path / "package", [{"file": "grid.csv", "cell": "F4", "value": "312户"}])
    said = CliRunner().invoke(app, ["check", str(package), "--config", str(ROOT / "mkdocs.yml")]).stderr

    assert line.partition("：")[2] in said, "cause, remedy and code"
    table = GUIDE.partition(line)[2].partition("\n\n")[2].partition("\n\n")[0]
    explained = re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)
    assert [part for part in explained if part not in line] == []
    assert len(explained) == 6


def test_the_words_for_what_is_wrong_are_those_of_the_program(tmp_path: Path) -> None:
    package = base(tmp_path / "package")
    said = CliRunner().invoke(app, ["check", str(package), "--config", str(ROOT / "mkdocs.yml")]).stderr

    assert re.search("错误 0 处，提醒 [0-9]+ 处", said)
    for word in ("错误", "提醒"):
        assert f"- **{word}**：" in GUIDE
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")]
    catalogue = ROOT / "builder" / "locale" / "zh" / "LC_MESSAGES" / "mingge.po"
    assert [text for text in (*texts, catalogue.read_text(encoding="utf-8")) if "疑问" in text] == []


def test_the_exit_codes_are_those_of_the_program() -> None:
    import builder.cli

    assert builder.cli.__doc__
    assert re.findall(r"^\| ([0-9]+) \|", GUIDE, re.MULTILINE) == re.findall(r"\b([0-9]+) [a-z]", builder.cli.__doc__)


def test_every_table_that_the_guide_names_is_there() -> None:
    named = {text for text in SPANS if re.fullmatch(r"[a-z_]+\.csv", text)}

    assert named == {path.name for path in DATASETS.glob("*.csv")}


def test_every_code_that_the_guide_names_is_one() -> None:
    named = {text for text in SPANS if re.fullmatch(r"[a-z]+-[a-z]+", text)} - {"mingge-check"}

    assert {"private-cells", "private-rows"} <= named
    assert {code for code in named if f'"{code}"' not in SOURCE} == set()


def test_every_anchor_stays_and_every_link_leads_somewhere() -> None:
    assert set(re.findall(r"\{#([a-z-]+)\}", GUIDE)) >= ANCHORS
    made = {"dictionary.md", "checks.md", "quality.md", "data.md"}  # by the build, see mkdocs.yml
    for page, anchor in re.findall(r"\]\(([a-z-]*(?:\.md)?)(?:#([a-z-]+))?\)", GUIDE):
        if page in made:
            assert not anchor or (page == "checks.md" and f'"{anchor}"' in SOURCE), (page, anchor)
            continue
        text = (ROOT / "docs" / page).read_text(encoding="utf-8") if page else GUIDE
        assert not anchor or f"{{#{anchor}}}" in text or (page, anchor) == ("metrics.md", "period"), (page, anchor)
