"""One site of the demonstration package for all tests of this folder: look, do not touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import packages
from tests.site.links import Page, pages


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
