"""What several folders of tests need: a small package of demonstration data, whole or to be broken."""

from __future__ import annotations

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
from tests.packages import build, checked, taken_in, without_never
from tests.shaped import with_shapes

__all__ = ["browser"]

# a busy machine is no defect, and what failed here must fail there: no deadlines, and the same examples everywhere
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

# programs inherit what is ignored: under nohup, or in a CI job that was started by it, SIGHUP would reach none of them
signal.signal(signal.SIGHUP, signal.SIG_DFL)

DATASETS = Path(__file__).parents[1] / "datasets"
AREAS = """code,name,level,parent_code
990001,演示区,district,
990001001,东街道,street,990001
990001001001,柴米居委会,community,990001001
"""


@pytest.fixture(scope="session")
def small_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export of 3 grids and 60 cases without a defect, as intake gets it: look, do not touch."""
    base = tmp_path_factory.mktemp("small")
    (base / "areas.csv").write_text(AREAS, encoding="utf-8")
    plan = Plan(grids=3, cases=60, seed=1, as_of=date(2026, 10, 31))
    write(base / "package", areas=base / "areas.csv", template=DATASETS, plan=plan, subjects=SUBJECTS)
    return base / "package"


@pytest.fixture(scope="session")
def small_package(small_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same as a private repository may have it: look, do not touch."""
    return without_never(Path(shutil.copytree(small_raw, tmp_path_factory.mktemp("private") / "package")))


@pytest.fixture(scope="session")
def public_package(small_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what of the small package anybody may have: look, do not touch."""
    return taken_in(checked(small_package), tmp_path_factory.mktemp("public") / "package")


@pytest.fixture(scope="session")
def shaped_site(small_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the small package with shapes of its grids, `site-public` beside it: look, do not touch."""
    folder = tmp_path_factory.mktemp("shaped")
    build(with_shapes(Path(shutil.copytree(small_package, folder / "package"))), folder / "site")
    return folder / "site"


@pytest.fixture
def own_package(small_package: Path, tmp_path: Path) -> Path:
    """Return a copy of the small package that a test may break."""
    return Path(shutil.copytree(small_package, tmp_path / "package"))


@pytest.fixture
def english(tmp_path: Path) -> Path:
    """Return a configuration whose language is that of the message ids."""
    return configuration(tmp_path, "mkdocs")
