"""A frozen shell: all that the engine made of a site, in one file, for the day when no engine can be installed.

Always holds: what is new is shown. A hand-written page that is as it was is the engine's, byte for byte; any other is
made by `prose` inside the engine's frame. What cannot be shown, because it stands in the frame itself, is said.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zipfile import BadZipFile

from pathspec import GitIgnoreSpec

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.model import Message, SiteConfig
from builder.site import engine, kept, navigation, prose, shell
from builder.site.kept import Tree

__all__ = ["freeze", "thawed"]

ABOUT = "mingge-shell.json"
KIND, FORMAT = "shell", 1
UNPUBLISHED = (".*", "/templates/")
"""What MkDocs leaves out of any docs tree."""

NOT_FOUND = "404.html"

FREEZE = mark("build with --shell freeze while the engine can be installed")
ITEM = r'<li\b[^<>]*>\s*<a\b[^<>]*\bhref="{}"[^<>]*>[^<>]*</a>\s*</li>\s*'
"""An entry of the navigation that leads to a link."""


class Frozen(NamedTuple):
    """What a file holds. `about`: what the site was made from, `sources`: file of the docs tree → its SHA-256."""

    tree: Tree
    about: Mapping[str, str]
    sources: Mapping[str, str]
    engine: str


def freeze(path: Path, tree: Tree, config: SiteConfig, docs: Path, settings: Mapping[str, object]) -> None:
    """Write what the engine made of the tree `docs`. Raises ToolError."""
    about = {
        "mingge": KIND, "format": FORMAT, "engine": installed(config), "about": parts(config, settings),
        "sources": {name: digest(content) for name, content in sources(docs)},
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
    files = [digest(path.read_bytes()) for path in config.sources or (config.path,)]
    return {
        "language": config.language,
        "demonstration": str(extra["mingge_demonstration"]),
        "configuration": digest(json.dumps(files).encode()),
        "theme": digest(json.dumps(theme).encode()),
        "words": digest(json.dumps(extra["mingge_words"], sort_keys=True).encode()),
    }


def digest(content: bytes) -> str:
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


def thawed(
    path: Path, config: SiteConfig, docs: Path, settings: Mapping[str, object], warn: Callable[[Message], None]
) -> Tree:
    """Return the files that the engine would make of the tree `docs`, from the frozen shell at `path`.

    Raises BuilderError where that would say something that is not so. `warn` hears what is not shown.
    """
    frozen = read(path)
    refuse_other(path, frozen, parts(config, settings), warn)
    tree = Thaw(frozen, config, dict(published(config, docs)), settings).tree()
    if unnamed := missing(tree, config, settings):
        warn(
            Message(
                mark("These pages are in no navigation, because the shell was frozen without them: {pages}."), FREEZE,
                {"pages": tuple(unnamed)},
            )
        )  # fmt: skip
    return tree


NAMES: Mapping[str, str] = {
    "configuration": mark("mkdocs.yml"), "theme": mark("the theme"), "words": mark("the words of the frame"),
}  # fmt: skip


def refuse_other(path: Path, frozen: Frozen, now: Mapping[str, str], warn: Callable[[Message], None]) -> None:
    """Refuse a shell in another language or of a demonstration, and say what else was different."""
    for part in ("language", "demonstration"):
        if frozen.about.get(part) != now[part]:
            raise BuilderError(
                mark("{path} was made for another site: its language is {language}, demonstration: {demonstration}"),
                FREEZE, path=path, **{name: frozen.about.get(name, "-") for name in ("language", "demonstration")},
            )  # fmt: skip
    if changed := [title for part, title in NAMES.items() if frozen.about.get(part) != now[part]]:
        warn(
            Message(
                mark("The shell was frozen with {engine}; what changed since then in its frame is not shown: {parts}."),
                FREEZE, {"engine": frozen.engine, "parts": tuple(changed)},
            )
        )  # fmt: skip


def published(config: SiteConfig, docs: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a docs tree that the engine would publish."""
    left_out = GitIgnoreSpec.from_lines([*UNPUBLISHED, *config.exclude_docs.splitlines()])
    return ((name, content) for name, content in sources(docs) if not left_out.match_file(name))


def missing(tree: Tree, config: SiteConfig, settings: Mapping[str, object]) -> list[str]:
    """Return the pages that the navigation names and that of the frozen frame does not."""
    nav = settings.get("nav") or ()
    assert isinstance(nav, list)  # noqa: S101 - what the build makes of mkdocs.yml
    frame = tree[NOT_FOUND].decode()
    urls = {name: prose.url(name) for name in navigation.named(nav)}
    return [name for name, url in urls.items() if url and f'href="{from_root(config, url)}"' not in frame]


def from_root(config: SiteConfig, url: str) -> str:
    """Return the link to a URL of the site from the page of what is not found, which is shown at any depth."""
    return f"{urlsplit(config.url).path.rstrip('/')}/{prose.relative(url, '')}"


class Thaw:
    """The files of a site in the making. `now`: the files of the docs tree, path → content."""

    def __init__(
        self, frozen: Frozen, config: SiteConfig, now: Mapping[str, bytes], settings: Mapping[str, object]
    ) -> None:
        self.frozen, self.config, self.now = frozen, config, now
        extra = settings["extra"]
        assert isinstance(extra, Mapping)  # noqa: S101 - the build's own words
        self.words = extra["mingge_words"]

    def tree(self) -> Tree:
        """Return every file: those of the theme, and one for each of the docs tree."""
        known = {page_of(name) for name in self.frozen.sources}
        found = {name: content for name, content in self.frozen.tree.items() if name not in known}
        found |= {page_of(name): self.made(name, content) for name, content in self.now.items()}
        gone = {page_of(name) for name in self.frozen.sources} - set(found)
        links = {prose.url(name) for name in self.frozen.sources if page_of(name) in gone}
        pages = {name: self.without(name, content, links) for name, content in found.items() if name.endswith(".html")}
        return {**found, **pages, **dict(self.statics())}

    def statics(self) -> Iterator[tuple[str, bytes]]:
        """Yield the theme's own files that are no templates, as they are now."""
        return ((name, content) for name, content in sources(self.config.theme) if not name.endswith(".html"))

    def made(self, name: str, content: bytes) -> bytes:
        """Return what the site has of one file of the docs tree."""
        page, is_same = page_of(name), self.frozen.sources.get(name) == digest(content)
        if not name.endswith(".md"):
            return content
        if is_same and page in self.frozen.tree:
            return self.frozen.tree[page]
        frame = self.frame(name)
        if shell.PREFIX.encode() in content:  # of a kind of pages
            return frame
        titles = navigation.titles(self.config.nav or ())
        book = prose.Book(self.config, self.now.keys(), titles, self.words)
        found = prose.article(name, content.decode("utf-8-sig"), book)
        address = f"{self.config.url}{prose.url(name)}"
        return prose.framed(frame.decode(), found, self.config.name, address).encode()

    def frame(self, name: str) -> bytes:
        """Return a page that the engine made of this file earlier, else one of the same sort and depth.

        Raises BuilderError when there is none: links in a frame hold at one depth alone.
        """
        page, is_shell = page_of(name), self.is_shell(self.now[name])
        if page in self.frozen.tree:
            return self.frozen.tree[page]
        for other in self.frozen.sources:
            made = self.frozen.tree.get(there := page_of(other))
            is_near = other.endswith(".md") and there.count("/") == page.count("/")
            if made and is_near and self.is_shell(made) == is_shell:
                return made
        raise BuilderError(
            mark("the frozen shell has no page at the depth of {page}"), FREEZE, page=page,
        )  # fmt: skip

    @staticmethod
    def is_shell(content: bytes) -> bool:
        return f"{shell.PREFIX}CONTENT".encode() in content

    def without(self, name: str, content: bytes, links: set[str]) -> bytes:
        """Return a page whose frame leads to none of the `links`: what is not in the site any more."""
        here = name.removesuffix("index.html")
        for link in sorted(links):
            href = from_root(self.config, link) if name == NOT_FOUND else prose.relative(link, here)
            item = ITEM.format(re.escape(href))
            content = re.sub(item.encode(), b"", content)
        return content


def page_of(name: str) -> str:
    """Return the file of the site that is made of a file of the docs tree."""
    return f"{prose.url(name)}index.html" if name.endswith(".md") else name
