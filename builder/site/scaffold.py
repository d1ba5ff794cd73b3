"""The scaffold: all that the engine makes of a site, kept from one build to the next.

Always holds: a scaffold says nothing of the data, so the next night's build finds it made. What every page has of
the data, `Days`, are marker words until the files are written. What comes from the cache is, byte for byte, what
the engine would make: it is looked up by what it is made from (`ingredients`) and by what is installed. Where the
engine is not installed at all, what any environment made will do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Cache, Message, SiteConfig
from builder.site import engine, frozen, ingredients, kept, shell, thaw
from builder.site.kept import Tree

__all__ = ["MARKERS", "Days", "Scaffold", "started"]

# With the shells' prefix, so that a page on which it is left stops the build like theirs.
MARKERS = {name: f"{shell.PREFIX}{name.upper()}" for name in ("asof", "updated", "stale")}


class Days(NamedTuple):
    """What every page says: the day that the figures describe, the day of the last data, both as ISO text; and after
    how many days without data a page says so.
    """

    asof: str
    updated: str
    stale: int


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The engine's files, made or in the making."""

    tree: Callable[[], Tree]

    def write(self, target: Path, days: Days) -> None:
        """Wait for the files and write them into the new folder `target`, with `days` on every page.

        Raises ToolError when the engine fails.
        """
        said = {MARKERS[name].encode(): str(value).encode() for name, value in days._asdict().items()}
        for path, content in self.tree().items():
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            for marker, text in said.items() if file.suffix == ".html" else ():
                content = content.replace(marker, text)
            file.write_bytes(content)


@contextmanager
def started(
    config: SiteConfig, docs: Path, settings: Mapping[str, object], scratch: Path, cache: Cache | None
) -> Iterator[Scaffold]:
    """Yield the scaffold of the tree `docs`: from a frozen shell, from the cache, or by the engine, beside the block.

    `settings` and `scratch`: see `engine.started`. No folder of `cache`, and a configuration without `sources`: always
    by the engine. Raises BuilderError and ToolError of a frozen shell.
    """
    if cache is None or cache.frozen is None:
        with engines(config, docs, settings, scratch, cache) as begun:
            yield begun
    elif cache.frozen.is_made:
        file, settings = cache.frozen.path, frozen.with_frames(docs, settings)
        with engines(config, docs, settings, scratch, cache) as begun:
            yield Scaffold(lambda: frozen.freeze(file, begun.tree(), config, docs, settings))
    else:
        tree = thaw.thawed(cache.frozen.path, config, docs, settings, cache.warn)
        yield Scaffold(lambda: tree)


@contextmanager
def engines(
    config: SiteConfig, docs: Path, settings: Mapping[str, object], scratch: Path, cache: Cache | None
) -> Iterator[Scaffold]:
    """Yield what the engine makes, or made for an earlier build."""
    if cache is None or cache.folder is None or not config.sources:
        with engine.started(config, docs, scratch / "scaffold", settings, scratch) as finish:
            yield Scaffold(lambda: made(finish, scratch / "scaffold"))
        return
    folder = cache.folder
    keep_apart(folder, config)
    made_from, installed = ingredients.digest(config, docs, settings), ingredients.installed(config, sys.path)
    if (tree := kept.found(folder, candidates(folder, made_from, installed))) is not None:
        yield Scaffold(lambda: tree)
        return

    def making() -> Tree:
        new = made(finish, scratch / "scaffold")
        # who edits while the engine reads gets a site of both, and no later build does
        if ingredients.digest(config, docs, settings) == made_from:
            keep(folder, cache.warn, f"{made_from}-{installed}", new)
        return new

    with engine.started(config, docs, scratch / "scaffold", settings, scratch) as finish:
        yield Scaffold(making)


def keep_apart(folder: Path, config: SiteConfig) -> None:
    """Raise BuilderError when the cache lies where the engine reads: it would be one of its own ingredients."""
    for source in (config.docs, config.theme):
        if folder.resolve().is_relative_to(source.resolve()):
            raise BuilderError(
                mark("the cache {cache} may not lie in {folder}"),
                mark("name another folder with --cache, or build with --no-cache"),
                cache=folder, folder=source,
            )  # fmt: skip


def candidates(folder: Path, made_from: str, installed: str) -> list[str]:
    """Return the names of the entries that will do: one, or without an engine any of the same ingredients."""
    if installed:
        return [f"{made_from}-{installed}"]
    return [name for name in kept.names(folder) if name.startswith(f"{made_from}-")]


def made(finish: Callable[[], None], output: Path) -> Tree:
    """Wait for the engine and return its files."""
    finish()
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def keep(folder: Path, warn: Callable[[Message], None], name: str, tree: Tree) -> None:
    """Keep a scaffold for the next build, or say why that cannot be done."""
    try:
        kept.keep(folder, name, tree)
    except OSError as error:
        warn(
            Message(
                mark("nothing could be kept in the cache {cache}: {error}"),
                mark("name another folder with --cache, or build with --no-cache"),
                {"cache": folder, "error": error.strerror or error},
            )
        )
