"""Hand-written pages without an engine: Markdown to the article of a page, as MkDocs would make it.

Only a frozen shell needs this. Python-Markdown is used here and nowhere else; the engine uses it too, with the same
extensions, so that a page reads the same whoever made it (tests/site/test_frozen.py compares the bytes).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

import jinja2
import markdown
from markdown.treeprocessors import Treeprocessor

from builder.errors import BuilderError
from builder.language import mark
from builder.model import SiteConfig

__all__ = ["Book", "addressed", "article", "framed", "relative", "url"]

ALWAYS = ("toc", "tables", "fenced_code")
"""Extensions that MkDocs turns on by itself."""

PARTIAL = "partials/prose.html"
LINKS = {"a": "href", "img": "src"}
INDEXES = ("index", "README")
ASKED = ("title", "description")
SCALAR = re.compile(r"""'(?P<single>[^']*)'|"(?P<double>[^"\\]*)"|(?P<plain>(?![>|&*!{\[%@`'"?-])(?:(?!\s#|:\s).)+|)""")
DELIMITED = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
ARTICLE = re.compile(r'(<article class="md-typeset">).*(</article>)', re.DOTALL)
DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]*(")')
CANONICAL = re.compile(r'(<link rel="canonical" href=")[^"]*(")')

AFTER_TOC = 4
"""Place among what Python-Markdown does to a page's tree: ids are given at 5, and white space is left alone after 0."""


class Heading(NamedTuple):
    """What a theme's template asks of an entry in a page's contents."""

    title: str
    url: str
    level: int
    children: Sequence[Heading]


class Page(NamedTuple):
    """What a theme's template asks of a page."""

    title: str
    content: str
    toc: Sequence[Heading]


class Article(NamedTuple):
    """A page without its frame. `source`: its file; `title` and `description` are text, `html` stands in <article>."""

    source: str
    title: str
    description: str
    html: str


class Book(NamedTuple):
    """What pages have in common. `files`: every file of the docs tree that is published, paths with /.

    `titles`: what the navigation calls a page; `words`: the theme's.
    """

    config: SiteConfig
    files: Collection[str]
    titles: Mapping[str, str]
    words: Mapping[str, str]


def url(source: str) -> str:
    """Return where a file of the docs tree lies in the site: about.md at about/, index.md at "", a picture as it is."""
    if not source.endswith(".md"):
        return source
    folder, name = posixpath.split(source.removesuffix(".md"))
    path = folder if name in INDEXES else posixpath.join(folder, name)
    return f"{path}/" if path else ""


def relative(target: str, page: str) -> str:
    """Return the link from the page at one URL of the site to another URL."""
    path = posixpath.relpath(target or ".", page or ".")
    return quote(f"{path}/" if target.endswith("/") or not target else path, safe="/~!$&'()*+,;=:@")


def article(source: str, text: bytes, book: Book) -> Article:
    """Return what the Markdown `text` of the file `source` says.

    Raises BuilderError for a link to a file that is not there, for an extension that is not installed, and for front
    matter that cannot be read without the engine.
    """
    before, body = front(source, decoded(text))
    content, tokens = rendered(source, body, book)
    title = before.get("title") or book.titles.get(source) or headed(tokens) or named(source)
    page = Page(title, content, [*map(heading, tokens)])
    # the page is markup already, and so are the titles of its headings
    theme = jinja2.Environment(loader=jinja2.FileSystemLoader(book.config.theme), autoescape=False)  # noqa: S701
    html = theme.get_template(PARTIAL).render(page=page, config={"site_name": book.config.name}, words=book.words)
    return Article(source, page.title, before.get("description") or book.config.description, html)


def decoded(text: bytes) -> str:
    """Return the text of a file without the marks that programs of Windows put into it."""
    return text.decode("utf-8-sig").replace("\r\n", "\n")


def headed(tokens: Sequence[Mapping[str, object]]) -> str:
    """Return the title that a page begins with, "" where it begins with none."""
    return unescape(str(tokens[0]["name"])) if tokens and tokens[0]["level"] == 1 else ""


def named(source: str) -> str:
    """Return the title of a page without one: its file's name in words."""
    words = posixpath.basename(source).removesuffix(".md").replace("-", " ").replace("_", " ")
    return words.capitalize() if words == words.lower() else words


def heading(token: Mapping[str, object]) -> Heading:
    children = token["children"]
    assert isinstance(children, list)  # noqa: S101 - Python-Markdown's own
    return Heading(str(token["name"]), f"#{token['id']}", int(str(token["level"])), [*map(heading, children)])


def rendered(source: str, body: str, book: Book) -> tuple[str, Sequence[Mapping[str, object]]]:
    """Return the HTML of a page, and its headings."""
    names = [*dict.fromkeys((*ALWAYS, *(name for name, _ in book.config.extensions)))]
    if tagged := [name for name, options in book.config.extensions if options is None]:
        raise BuilderError(
            mark("{path}: the options of {name} can be read by the engine alone"),
            mark("take the tag that begins with ! out of them, or leave the extension out"),
            path=book.config.path, name=tagged[0],
        )  # fmt: skip
    try:
        maker = markdown.Markdown(
            extensions=names, extension_configs={name: dict(options or {}) for name, options in book.config.extensions}
        )
    except (ImportError, KeyError, TypeError, AttributeError) as error:
        raise BuilderError(
            mark("{path}: the extensions of Markdown cannot be used ({error})"),
            mark("install what is missing, or leave it out of markdown_extensions"),
            path=book.config.path, error=error,
        ) from error  # fmt: skip
    maker.treeprocessors.register(Links(source, book), "mingge_links", AFTER_TOC)
    content = maker.convert(body)
    return content, getattr(maker, "toc_tokens", [])


def front(source: str, text: str) -> tuple[Mapping[str, str], str]:
    """Return title and description in front of a page, as far as they are there, and the page.

    Raises BuilderError where one of them is more than a line of plain text: only the engine reads all of YAML.
    """
    found = DELIMITED.match(text)
    if not found:
        return {}, text
    values: dict[str, str] = {}
    for line in found[0].splitlines()[1:-1]:
        name, _, value = line.partition(":")
        if name in ASKED:  # what is indented belongs to something else
            if not (match := SCALAR.fullmatch(value.strip())):
                raise BuilderError(
                    mark("{source}: {name} cannot be read without the engine"),
                    mark("write it in one line, as plain text or between quotes"), source=source, name=name,
                )  # fmt: skip
            values[name] = match["single"] or match["double"] or match["plain"] or ""
    return values, text[found.end() :].lstrip("\n")


class Links(Treeprocessor):
    """Makes of links to files of the docs tree links to where these lie in the site."""

    def __init__(self, source: str, book: Book) -> None:
        super().__init__()
        self.source, self.book = source, book

    def run(self, root: Element) -> None:
        """Change the links of a page."""
        for element in root.iter():
            if (key := LINKS.get(element.tag)) and (found := element.get(key)) is not None:
                element.set(key, self.led(found))

    def led(self, link: str) -> str:
        scheme, host, path, query, anchor = urlsplit(link)
        if scheme or host or not path or path.startswith(("/", "\\")) or "\x02" in link:
            return link
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), unquote(path)))
        if target in self.book.files:
            return urlunsplit(("", "", relative(url(target), url(self.source)), query, anchor))
        if not posixpath.splitext(path)[1]:  # no file: the maintainers' own business, as it is to the engine
            return link
        raise BuilderError(
            mark("{source} leads to {target}, which is not there"), mark("correct the link"),
            source=self.source, target=target,
        )  # fmt: skip


def framed(frame: str, found: Article, config: SiteConfig) -> str:
    """Return the page `frame` with another article."""
    title = f"<title>{escape(found.title, quote=False)} - {escape(config.name)}</title>"
    frame = TITLE.sub(lambda _: title, frame, count=1)
    frame = ARTICLE.sub(lambda match: f"{match[1]}{found.html}{match[2]}", frame, count=1)
    frame = DESCRIPTION.sub(lambda match: f"{match[1]}{escape(found.description)}{match[2]}", frame, count=1)
    return addressed(frame, config, url(found.source))


def addressed(page: str, config: SiteConfig, where: str) -> str:
    """Return a page that says it lies at the URL `where` of the site."""
    address = escape(f"{config.url}{quote(where)}")
    return CANONICAL.sub(lambda match: f"{match[1]}{address}{match[2]}", page, count=1)
