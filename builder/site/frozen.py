"""A frozen shell: all that the engine made of a site, in one file, for the day when no engine can be installed.

Beside the pages of the site there are empty frames, for pages that come later: links in a frame hold at one depth, and
the frame of another page would call itself that page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.model import SiteConfig
from builder.site import engine, kept, prose, shell
from builder.site.kept import Tree

__all__ = [
    "FREEZE", "Frozen", "digest", "frame_of", "freeze", "page_of", "parts", "read", "sources", "with_frames",
    "without_frames",
]  # fmt: skip

ABOUT = "mingge-shell.json"
KIND, FORMAT = "shell", 1

DEPTHS = range(1, 6)
"""Levels of folders at which pages may come that there are none of yet."""

FREEZE = mark("freeze it anew with --shell freeze where an engine can be installed, or leave it as it is")



class Frozen(NamedTuple):
    """What a file holds. `about`: what the site was made from, `sources`: file of the docs tree → its SHA-256."""

    tree: Tree
    about: Mapping[str, str]
    sources: Mapping[str, str]
    engine: str


def frames() -> dict[str, str]:
    """Return docs path → Markdown of empty pages for pages that come later: a written one and a shell at each depth."""
    above = {depth: f"{shell.SHELL_FOLDER}/" * (depth - 1) for depth in DEPTHS}
    return {
        **{frame_of(above[depth], is_shell=False): "# -\n" for depth in DEPTHS},
        **{frame_of(above[depth], is_shell=True): shell.source() for depth in DEPTHS},
    }


def frame_of(above: str, *, is_shell: bool) -> str:
    """Return the docs path of the empty page in the folder `above`."""
    return f"{above}{shell.SHELL_FOLDER}-{'shell' if is_shell else 'page'}.md"


def with_frames(docs: Path, settings: Mapping[str, object]) -> Mapping[str, object]:
    """Write the empty frames into a docs tree, and return the engine's settings with them."""
    empty = frames()
    for name, text in empty.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    return {**settings, "not_in_nav": "\n".join([str(settings["not_in_nav"]), *(f"/{name}" for name in empty)])}


def freeze(path: Path, tree: Tree, config: SiteConfig, docs: Path, settings: Mapping[str, object]) -> Tree:
    """Write what the engine made of the tree `docs`, with its frames, and return it without these. Raises ToolError."""
    empty = frames()
    about = {
        "mingge": KIND, "format": FORMAT, "engine": installed(config), "about": parts(config, settings),
        "sources": {name: digest(content) for name, content in sources(docs) if name not in empty},
    }  # fmt: skip
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1)
    beside = path.with_name(f".{path.name}.unfinished")
    try:
        beside.write_bytes(kept.written({**tree, ABOUT: text.encode()}))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ToolError(
            mark("{path} cannot be written ({error})"), mark("check the name and its permissions"),
            path=path, error=error.strerror or error,
        ) from error  # fmt: skip
    return without_frames(tree)


def without_frames(tree: Tree) -> Tree:
    """Return the pages of a site without the empty ones."""
    empty = {*map(page_of, frames())}
    return {name: content for name, content in tree.items() if name not in empty}


def installed(config: SiteConfig) -> str:
    """Return the engine's name and version."""
    name = config.engine[-1].partition(".")[0]
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def parts(config: SiteConfig, settings: Mapping[str, object]) -> dict[str, str]:
    """Return what stands in the frame of every page, each as a digest or a word."""
    stated = engine.stated(config, settings)
    extra = stated["extra"]
    assert isinstance(extra, Mapping)  # noqa: S101 - the build's own words
    theme = [(path.name, digest(path.read_bytes())) for path in sorted(config.theme.rglob("*.html"))]
    return {
        "language": config.language,
        "demonstration": str(extra["mingge_demonstration"]),
        "url": config.url,
        "name": config.name,
        "configuration": config.frame,
        "theme": digest(json.dumps(theme).encode()),
        "words": digest(json.dumps(extra["mingge_words"], sort_keys=True).encode()),
    }


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def sources(docs: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of a docs tree, sorted."""
    for path in sorted(path for path in docs.rglob("*") if path.is_file()):
        yield path.relative_to(docs).as_posix(), path.read_bytes()


def read(path: Path) -> Frozen:
    """Return what a file holds. Raises BuilderError when it is no frozen shell, or is damaged."""
    try:
        tree = dict(kept.parsed(path.read_bytes()))
        about = json.loads(tree.pop(ABOUT))
        is_ours = (about["mingge"], about["format"]) == (KIND, FORMAT)
        found = Frozen(tree, about["about"], about["sources"], about["engine"])
    except OSError as error:
        raise BuilderError(
            mark("there is no frozen shell {path} ({error})"), FREEZE, path=path, error=error.strerror or error
        ) from None
    except (ValueError, KeyError, TypeError, BadZipFile):
        is_ours, found = False, None
    if not is_ours or found is None:
        raise BuilderError(mark("{path} is no frozen shell, or is damaged"), FREEZE, path=path)
    return found


def page_of(name: str) -> str:
    """Return the file of the site that is made of a file of the docs tree."""
    return f"{prose.url(name)}index.html" if name.endswith(".md") else name
