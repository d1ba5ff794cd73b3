"""What people put into a site moves with it and is never overwritten: each file, folder and link by one rename.

A path is relative to the site's folder. No link is ever followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from builder.release.manifest import NAME, Manifest

__all__ = ["carry", "clear", "is_taken", "paths"]


def paths(site: Path, manifest: Manifest, target: Path, prefix: str = "") -> Iterator[str]:
    """Yield what a build did not write, or not as it is now: a whole folder if `target` has none of that name."""
    with os.scandir(site / prefix) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = prefix + entry.name
            if not entry.is_dir(follow_symlinks=False):
                if not manifest.wrote(path, entry):
                    yield path
            elif path in manifest.folders or is_folder(target / path):
                yield from paths(site, manifest, target, f"{path}/")
            else:
                yield path


def is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def is_taken(target: Path, path: str) -> bool:
    """Say whether something in `target` is in the way of `path`: at its place, or a file where it needs a folder."""
    place = target / path
    above = (parent for parent in place.parents if parent.is_relative_to(target))
    return os.path.lexists(place) or any(os.path.lexists(parent) and not is_folder(parent) for parent in above)


def carry(moving: Iterable[str], source: Path, target: Path) -> None:
    """Move paths, none of which is taken, from one site to another. Raises OSError."""
    for path in moving:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).rename(target / path)


def clear(site: Path, manifest: Manifest) -> None:
    """Remove what the build wrote, and the folders that are empty then; what cannot be removed stays.

    The manifest goes last: without it the rest of an interrupted removal would look like somebody's.
    """
    clear_below(site, manifest, "")
    with suppress(OSError):
        if os.listdir(site) == [NAME]:
            (site / NAME).unlink()
        site.rmdir()


def clear_below(site: Path, manifest: Manifest, prefix: str) -> None:
    with os.scandir(site / prefix) as entries:
        found = list(entries)
    for entry in found:
        path = prefix + entry.name
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                clear_below(site, manifest, f"{path}/")
                os.rmdir(entry.path)
            elif path != NAME and manifest.wrote(path, entry):
                os.unlink(entry.path)
