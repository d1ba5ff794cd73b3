"""A site from a frozen shell: what the engine would make, as far as it can be known without it.

Always holds: what is new is shown. A hand-written page that is as it was is the engine's, byte for byte; any other is
made by `prose` inside a frame that the engine made. What cannot be shown, because it stands in the frame itself, is
said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import urlsplit

from pathspec import GitIgnoreSpec

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Message, SiteConfig
from builder.site import navigation, prose, shell
from builder.site.frozen import FREEZE, Frozen, digest, frame_of, page_of, parts, read, sources, without_frames
from builder.site.kept import Tree

__all__ = ["thawed"]

UNPUBLISHED = (".*", "/templates/")
"""What MkDocs leaves out of any docs tree."""

NOT_FOUND = "404.html"

TEMPLATES = (".*", "*/.*", "*.py", "*.pyc", "*.html", "*.md", "*readme*", "mkdocs_theme.yml", "locales/*")
"""What of a theme MkDocs does not publish."""

ITEM = r'<li\b[^<>]*>\s*<a\b[^<>]*\bhref="{}"[^<>]*>[^<>]*</a>\s*</li>\s*'
"""An entry of the navigation that leads to a link."""


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
    "name": mark("the name of the site"), "configuration": mark("mkdocs.yml"), "theme": mark("the theme"),
    "words": mark("the words of the frame"),
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
    return [name for name, url in urls.items() if url and f'href="{from_root(config.url, url)}"' not in frame]


def from_root(site: str, url: str) -> str:
    """Return the link to a URL of the site at `site` from the page of what is not found: it is shown at any depth."""
    return f"{urlsplit(site).path.rstrip('/')}/{prose.relative(url, '')}"


class Thaw:
    """The files of a site in the making. `now`: the files of the docs tree, path → content."""

    def __init__(
        self, frozen: Frozen, config: SiteConfig, now: Mapping[str, bytes], settings: Mapping[str, object]
    ) -> None:
        self.frozen, self.config, self.now = frozen, config, now
        extra = settings["extra"]
        assert isinstance(extra, Mapping)  # noqa: S101 - the build's own words
        self.book = prose.Book(config, now.keys(), navigation.titles(config.nav or ()), extra["mingge_words"])
        self.gone = frozen.sources.keys() - now.keys()

    def tree(self) -> Tree:
        """Return every file: those of the theme, and one for each of the docs tree."""
        known = {page_of(name) for name in self.frozen.sources}
        found = {name: content for name, content in without_frames(self.frozen.tree).items() if name not in known}
        found |= {page_of(name): self.made(name, content) for name, content in self.now.items()}
        links = {prose.url(name) for name in self.gone if page_of(name) not in found}
        pages = {name: self.mended(name, content, links) for name, content in found.items() if name.endswith(".html")}
        return {**found, **pages, **dict(self.statics())}

    def statics(self) -> Iterator[tuple[str, bytes]]:
        """Yield the theme's own files that are no templates, as they are now."""
        for name, content in sources(self.config.theme):
            if not any(fnmatch(name.lower(), pattern) for pattern in TEMPLATES) and name not in self.now:
                yield name, content

    def made(self, name: str, content: bytes) -> bytes:
        """Return what the site has of one file of the docs tree."""
        page, is_same = page_of(name), self.frozen.sources.get(name) == digest(content)
        if not name.endswith(".md"):
            return content
        if is_same and page in self.frozen.tree:
            if self.gone and not is_shell(content):
                prose.article(name, content, self.book)  # refuses a link to what is gone, as the engine would
            return self.frozen.tree[page]
        frame = self.frame(name)
        if is_shell(content):
            return frame
        return prose.framed(frame.decode(), prose.article(name, content, self.book), self.config).encode()

    def frame(self, name: str) -> bytes:
        """Return the page that the engine made of this file earlier, else an empty one of the same sort and depth.

        Raises BuilderError when there is none: links in a frame hold at one depth alone.
        """
        above = f"{shell.SHELL_FOLDER}/" * (page_of(name).count("/") - 1)
        empty = page_of(frame_of(above, is_shell=is_shell(self.now[name])))
        found = self.frozen.tree.get(page_of(name)) or self.frozen.tree.get(empty)
        if found is None:
            raise BuilderError(
                mark("the frozen shell has no page that lies as deep as {page}"),
                mark("put it into fewer folders"), page=page_of(name),
            )  # fmt: skip
        return found

    def mended(self, name: str, content: bytes, links: set[str]) -> bytes:
        """Return a page whose frame leads to none of the `links`, what is not in the site any more, and says its own
        address.
        """
        here = name.removesuffix("index.html")
        for link in sorted(links):
            href = from_root(self.frozen.about["url"], link) if name == NOT_FOUND else prose.relative(link, here)
            content = re.sub(ITEM.format(re.escape(href)).encode(), b"", content)
        if self.frozen.about["url"] == self.config.url or is_shell(content):
            return content
        if name == NOT_FOUND:
            was, now = (from_root(url, "").removesuffix("./") for url in (self.frozen.about["url"], self.config.url))
            return re.sub(rb'(\s(?:href|src)=")' + re.escape(was).encode(), rb"\g<1>" + now.encode(), content)
        return prose.addressed(content.decode(), self.config, here).encode()


def is_shell(content: bytes) -> bool:
    return f"{shell.PREFIX}CONTENT".encode() in content
