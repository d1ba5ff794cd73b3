"""The site as it is on its own host: its 404.html, which stands for any address, names its files from the root."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.plain_server import served


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as host:
        yield host
