"""The package of the corpus, opened once: the tests here read it and write copies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from builder import pipeline
from builder.pipeline import Opened
from tests.corpus.spoiled import base

KEPT = ("area", "grid", "branch", "branch_grid", "case_category", "case", "case_statistic")


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return pipeline.opened(base(tmp_path_factory.mktemp("fix") / "package"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A few tables of it: a check of all takes four times as long."""
    folder = base(tmp_path / "package")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] in KEPT]
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    for file in folder.glob("*.csv"):
        if file.stem not in KEPT:
            file.unlink()
    shutil.rmtree(folder / "attachments")
    return folder
