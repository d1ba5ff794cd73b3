"""A real browser on a real site. Without Chromium these tests are skipped, or fail where CI requires them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.browser.plain_server import served

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own data, built by the command that the README names: once, however many workers test it.

    MINGGE_SITE may name a site that is built already.
    """
    if built := os.environ.get("MINGGE_SITE"):
        return Path(built)
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = shared / "browser" / "site"
    target.parent.mkdir(exist_ok=True)
    with (shared / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():  # a build replaces it whole or not at all
            options = ["--output", str(target), "--config", str(ROOT / "mkdocs.yml"), "--no-cache"]
            result = CliRunner().invoke(app, ["build", str(ROOT / "datasets"), *options])
            assert result.exit_code == 0, result.output
    return target


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site served below a path, as on a host that has other sites too."""
    root = tmp_path_factory.mktemp("host")
    (root / "open").symlink_to(site)
    with served(root) as host:
        yield f"{host}open/"
