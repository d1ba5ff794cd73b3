"""The finished site, searched once more before it becomes public: cells were looked at, but pages have other sources.

Titles, descriptions, hand-written pages and templates come in here for the first time. What is only numbers of a
drawing or a name of a file is left out: it is nobody's.
"""

from __future__ import annotations

import gzip
import html
import os
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyarrow as pa

from builder.errors import BuilderError
from builder.gate.allowed import Allowed
from builder.gate.find import hits
from builder.gate.hit import Hit
from builder.gate.plain import BETWEEN
from builder.gate.screen import doubtful
from builder.gate.sentences import HINTS, SENTENCES

__all__ = ["Share", "Trace", "look", "search", "shares"]

MOST = 300_000
"""Distinct texts that are kept before they are looked at: most of a page stands on other pages too."""

CELL = re.compile(rb"<(?:t|v|t [^>]*)>([^<]+)")
"""What stands in a cell of a workbook."""

Texts = set[bytes]


def marked_up(data: bytes) -> list[bytes]:
    return data.split(b"<")


def quoted(data: bytes) -> list[bytes]:
    """Return the texts of JSON; numbers outside of them are figures and places on a map."""
    return data.replace(b"\\\\", b"/").replace(b'\\"', b"'").split(b'"')[1::2]


def celled(data: bytes) -> list[bytes]:
    return data.replace(b'"', b",").replace(b"\r", b",").replace(b"\n", b",").split(b",")


def sheet(data: bytes) -> list[bytes]:
    """Return the contents of the cells of a workbook, without their addresses."""
    return CELL.findall(data)


CUT: Mapping[str, Callable[[bytes], list[bytes]]] = {
    ".html": marked_up, ".xml": marked_up, ".svg": marked_up, ".sheet": sheet,
    ".json": quoted, ".jsonld": quoted, ".webmanifest": quoted, ".pf_fragment": quoted,
    ".csv": celled, ".txt": celled, ".ics": celled, ".md": celled,
}  # fmt: skip
"""Kind of file → what cuts it into texts; other files are programs, fonts and pictures of the theme."""

TAGGED = (marked_up,)

ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
DRAWN = frozenset(
    (
        "d", "points", "transform", "viewBox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx",
        "dy", "width", "height", "style", "class", "id", "integrity", "xmlns", "stroke-width", "stroke-dasharray",
        "offset", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers",
    )
)  # fmt: skip
"""Attributes that hold numbers of a drawing, or names that nobody reads."""

SPREAD = re.compile(r"(?<=[\u2e80-\uffff]) +(?=[\u2e80-\uffff])")
KNOWN = re.compile(
    rf"(?<![0-9])(?<![0-9][{BETWEEN}])(0[0-9]{{2,3}}-?[0-9]{{7,8}}|[0-9]{{9,15}})(?![{BETWEEN}]{{0,3}}[0-9])"
)
"""A number that stands alone and may be a telephone of an office or the code of a place: pages are full of them."""

STREET, COMMUNITY, GRID = 9, 12, 15
"""Digits of the codes of places."""


class Share(NamedTuple):
    """Files of the site that one process looks at, and what may stand in them."""

    files: tuple[str, ...]
    allowed: Allowed


class Trace(NamedTuple):
    """A text of the site that holds something, and what."""

    text: str
    hit: Hit


def shares(site: Path, allowed: Allowed, number: int) -> Iterator[tuple[str, Share]]:
    """Yield what is in the site by now in `number` shares, with a name each; neighbours, which are alike, together."""
    every = files(site)
    size = -(-len(every) // number) or 1
    for start in range(0, len(every), size):
        yield f"{start + 1}…", Share(tuple(every[start : start + size]), allowed)


def look(share: Share) -> Trace | None:
    """Return the first thing found in a share that may not be published."""
    waiting: dict[bool, Texts] = {True: set(), False: set()}
    for path in share.files:
        for kind, data in pieces(path):
            cut = CUT[kind]
            waiting[cut in TAGGED].update(cut(data))
        if sum(map(len, waiting.values())) > MOST and (found := judged(waiting, share.allowed)):
            return found
    return judged(waiting, share.allowed)


def search(site: Path, allowed: Allowed, looked: Iterable[Trace | None] = (), seen: Collection[str] = ()) -> None:
    """Raise BuilderError if the site shows personal data that nothing allows; it names one file that does.

    `looked`: what was found in files that were looked at before, `seen`: these files.
    """
    known = frozenset(seen)
    rest = Share(tuple(path for path in files(site) if path not in known), allowed)
    for found in (*looked, look(rest)):
        if found:
            raise refused(site, found)


def judged(waiting: Mapping[bool, Texts], allowed: Allowed) -> Trace | None:
    """Look at the texts that wait (by whether tags stand in them) and let them go. Returns what was found first."""
    for is_tagged, texts in waiting.items():
        bare = {without_known(text, allowed): text for text in decoded(texts)}
        for text in doubtful(pa.array(bare, type=pa.large_string())).to_pylist():
            for hit in shown(bare[text], allowed, is_tagged):
                return Trace(bare[text], hit)
        texts.clear()
    return None


def decoded(texts: Texts) -> Iterator[str]:
    """Yield the texts that may hold anything at all, as far as the screen can say before it knows the codes."""
    every = pa.array([text.decode("utf-8", "replace") for text in texts], type=pa.large_string())
    yield from doubtful(every).to_pylist()


def without_known(text: str, allowed: Allowed) -> str:
    """Return the text without the codes of places and the telephones of offices that stand alone in it."""

    def put(found: re.Match[str]) -> str:
        code = found[1].replace("-", "")
        is_place = code[:COMMUNITY] in allowed.codes or (len(code) < GRID and code[:STREET] in allowed.codes)
        return "" if is_place or code in allowed.phones else found[1]

    return KNOWN.sub(put, text)


def refused(site: Path, found: Trace) -> BuilderError:
    """Return the error that names the first file that holds what was found."""
    wanted = found.text.encode()
    holding = (path for path in files(site) if any(wanted in CUT[kind](data) for kind, data in pieces(path)))
    path = Path(next(holding, site)).relative_to(site).as_posix()
    return BuilderError(SENTENCES[found.hit.kind], HINTS[found.hit.kind], value=f"{path}: {found.hit.masked}")


def shown(text: str, allowed: Allowed, is_tagged: bool) -> Iterator[Hit]:
    """Yield what a text holds that may not be published."""
    for part in read(text) if is_tagged else (SPREAD.sub("", html.unescape(text)),):
        yield from allowed.left(hits(part))


def read(text: str) -> Iterator[str]:
    """Yield what is read of a tag and of the text behind it."""
    tag, closed, rest = text.partition(">")
    yield from (part for part in (html.unescape(rest if closed else tag),) if not part.isspace())
    for name, *values in ATTRIBUTE.findall(tag) if closed else ():
        if name not in DRAWN:
            yield unquote(html.unescape("".join(values)))


def files(site: Path) -> list[str]:
    """Return every file by its path, pages first: what they show is also in the index and the downloads."""
    found = sorted(os.path.join(folder, name) for folder, _, names in os.walk(site) for name in names)
    return sorted(found, key=lambda path: not path.endswith(".html"))


def pieces(path: str) -> Iterator[tuple[str, bytes]]:
    """Yield kind and content of a file: itself, what it holds, or nothing."""
    stem, kind = os.path.splitext(path)
    if kind == ".xlsx":
        with open(path, "rb") as file, zipfile.ZipFile(BytesIO(file.read())) as book:
            for part in book.namelist():
                if part.endswith(".xml"):
                    yield ".sheet" if "/worksheets/" in part else ".xml", book.read(part)
        return
    inner = os.path.splitext(stem)[1] if kind == ".gz" else kind
    if inner in CUT:
        with open(path, "rb") as file:
            data = file.read()
        yield inner, gzip.decompress(data) if kind in (".gz", ".pf_fragment") else data
