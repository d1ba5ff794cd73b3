"""The data package is a standard one: Frictionless' own command opens it and finds nothing to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.packages import checked, taken_in

DATASETS = Path(__file__).parents[2] / "datasets"


def frictionless(package: Path) -> str:
    """Return what is wrong according to `frictionless validate`, "" when nothing is."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_demonstration_data_is_a_package_that_any_frictionless_tool_opens(small_package: Path, tmp_path: Path) -> None:
    assert frictionless(small_package) == ""
    # columns that only staff may read are named in its schemas still, though no file has them
    assert frictionless(taken_in(checked(small_package), tmp_path / "public")) == ""


@pytest.mark.skipif(not (DATASETS / "area.csv").is_file(), reason="datasets/ holds no CSV files yet")
@pytest.mark.nightly
def test_the_repositorys_package_is_one_too() -> None:
    assert frictionless(DATASETS) == ""
