"""The pages of the demonstration package, made once."""

from __future__ import annotations

import pytest

from tests import packages
from tests.pages.made import Made
from tests.pages.made import made as made_of


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Every page of the demonstration package: look, do not touch."""
    return made_of(packages.sources(packages.demo_checked(tmp_path_factory.getbasetemp())))
