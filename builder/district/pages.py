"""The files of a new district beside its data: settings, pages to fill in, what runs at night, a guide for staff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files as packaged
from pathlib import Path

from builder.district.plan import Plan
from builder.shipped import shipped

__all__ = ["files"]

HIDDEN = ("gitignore", "pre-commit-config.yaml")
"""Files whose names begin with a dot in the repository; what is hidden is easily left out of a wheel."""

NIGHTS: Mapping[str, str] = {
    "github/check.yml": ".github/workflows/check.yml",
    "github/nightly.yml": ".github/workflows/nightly.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
}
"""File of deploy/ → where the platform looks for it; all others stay in deploy/."""

PROMISE = "privacy.md"
NOTE = re.compile(r'^!!! note "演示站"\n\n(?: {4}.*\n)+\n', re.MULTILINE)
"""What the commitment to residents says of the demonstration alone."""

PIN = re.compile(r"^([A-Za-z0-9_.-]+(?:\[[^\]]*\])?==[^\s\\]+(?: ;[^\\]*)?)", re.MULTILINE)
"""A requirement of the lock without its hashes: pip wants all or none, and the program itself has none there."""


def files(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file, those of datasets/ excepted."""
    own = Path(str(packaged("builder.district"))) / "files"
    said = spoken(plan)
    for folder in (own / "common", own / plan.language):
        for path in sorted(item for item in folder.rglob("*") if item.is_file()):
            name = path.relative_to(folder).as_posix()
            yield f".{name}" if name in HIDDEN else name, filled(path.read_text(encoding="utf-8"), said)
    if plan.language == "zh":
        text = (shipped("docs") / PROMISE).read_text(encoding="utf-8")
        yield f"docs/{PROMISE}", NOTE.sub("", text).encode()
    yield "constraints.txt", constraints(shipped("requirements.txt").read_text(encoding="utf-8"))
    deploy = shipped("deploy")
    for path in sorted(item for item in deploy.rglob("*") if item.is_file()):
        name = path.relative_to(deploy).as_posix()
        yield NIGHTS.get(name, f"deploy/{name}"), path.read_bytes()


def spoken(plan: Plan) -> Mapping[str, str]:
    """Return what stands in the place of each @WORD@; JSON where the file is YAML."""
    site, description = {
        "zh": (f"{plan.name}网格公开", f"{plan.name}每一个网格的党支部该做什么、做了什么，群众反映的事办得怎样"),
        "en": (f"{plan.name}: grids", f"What the branch of each grid of {plan.name} has to do, and what it did"),
    }[plan.language]
    return {
        "@NAME@": plan.name,
        "@SITE_NAME@": quoted(site),
        "@DESCRIPTION@": quoted(description),
        "@URL@": quoted(plan.url),
        "@PROGRAM@": plan.program,
    }


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def filled(text: str, said: Mapping[str, str]) -> bytes:
    for word, value in said.items():
        text = text.replace(word, value)
    return text.encode()


def constraints(lock: str) -> bytes:
    """Return the versions of a lock file, without hashes and without what only installs the program."""
    lines = [line.strip() for line in PIN.findall(lock) if not line.startswith("setuptools==")]
    head = "# The versions that the program was tested with: pip install -r requirements.txt -c constraints.txt"
    return ("\n".join([head, *lines]) + "\n").encode()
