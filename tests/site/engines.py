"""An engine run to its end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder.model import SiteConfig
from builder.site import engine

__all__ = ["run"]


def run(config: SiteConfig, docs: Path, output: Path, settings: Mapping[str, object], scratch: Path) -> None:
    """Build the tree `docs` into `output`, as `engine.started` does."""
    with engine.started(config, docs, output, settings, scratch) as finish:
        finish()
