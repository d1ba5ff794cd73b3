"""A demonstration package of communities that exist nowhere, and its tables as text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd

from builder.demo import Plan
from builder.demo import write as write_demo
from builder.subjects import SUBJECTS
from builder.subjects.subject import AnySubject
from tests.packages import AS_OF, DATASETS

__all__ = ["PLAN", "fingerprints", "table", "write"]

PLAN = Plan(grids=40, cases=900, seed=7, as_of=AS_OF)


def write(
    target: Path,
    *,
    areas: Path | None,
    plan: Plan,
    template: Path = DATASETS,
    subjects: tuple[AnySubject, ...] = SUBJECTS,
) -> tuple[str, ...]:
    """Write a demonstration package of the repository's shape, unless said otherwise."""
    return write_demo(target, areas=areas, template=template, plan=plan, subjects=subjects)


def path(package: Path, name: str) -> str:
    """Return the file of a table."""
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return next(str(item["path"]) for item in described if item["name"] == name)


def table(package: Path, name: str) -> pd.DataFrame:
    """Return a table as text, empty cells as empty strings."""
    return pd.read_csv(package / path(package, name), dtype=str, keep_default_na=False)


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the digest of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
