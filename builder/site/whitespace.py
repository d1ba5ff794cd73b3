"""White space of a built page, collapsed once: a third of a shell is the indentation of the theme's templates.

Always holds: a browser shows the same. White space goes at the edges of elements that make a box of their own or
are never shown, and is one space elsewhere; inside `VERBATIM` elements, comments and attribute values it stays.
"""

from __future__ import annotations

import re

__all__ = ["collapsed"]

VERBATIM = "pre|script|style|textarea"
BOXES = frozenset({
    "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "doctype", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main", "nav", "ol",
    "p", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
"""Elements at whose edges white space is not shown."""

VALUE = r'"[^"]*"|\'[^\']*\''
MARKUP = re.compile(
    rf"<!--.*?-->|<({VERBATIM})\b.*?</\1\s*>|<!?/?[a-z](?:[^<>\"']|{VALUE})*>", re.DOTALL | re.IGNORECASE
)
NAME = re.compile(r"<[!/]?([a-z][a-z0-9]*)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
IN_TAG = re.compile(rf"({VALUE})|[ \t\r\n\f]+(>?)")


def collapsed(page: str) -> str:
    """Return the HTML page with its white space collapsed."""
    pieces: list[str] = []
    end, was_box = 0, True
    for found in MARKUP.finditer(page):
        is_box = boxed(found[0])
        pieces += [text(page[end : found.start()], was_box, is_box), found[0] if found[1] else tag(found[0])]
        end, was_box = found.end(), is_box
    return "".join([*pieces, text(page[end:], was_box, True)])


def boxed(markup: str) -> bool:
    """Return whether white space beside this tag is not shown."""
    name = NAME.match(markup)
    return bool(name and name[1].lower() in BOXES)


def text(between: str, after_box: bool, before_box: bool) -> str:
    """Return the text between two tags, which may be those of boxes."""
    short = SPACE.sub(" ", between)
    short = short.removeprefix(" ") if after_box else short
    return short.removesuffix(" ") if before_box else short


def tag(markup: str) -> str:
    """Return a tag with one space between its attributes; comments stay as they are."""
    if markup.startswith("<!--"):
        return markup
    return IN_TAG.sub(lambda found: found[1] or found[2] or " ", markup)
