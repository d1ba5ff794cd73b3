"""Read the links, addresses and anchors of HTML files, without any library that a browser does not need."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

__all__ = ["Page", "broken", "foreign", "pages", "read"]

# what a browser fetches without being asked; everything else with an href is followed by a person
FETCHED = {"src", "srcset", "data", "poster"}
FETCHED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
}
HERE = "http://site.invalid/"


@dataclass
class Page(HTMLParser):
    """One HTML file: `links` and `fetched` addresses as written, and the `anchors` that a fragment may name."""

    path: str
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if values.get(name)}
        is_fetched_link = tag == "link" and bool(FETCHED_LINKS & set(values.get("rel", "").split()))
        for name in ("href", "xlink:href"):
            if name in values:
                self.links.append(values[name])
                self.fetched += [values[name]] if is_fetched_link or tag in {"use", "image"} else []
        for name in FETCHED & set(values):
            for address in values[name].split(",") if name == "srcset" else [values[name]]:
                self.links.append(address.split()[0] if address.split() else "")
                self.fetched.append(self.links[-1])


def read(text: str, path: str) -> Page:
    page = Page(path)
    page.feed(text)
    return page


def pages(site: Path) -> dict[str, Page]:
    """Return every HTML file below `site` by its path."""
    found = sorted(site.rglob("*.html"))
    return {
        path.relative_to(site).as_posix(): read(path.read_text(encoding="utf-8"), path.relative_to(site).as_posix())
        for path in found
    }


def broken(found: dict[str, Page], files: set[str], own: str) -> list[tuple[str, str]]:
    """Return (page, address) of every internal address that leads to no file, or to no anchor of a page.

    Addresses that begin with `own`, the site's public address, are internal too.
    """
    return [
        (page.path, address)
        for page in found.values()
        for address in page.links
        if (target := internal(page.path, address, own)) is not None and not leads_somewhere(*target, found, files)
    ]


def internal(path: str, address: str, own: str) -> tuple[str, str] | None:
    """Return file and fragment of an internal address as seen from `path`; None for one that leads out."""
    address = HERE + address.removeprefix(own) if own and address.startswith(own) else address
    url, fragment = urldefrag(urljoin(HERE + path, address))
    if not url.startswith(HERE):
        return None
    file = unquote(urlsplit(url).path).lstrip("/")
    return (f"{file}index.html" if file.endswith("/") or not file else file), unquote(fragment)


def leads_somewhere(file: str, fragment: str, found: dict[str, Page], files: set[str]) -> bool:
    return file in files and (not fragment or file not in found or fragment in found[file].anchors)


def foreign(page: Page) -> list[str]:
    """Return the addresses on other hosts that a browser would fetch to show the page."""
    return [
        address for address in page.fetched if urlsplit(address).netloc or urlsplit(address).scheme in {"http", "https"}
    ]
