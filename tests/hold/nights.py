"""Whole nights without the minutes of a build: the site that a night publishes is one of `tests.publish.sites`.

`python -m tests.hold.nights FOLDER NUMBER TARGET OPTION …` is such a night in a process of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typer.testing import CliRunner

from builder.cli import app, main
from builder.cli.order import Order
from builder.cli.upkeep import Upkeep
from builder.cli.work import Built
from builder.model import Held
from tests.console import configuration
from tests.publish.sites import AS_OF, PAGES, site

__all__ = ["arguments", "built", "night", "seen"]


def built(number: int, held: Sequence[Held] = ()) -> Callable[..., Built]:
    """Return what stands in for a build: it writes the site of a number, in the place of the one before."""

    def build(order: Order, *_: Any) -> Built:
        site(order.output, number)
        return Built(len(PAGES), date.fromisoformat(AS_OF), held)

    return build


def seen(*_: Any) -> Upkeep:
    """Stand in for what looks into the package: there is none."""
    return Upkeep()


def arguments(folder: Path, target: object, *options: object) -> list[str]:
    """Return the command of a night whose files lie in `folder`."""
    config = folder / "mkdocs.yml"
    if not config.exists():
        configuration(folder, "mkdocs")
    return ["nightly", str(folder), "--target", str(target), "--output", str(folder / "site"), "--no-pull", "--config",
            str(config), "--lang", "en", *map(str, options)]  # fmt: skip


def night(folder: Path, number: int, target: object, *options: object, held: Sequence[Held] = ()) -> tuple[int, str]:
    """Return how the night ended that publishes the site of a number, and all that was said."""
    with patch("builder.cli.nightly.build_site", built(number, held)), patch("builder.cli.nightly.kept_up", seen):
        done = CliRunner().invoke(app, arguments(folder, target, *options))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


if __name__ == "__main__":
    place, which, *more = sys.argv[1:]
    sys.argv[1:] = arguments(Path(place), *more)
    with patch("builder.cli.nightly.build_site", built(int(which))), patch("builder.cli.nightly.kept_up", seen):
        main()
