"""What several folders of tests need: a small package of demonstration data, whole or to be broken."""

from __future__ import annotations

import gc
import shutil
import signal
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from builder.demo import Plan, write
from builder.subjects import SUBJECTS
from tests.browser.chromium import browser
from tests.console import configuration
from tests.packages import build, checked, locked, taken_in, without_never
from tests.shaped import with_shapes
from tests.sharing import once

__all__ = ["browser"]

# a busy machine is no defect, and what failed here must fail there: no deadlines, and the same examples everywhere
settings.register_profile("night", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("day", settings.get_profile("night"), max_examples=25)
settings.load_profile("night")

# programs inherit what is ignored: under nohup, or in a CI job that was started by it, SIGHUP would reach none of them
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where what is nightly is left out. Tests that say how many they try take a share of these."""
    settings.load_profile("day" if "not nightly" in config.getoption("markexpr") else "night")


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what lives as long as the run: thousands of tests and all modules."""
    gc.collect()
    gc.freeze()


DATASETS = Path(__file__).parents[1] / "datasets"
AREAS = """code,name,level,parent_code
990001,演示区,district,
990001001,东街道,street,990001
990001001001,柴米居委会,community,990001001
"""


@pytest.fixture(scope="session")
def small_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export of 3 grids and 60 cases without a defect, as intake gets it: look, do not touch."""
    areas = tmp_path_factory.mktemp("small") / "areas.csv"
    areas.write_text(AREAS, encoding="utf-8")
    plan = Plan(grids=3, cases=60, seed=1, as_of=date(2026, 10, 31))

    def make(folder: Path) -> None:
        write(folder, areas=areas, template=DATASETS, plan=plan, subjects=SUBJECTS)

    return once(tmp_path_factory.getbasetemp(), "small-raw", make)


@pytest.fixture(scope="session")
def small_package(small_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same as a private repository may have it: look, do not touch."""
    return without_never(Path(shutil.copytree(small_raw, tmp_path_factory.mktemp("private") / "package")))


@pytest.fixture(scope="session")
def public_package(small_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what of the small package anybody may have: look, do not touch."""
    base = tmp_path_factory.getbasetemp()
    return once(base, "small-public", lambda folder: locked(taken_in(checked(small_package), folder)))


@pytest.fixture(scope="session")
def shaped_site(small_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the small package with shapes of its grids, `site-public` beside it: look, do not touch."""
    base = tmp_path_factory.getbasetemp()

    def make(folder: Path) -> None:
        folder.mkdir()
        build(with_shapes(Path(shutil.copytree(small_package, folder / "package"))), folder / "site")
        locked(folder / "site-public")

    return once(base, "shaped", make) / "site"


@pytest.fixture
def own_package(small_package: Path, tmp_path: Path) -> Path:
    """Return a copy of the small package that a test may break."""
    return Path(shutil.copytree(small_package, tmp_path / "package"))


@pytest.fixture
def english(tmp_path: Path) -> Path:
    """Return a configuration whose language is that of the message ids."""
    return configuration(tmp_path, "mkdocs")
