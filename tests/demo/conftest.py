"""One demonstration package for all tests of this folder: look, do not touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.making import PLAN, write
from tests.packages import AREAS


@pytest.fixture(scope="session")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An areas file with communities that exist nowhere."""
    path = tmp_path_factory.mktemp("areas") / "areas.csv"
    path.write_text(AREAS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def package(areas: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of PLAN."""
    target = tmp_path_factory.mktemp("package") / "datasets"
    write(target, areas=areas, plan=PLAN)
    return target
