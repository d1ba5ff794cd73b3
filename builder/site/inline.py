"""What an HTML page would run or load by itself: scripts and styles inside it, attributes that act, other hosts.

Always holds: only elements that a browser acts on are named; `<script type="application/json">` is data.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

__all__ = ["Found", "found", "hashed"]

LOADS = {
    "audio": "src", "embed": "src", "frame": "src", "iframe": "src", "img": "src", "image": "href", "input": "src",
    "link": "href", "object": "data", "script": "src", "source": "src", "track": "src", "use": "href", "video": "src",
}  # fmt: skip
"""Element → the attribute that names what a browser fetches with it."""

FETCHED = frozenset({
    "dns-prefetch", "icon", "manifest", "mask-icon", "modulepreload", "preconnect", "prefetch", "preload", "stylesheet",
})  # fmt: skip
"""Relations of a `<link>` that make a browser fetch; others, such as canonical, only say something."""

SCRIPTS = frozenset({"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"})
"""Types of a `<script>` that is run or steers what runs (HTML standard, 4.12.1)."""

ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)
"""The beginning of an address outside the site. Browsers take a backslash for a slash."""

REFUSED = frozenset({"base", "embed", "frame", "iframe", "object", "applet"})
"""Elements that the policy leaves without effect: nobody should find out by looking at the page."""


class Found(NamedTuple):
    """`kind`: script, style, attribute, address or element; `text`: what stands inside, or what it is called."""

    kind: str
    text: str
    line: int


class Reader(HTMLParser):
    """Collects what a page runs or loads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.found += [Found(kind, text, self.getpos()[0]) for kind, text in acting(tag, values)]
        self.inside = tag if tag == "style" or (tag == "script" and runs(values)) else ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(Found(self.inside, data, self.getpos()[0]))


def runs(attributes: dict[str, str]) -> bool:
    """Return whether a `<script>` holds a script itself: one with `src` is a file, and what is in it is ignored."""
    return "src" not in attributes and attributes.get("type", "").strip().lower() in SCRIPTS


def acting(tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    if tag in REFUSED:
        yield "element", f"<{tag}>"
    for name, value in attributes.items():
        bare = "".join(value.split()).lower()
        if name == "style" or name.startswith("on") or name == "srcdoc":
            yield "attribute", f"<{tag} {name}>"
        elif bare.startswith("javascript:"):
            yield "attribute", f"<{tag} {name}=javascript:>"
    fetched = tag != "link" or FETCHED & set(attributes.get("rel", "").lower().split())
    for name in (LOADS.get(tag, ""), "srcset"):
        address = attributes.get(name, "").strip()
        if fetched and ELSEWHERE.match(address) and not address.lower().startswith("data:image/"):
            yield "address", address


def found(page: str) -> tuple[Found, ...]:
    """Return what the HTML `page` runs or loads by itself, in its order."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


def hashed(text: str) -> str:
    """Return the source expression of an inline script or style (CSP level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
