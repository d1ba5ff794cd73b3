"""One site of the demonstration package, and what is published of two packages, for all tests: look, do not touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import packages
from tests.site import published
from tests.site.links import Page, pages

EITHER = [pytest.param("demo", marks=pytest.mark.nightly), "nasty"]
"""By day the awkward cells alone: of the demonstration, test_beside.py and others read what is published."""


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.demo_package(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the demonstration package."""
    return packages.demo_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def html(site: Path) -> dict[str, Page]:
    """Every HTML file of the site, read once."""
    return pages(site)


@pytest.fixture(scope="session")
def nasty_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published.received(tmp_path_factory.mktemp("nasty") / "package")


@pytest.fixture(scope="session")
def nasty(nasty_package: Path) -> Path:
    """The published data/ of the package with nasty cells."""
    published.publish(nasty_package, nasty_package.parent)
    return nasty_package.parent / "data"


@pytest.fixture(scope="session")
def demo_package(package: Path) -> Path:
    return package


@pytest.fixture(scope="session")
def demo(demo_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published data/ of the demonstration package."""
    folder = tmp_path_factory.mktemp("published")
    published.publish(demo_package, folder)
    return folder / "data"


@pytest.fixture(params=EITHER)
def data(request: pytest.FixtureRequest) -> Path:
    """The data/ of either package."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


@pytest.fixture(params=EITHER)
def both(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """A package, and the data/ that is published of it."""
    return request.getfixturevalue(f"{request.param}_package"), request.getfixturevalue(request.param)
