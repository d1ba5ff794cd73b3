"""What was held back, told without the content of any cell; and where the last good versions are kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from builder.cli.boundary import err
from builder.cli.order import OnError
from builder.errors import BuilderError
from builder.language import Translator, fill, mark
from builder.model import Held

__all__ = ["HELD", "holding", "outside", "tell_held", "told_held"]

HELD = 4
"""Exit code: built, though a file was held back."""


def holding(on_error: OnError, kept: Path | None) -> Path | None:
    """Return the folder of last good versions, None where nothing is to be held. Raises BuilderError without one."""
    if on_error is OnError.FAIL:
        return None
    if kept is None:
        raise BuilderError(
            mark("nothing can be held back without a folder of last good versions"),
            mark("name one with --kept; it must outlast the build"),
        )  # fmt: skip
    return kept


def outside(kept: Path | None, public: Path) -> None:
    """Raise BuilderError where last good versions would lie in a folder that will be public, though it is not yet."""
    if kept and Path(os.path.realpath(kept)).is_relative_to(os.path.realpath(public)):
        raise BuilderError(
            mark("what is kept for holding back may not lie in {folder}, from which a site is served"),
            mark("name a folder outside of it with --kept"), folder=public,
        )  # fmt: skip


def tell_held(held: Sequence[Held], translate: Translator) -> None:
    """Say what was held back, a line each, and exit with 4; nothing where nothing was."""
    for line in told_held(held, translate):
        err.print(line, markup=False)
    if held:
        raise typer.Exit(HELD)


def told_held(held: Sequence[Held], translate: Translator) -> list[str]:
    """Return a line for each file that was held back."""
    shown = mark("{path}: held back since {since} ({kinds}); the version of {as_of} is shown.")
    left = mark("{path}: held back since {since} ({kinds}); there is no earlier version, so it is not published.")
    return [
        fill(translate, shown if item.as_of else left, {
            "path": item.path, "since": item.since, "as_of": item.as_of,
            "kinds": tuple(f"{code} × {count}" for code, count in item.kinds.items()),
        })
        for item in held
    ]  # fmt: skip
