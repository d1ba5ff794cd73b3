"""The shell: MkDocs builds one empty page of each kind, Jinja fills it ten thousand times (DESIGN §3).

Always holds: a shell is a built page of the theme, byte for byte, except that each marker word has become a
Jinja block; so a generated page differs from a hand-written one only inside the blocks. No marker word and no
shell page is ever published: `read` deletes the pages it reads, `leftovers` finds whatever slipped through.

The blocks a child template fills, each with escaped text or markup of its own:
  title        text: the page's title, without the name of the site
  description  text, one sentence; stands inside an attribute, so write it as {{ … }}
  canonical    text: the page's full address; asked for only when mkdocs.yml has a site_url
  extrahead    markup at the end of <head>, may be left out
  toc          <li class="md-nav__item"> … of the table of contents; shown in the sidebar and in the drawer
  content      markup: the article, its <h1> included
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["KINDS", "Kind", "leftovers", "read", "sources"]


class Kind(NamedTuple):
    """One kind of generated page and the Markdown file, in the docs tree, that its shell is built from."""

    name: str
    source: str
    in_nav: bool

    @property
    def page(self) -> str:
        """Return the file MkDocs makes of it, e.g. `grid/__shell__/index.html`."""
        return str(self.folder / "index.html")

    @property
    def depth(self) -> int:
        """Return how many folders below the root the page lies: its relative links fit that depth only."""
        return len(self.folder.parts)

    @property
    def folder(self) -> PurePosixPath:
        """Return the folder of the page, relative to the site's root."""
        path = PurePosixPath(self.source).with_suffix("")
        return path.parent if path.name == "index" else path


KINDS = (
    Kind("home", "index.md", in_nav=True),
    Kind("overdue", "overdue.md", in_nav=True),
    Kind("assessment", "assessment.md", in_nav=True),
    Kind("data", "data.md", in_nav=True),
    Kind("quality", "quality.md", in_nav=True),
    Kind("area", "area/__shell__.md", in_nav=False),
    Kind("area_order", "area/__shell__/order.md", in_nav=False),
    Kind("grid", "grid/__shell__.md", in_nav=False),
    Kind("records", "grid/__shell__/records.md", in_nav=False),
    Kind("branch", "branch/__shell__.md", in_nav=False),
    Kind("assessment_area", "assessment/__shell__.md", in_nav=False),
)

# Letters only: a marker must come through Markdown, HTML escaping and heading ids as one word.
PREFIX = "MINGGESHELL"
BLOCKS = ("title", "description", "canonical", "extrahead", "toc", "content")
# A site without a site_url has no canonical addresses.
OPTIONAL = frozenset({"canonical"})
MARKER = re.compile(PREFIX + "(" + "|".join(name.upper() for name in BLOCKS) + ")")
SHELL_FOLDER = "__shell__"
NEEDLES = (PREFIX.encode(), PREFIX.lower().encode(), SHELL_FOLDER.encode())

# The first heading gives the page a skip link, the second a table of contents to be replaced.
SOURCE = """\
---
title: {title}
description: {description}
template: shell.html
hide: [navigation]
markers: {{canonical: {canonical}, extrahead: {extrahead}, content: {content}}}
---

# Mingge page

## {toc}
"""


def chosen(names: Iterable[str]) -> tuple[Kind, ...]:
    """Return the kinds called `names`, in the order of KINDS; KeyError for a name there is no kind of."""
    wanted = set(names)
    if unknown := wanted - {kind.name for kind in KINDS}:
        raise KeyError(*sorted(unknown))
    return tuple(kind for kind in KINDS if kind.name in wanted)


def sources(kinds: Iterable[str]) -> Mapping[str, str]:
    """Return the Markdown files (path in the docs tree → text) of the shells of `kinds`."""
    text = SOURCE.format(**{name: PREFIX + name.upper() for name in BLOCKS})
    return {kind.source: text for kind in chosen(kinds)}


def read(output: Path, kinds: Iterable[str]) -> Mapping[str, str]:
    """Return the Jinja source of each shell (kind → text) and delete the shell pages from `output`.

    Raises BuilderError when the engine built no such page or the theme left a marker out.
    """
    return {kind.name: template(kind, take(kind, output)) for kind in chosen(kinds)}


def take(kind: Kind, output: Path) -> str:
    """Return the built page of `kind` and delete it, with the folders it leaves empty."""
    page = output / kind.page
    try:
        text = page.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BuilderError(
            mark("the shell page “{kind}” was not built"),
            mark("the engine must build {source} to {page}: see use_directory_urls and exclude_docs in mkdocs.yml"),
            kind=kind.name, source=kind.source, page=kind.page,
        ) from error  # fmt: skip
    page.unlink()
    for folder in page.parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()
    return text


def template(kind: Kind, page: str) -> str:
    """Return `page` as a Jinja template: a block for the first of each marker, its echo for the others."""
    pieces: list[str] = []
    seen: set[str] = set()
    # Splitting at a pattern with one group gives text, name, text, name … text.
    for number, piece in enumerate(MARKER.split(unwrap(page))):
        name = piece.lower()
        pieces.append(hole(kind, name, again=name in seen) if number % 2 else raw(piece))
        seen |= {name} if number % 2 else set()
    if missing := [name for name in BLOCKS if name not in seen | OPTIONAL]:
        raise BuilderError(
            mark("the shell page “{kind}” has no place for: {missing}"),
            mark("the theme must show it: compare templates/theme/shell.html and partials/ with the theme’s version"),
            kind=kind.name, missing=", ".join(missing),
        )  # fmt: skip
    return "".join(pieces)


def unwrap(page: str) -> str:
    """Return `page` with each table-of-contents item that holds the marker replaced by the marker alone.

    The item is the theme's own list element, whatever its inside looks like; children bring their own.
    """
    marker = PREFIX + "TOC"
    start = page.find(marker)
    while start >= 0:
        first, last = page.rfind("<li ", 0, start), page.find("</li>", start)
        if first < 0 or last < 0:
            return page
        page = page[:first] + marker + page[last + len("</li>") :]
        start = page.find(marker, first + len(marker))
    return page


def hole(kind: Kind, name: str, again: bool) -> str:
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
    return any(needle in text for needle in NEEDLES) or SHELL_FOLDER in path.parts
