"""What the engine's output is made from, as one digest: two builds with the same one get the same files.

Only contents and names count, never times, and no path of this machine: another checkout finds what this one made.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from builder.model import SiteConfig
from builder.site import command, engine

__all__ = ["digest", "installed"]

DISTRIBUTION = re.compile(r".+-.+\.(dist|egg)-info")
CODE = (engine.__file__, command.__file__)
"""The files that say how the engine is run and what of its output is published."""


def digest(config: SiteConfig, docs: Path, settings: Mapping[str, object]) -> str:
    """Return the digest of the tree `docs`, the theme, the configuration, the `settings` and the engine's name."""
    parts = {
        "engine": config.engine[-1],
        "settings": engine.stated(config, settings),
        "code": [hashed(Path(path)) for path in CODE],
        "configuration": [hashed(path) for path in config.sources],
        "docs": sorted(files(docs)),
        "theme": sorted(files(config.theme)),
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and digest of every file below `folder`, through links too: more than the engine sees, not less."""
    above: dict[str, frozenset[str]] = {}  # a link may lead to a folder that it lies in
    for place, folders, names in os.walk(folder, followlinks=True):
        here = above.get(place, frozenset()) | {os.path.realpath(place)}
        folders[:] = [name for name in folders if os.path.realpath(os.path.join(place, name)) not in here]
        above |= {os.path.join(place, name): here for name in folders}
        for name in names:
            path = Path(place, name)
            yield path.relative_to(folder).as_posix(), hashed(path)


def hashed(path: Path) -> str:
    """Return the SHA-256 of a file, "" when it cannot be read: a link to nothing, a socket."""
    with suppress(OSError):
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def installed(config: SiteConfig, paths: Iterable[str]) -> str:
    """Return the digest of Python's version and everything installed on `paths`; "" when the engine is not.

    Everything, because themes, plugins and extensions are found by name and no list tells which the engine loads.
    Names of folders are read (name-version.dist-info, as the packaging standard has it), and nothing is imported.
    """
    if find_spec(config.engine[-1].partition(".")[0]) is None:
        return ""
    found = sorted({name for path in paths for name in listed(path) if DISTRIBUTION.fullmatch(name)})
    return hashlib.sha256(json.dumps([sys.version_info[:3], found]).encode()).hexdigest()


def listed(path: str) -> list[str]:
    with suppress(OSError):
        return os.listdir(path or os.curdir)
    return []
