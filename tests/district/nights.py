"""What runs at night, as it is written: the shell steps of workflows, and one run of them in a fresh clone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.console import ROOT

__all__ = ["DEPLOY", "Step", "commands", "gitlab", "load", "shell", "steps"]

DEPLOY = ROOT / "deploy"
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
"""As GitHub runs a step; GitLab's runner stops at the first failure, too."""


class Step(NamedTuple):
    """A shell step of a workflow: its job, its name, what it runs, with which settings of its own."""

    job: str
    name: str
    run: str
    env: Mapping[str, str]


def load(path: Path) -> Any:
    """Return a workflow; YAML 1.1 takes the key `on` for true."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> Iterator[Step]:
    """Yield the shell steps of a workflow of GitHub."""
    for job, described in load(path)["jobs"].items():
        for step in described["steps"]:
            if "run" in step:
                yield Step(job, step.get("name", ""), step["run"], step.get("env", {}))


def gitlab(path: Path, job: str) -> str:
    """Return the script of a job of GitLab, as one."""
    return "\n".join(load(path)[job]["script"])


def commands(text: str) -> Iterator[str]:
    """Yield the calls of the program in a text, without what leads to it and without variables."""
    for line in text.splitlines():
        if "bin/mingge " in line and not line.lstrip().startswith("#"):
            yield line.split("bin/mingge ", 1)[1].split(" ||")[0].split(" ${")[0].strip()


def shell(text: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step."""
    return subprocess.run([*BASH, text], cwd=folder, env=dict(environment), capture_output=True, text=True, check=False)
