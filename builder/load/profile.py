"""data/profile.json of a site that was built before: what a release is compared with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from builder.language import mark
from builder.load.json_file import json_document
from builder.load.mistakes import Mistakes
from builder.load.names import shown
from builder.load.properties import Properties, of
from builder.model import Extent, Profile

__all__ = ["PROFILE", "profile"]

PROFILE = "data/profile.json"
"""Where a site has it."""

COUNTS = (0, 10**12)
HINT = mark("name the folder of a site that this program has built, or its data/profile.json")


def profile(path: Path) -> Profile:
    """Return the profile in a file, or in the folder of a site. Raises BuilderError."""
    file = path / PROFILE if path.is_dir() else path
    mistakes = Mistakes()
    source = of(json_document(file, shown(file), hint=HINT), mistakes, HINT)
    if source.line("mingge") != "profile":
        source.refuse("mingge", mark("{where}: this is no profile of a release"))
    source.whole("version", 1, (1, 1))
    mistakes.settle()
    tables = source.inner("tables")
    found = {name: extent(tables.inner(name)) for name in tables.source}
    text = source.line("as_of")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = source.instead(date.min, "as_of", mark("{where}: “{key}” is {found}, which is no day"))
    mistakes.settle()
    return Profile(day, found)


def extent(source: Properties) -> Extent:
    filled = source.inner("filled")
    return Extent(source.whole("rows", 0, COUNTS), {name: filled.whole(name, 0, COUNTS) for name in filled.source})
