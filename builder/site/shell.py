"""The shell: MkDocs builds one empty page of each kind, Jinja fills it ten thousand times (docs/adr/0001).

Always holds: a shell is a built page of the theme, its white space collapsed, in which each marker word has become
a Jinja block; so a generated page differs from a hand-written one only inside the blocks. No marker word and no
shell page is ever published: `read` deletes the pages it reads, `leftovers` finds whatever slipped through.

The blocks a child template fills, each with escaped text or markup of its own:
  title        text: the page's title, without the name of the site
  description  text, one sentence; stands inside an attribute, so write it as {{ … }}
  canonical    text: the page's full address; asked for only when mkdocs.yml has a site_url
  extrahead    markup at the end of <head>, may be left out
  content      markup: the article, its <h1> included
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Kind
from builder.model.legible import RESERVED
from builder.site.whitespace import collapsed

__all__ = ["Shell", "frames", "leftovers", "of", "read", "source", "sources"]


PREFIX, SHELL_FOLDER = RESERVED


class Shell(NamedTuple):
    """The shell of one kind of page: the Markdown file it is built from, and the file that the engine makes of it."""

    name: str
    source: str
    page: str


def of(kind: Kind[Any]) -> Shell:
    """Return the shell of a kind: at the depth of its pages, so that relative links fit.

    A single page is its own shell, e.g. overdue.md; others have one below a folder that no code is called like.
    """
    path = kind.path.replace("{}", SHELL_FOLDER).rstrip("/")
    return Shell(kind.name, f"{path or 'index'}.md", f"{path}/index.html".lstrip("/"))


# Letters only: a marker must come through Markdown, HTML escaping and heading ids as one word.
BLOCKS = ("title", "description", "canonical", "extrahead", "content")
# A site without a site_url has no canonical addresses.
OPTIONAL = frozenset({"canonical"})
MARKER = re.compile(PREFIX + "(" + "|".join(name.upper() for name in BLOCKS) + ")")
NEEDLES = (PREFIX.encode(), PREFIX.lower().encode(), SHELL_FOLDER.encode())

SOURCE = """\
---
title: {title}
description: {description}
template: shell.html
hide: [navigation]
markers: {{canonical: {canonical}, extrahead: {extrahead}, content: {content}}}
---

# Mingge page
"""


def sources(kinds: Iterable[Kind[Any]]) -> Mapping[str, str]:
    """Return the Markdown files (path in the docs tree → text) of the shells of `kinds`."""
    text = source()
    return {of(kind).source: text for kind in kinds}


def source() -> str:
    """Return the Markdown of any shell page."""
    return SOURCE.format(**{name: PREFIX + name.upper() for name in BLOCKS})


def frames(output: Path, kinds: Iterable[Kind[Any]]) -> Iterable[str]:
    """Yield the built shell pages as they are, those that were built: what the theme alone writes into a page."""
    pages = (output / of(kind).page for kind in kinds)
    return (page.read_text(encoding="utf-8") for page in pages if page.is_file())


def read(output: Path, kinds: Iterable[Kind[Any]]) -> Mapping[str, str]:
    """Return the Jinja source of each shell (kind → text) and delete the shell pages from `output`.

    Raises BuilderError when the engine built no such page or the theme left a marker out.
    """
    return {kind.name: template(of(kind), collapsed(take(of(kind), output))) for kind in kinds}


def take(shell: Shell, output: Path) -> str:
    """Return the built page of `shell` and delete it, with the folders it leaves empty."""
    page = output / shell.page
    try:
        text = page.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BuilderError(
            mark("the shell page “{kind}” was not built"),
            mark("the engine must build {source} to {page}: see use_directory_urls and exclude_docs in mkdocs.yml"),
            kind=shell.name, source=shell.source, page=shell.page,
        ) from error  # fmt: skip
    page.unlink()
    for folder in page.parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()
    return text


def template(shell: Shell, page: str) -> str:
    """Return `page` as a Jinja template: a block for the first of each marker, its echo for the others."""
    pieces: list[str] = []
    seen: set[str] = set()
    # Splitting at a pattern with one group gives text, name, text, name … text.
    for number, piece in enumerate(MARKER.split(page)):
        name = piece.lower()
        pieces.append(hole(name, again=name in seen) if number % 2 else raw(piece))
        seen |= {name} if number % 2 else set()
    if missing := [name for name in BLOCKS if name not in seen | OPTIONAL]:
        raise BuilderError(
            mark("the shell page “{kind}” has no place for: {missing}"),
            mark("the theme must show it: compare templates/theme/shell.html and partials/ with the theme’s version"),
            kind=shell.name, missing=", ".join(missing),
        )  # fmt: skip
    return "".join(pieces)


def hole(name: str, again: bool) -> str:
    """Return the Jinja that stands for marker `name`."""
    return f"{{{{ self.{name}() }}}}" if again else f"{{% block {name} %}}{{% endblock %}}"


def raw(text: str) -> str:
    """Return Jinja that renders as `text`, whatever it contains.

    A `{%` would end the raw block if `endraw` followed, so each one is printed from outside it. It is
    safe to print unescaped: neither character means anything in HTML.
    """
    if not text:
        return ""
    body = text.replace("{%", '{% endraw %}{{ "{%" }}{% raw %}')
    return f"{{% raw %}}{body}{{% endraw %}}"


def leftovers(output: Path) -> tuple[str, ...]:
    """Return the HTML and XML files below `output` that hold a marker word or the path of a shell page, sorted."""
    pages = (path for path in output.rglob("*") if path.suffix in {".html", ".xml"})
    return tuple(sorted(path.relative_to(output).as_posix() for path in pages if is_marked(path)))


def is_marked(path: Path) -> bool:
    text = path.read_bytes()
    return any(needle in text for needle in NEEDLES) or SHELL_FOLDER in path.as_posix()
