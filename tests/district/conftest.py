"""A new district: four communities, written by the command, looked at by many tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.district.written import AREAS, init


@pytest.fixture(scope="session")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of areas."""
    path = tmp_path_factory.mktemp("areas") / "areas.csv"
    path.write_text(AREAS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def district(areas: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new district in Chinese: look, do not touch."""
    return made(areas, tmp_path_factory.mktemp("district") / "演示区", ())


@pytest.fixture(scope="session")
def english_district(areas: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same in English: look, do not touch."""
    return made(areas, tmp_path_factory.mktemp("english") / "district", ("--language", "en", "--name", "Demo Town"))


def made(areas: Path, folder: Path, options: Sequence[str]) -> Path:
    code, lines = init(folder, "--areas", areas, "--as-of", "2026-10-31", *options)
    assert (code, lines) == (0, [])
    return folder
