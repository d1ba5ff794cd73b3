"""The package of the corpus, opened once: the tests here read it and write copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import pipeline
from builder.pipeline import Opened
from tests.corpus.spoiled import base


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return pipeline.opened(base(tmp_path_factory.mktemp("fix") / "package"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return base(tmp_path / "package")
