"""What a page loads has a name that no other content ever had: a page never meets a file of another release.

Always holds: the bytes below `assets/<12 hexadecimal digits>/` never change, so browsers may keep them for a year, and
a server that still has those of earlier releases serves every page with its own. There are two kinds of such folders:
one for each file that pages name, after its content, and one, the *edition*, for all that scripts ask for.
"""

from __future__ import annotations

import hashlib
import html
import os
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlsplit

import builder
from builder.site import assets

__all__ = ["EDITION", "edition", "keep", "name"]

DIGITS = 12
EDITION = "assets/edition/"
"""What stands in the theme's frame where the edition is named."""

ASKED = ("find/data.json", "find/*/data.json", "map/areas.json")
"""What scripts ask for, beside the search index. It stays where programs look for it, too."""

TAG = re.compile(r"<(script|link|img)\b[^<>]*>", re.IGNORECASE)
VALUE = re.compile(r'(\s(?:src|href)=")([^"]*)(?=")', re.IGNORECASE)
RELATION = re.compile(r'\brel="(?:stylesheet|icon)"', re.IGNORECASE)
LEADS_ON = re.compile(rb"url\((?!\s*[\"']?data:)|@import|\bimport\b|currentScript|document\.baseURI")
"""Signs that a style sheet or script of the maintainers' own looks for others beside itself: it must stay there."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that pages load: where it lies, and where it will, paths from the site's root."""

    old: str
    new: str


def edition(target: Path) -> str:
    """Return the folder for what scripts ask for: named after all that it will be made from, as it is not made yet.

    That is the data, whose hashes are in its descriptor, the hand-written pages, and the program.
    """
    total = hashlib.sha256(version("pagefind").encode())
    for root, suffixes in ((target, (".html", ".json", ".geojson")), (Path(builder.__path__[0]), (".py", ".po"))):
        for path in sorted(path for path in root.rglob("*") if path.suffix in suffixes):
            total.update(f"{path.relative_to(root).as_posix()}\0".encode("utf-8", "surrogateescape"))
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return f"assets/{total.hexdigest()[:DIGITS]}/"


def name(target: Path, url: str, made: str) -> None:
    """Give every file that the pages below `target` load its lasting name, and tell the pages.

    `url`: the site's address, "" for none; `made`: the edition. Our own style sheet and scripts move; pictures, and
    what maintainers added, are copied, because others may name them as well.
    """
    base, known = urlsplit(url).path or "/", dict[str, Loaded]()
    for path in sorted(path for path in target.rglob("*") if path.suffix.lower() in (".html", ".htm")):
        page = path.read_bytes().decode("utf-8", "surrogateescape")
        place = path.relative_to(target).parent.as_posix()
        text = TAG.sub(lambda tag, place=place: renamed(tag, place, base, target, known), page)  # type: ignore[misc]
        path.write_bytes(text.replace(EDITION, made).encode("utf-8", "surrogateescape"))
    for item in known.values():
        (target / item.new).parent.mkdir(parents=True, exist_ok=True)
        move = os.replace if item.old in (assets.STYLES, assets.EARLY, assets.SCRIPT) else shutil.copyfile
        move(target / item.old, target / item.new)
    for folder in {(target / path).parent for path in (assets.STYLES, assets.EARLY)}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def renamed(tag: re.Match[str], place: str, base: str, target: Path, known: dict[str, Loaded]) -> str:
    """Return the tag with the lasting name of what it loads, as it is where it loads nothing of the site."""
    value = VALUE.search(tag[0])
    if not value or (tag[1].lower() == "link" and not RELATION.search(tag[0])):
        return tag[0]
    found = lasting(meant(html.unescape(value[2]), place, base), target, known)
    if not found:
        return tag[0]
    new = f"{base}{found.new}" if value[2].startswith("/") else posixpath.relpath(found.new, place)
    return f"{tag[0][: value.start(2)]}{html.escape(new)}{tag[0][value.end(2) :]}"


def meant(address: str, place: str, base: str) -> str:
    """Return the path from the site's root that an address in a page below `place` means, "" for none of the site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = unquote(parts.path)
    if path.startswith("/"):
        return path.removeprefix(base) if path.startswith(base) else ""
    return posixpath.normpath(posixpath.join(place, path))


def lasting(path: str, target: Path, known: dict[str, Loaded]) -> Loaded | None:
    """Return the names of the file at `path`; None where it has to stay, or is not there."""
    if path in known or not path or path.startswith("..") or not (target / path).is_file():
        return known.get(path)
    content = (target / path).read_bytes()
    own = path in (assets.STYLES, assets.EARLY, assets.SCRIPT)
    if not own and path.endswith((".css", ".js", ".mjs")) and LEADS_ON.search(content):
        return None
    folder = hashlib.sha256(content).hexdigest()[:DIGITS]
    known[path] = Loaded(path, f"assets/{folder}/{posixpath.basename(path)}")
    return known[path]


def keep(target: Path, made: str) -> None:
    """Copy what scripts ask for into the edition `made` of a finished site."""
    for path in asked(target):
        copy = target / made / path.relative_to(target)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def asked(target: Path) -> Iterator[Path]:
    for pattern in ASKED:
        yield from sorted(target.glob(pattern))
