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
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc

from builder.errors import BuilderError
from builder.gate.allowed import Allowed
from builder.gate.find import hits
from builder.gate.hit import Hit
from builder.gate.screen import doubtful
from builder.gate.sentences import HINTS, SENTENCES

__all__ = ["search"]

BATCH = 1 << 24
"""Characters that are looked at together: what repeats from page to page is looked at once."""

MARKUP, QUOTED, CELLS = "<", '"', '[,"\\r\\n]'

SPLITS: Mapping[str, str] = {
    ".html": MARKUP, ".xml": MARKUP, ".svg": MARKUP, ".json": QUOTED, ".webmanifest": QUOTED, ".pf_fragment": QUOTED,
    ".csv": CELLS, ".txt": CELLS, ".ics": CELLS, ".md": CELLS,
}  # fmt: skip
"""Suffix → what parts one text from the next; files of other kinds are programs, fonts and pictures of the theme."""

ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
DRAWN = frozenset(
    "d points transform viewBox x y x1 x2 y1 y2 cx cy r rx ry dx dy width height style class id integrity xmlns t s spans"
    " stroke-width stroke-dasharray offset for aria-labelledby aria-describedby aria-controls headers ref".split()
)
"""Attributes that hold numbers of a drawing, or names that nobody reads."""

SPREAD = re.compile(r"(?<=[\u2e80-\uffff]) +(?=[\u2e80-\uffff])")


class Piece(NamedTuple):
    """A file, or a part of one, as text. `path`: of the file, from the root of the site."""

    path: str
    suffix: str
    text: str


def search(site: Path, allowed: Allowed) -> None:
    """Raise BuilderError for the first file of the site, by path, that shows personal data which nothing allows."""
    judged: dict[str, dict[str, Hit | None]] = {}
    for batch in batches(site):
        for split in {SPLITS[piece.suffix] for piece in batch}:
            pieces = [piece for piece in batch if SPLITS[piece.suffix] == split]
            known = judged.setdefault(split, {})
            for text in doubtful(cut([piece.text for piece in pieces], split)).to_pylist():
                if text not in known:
                    known[text] = first(text, split, allowed)
                if hit := known[text]:
                    raise refused(next(piece.path for piece in pieces if text in piece.text), hit)


def refused(path: str, hit: Hit) -> BuilderError:
    return BuilderError(
        SENTENCES[hit.kind], HINTS[hit.kind], value=f"{path}: {hit.masked}",
    )  # fmt: skip


def cut(found: list[str], split: str) -> pa.Array:
    """Return the texts between the signs that part them, each once."""
    whole = pa.array(found, type=pa.large_string())
    parts = pc.split_pattern_regex(whole, split) if split == CELLS else pc.split_pattern(whole, split)
    return pc.unique(parts.flatten())


def first(text: str, split: str, allowed: Allowed) -> Hit | None:
    """Return the first hit in a text that may not be published."""
    read: Callable[[str], Iterator[str]] = shown if split == MARKUP else plainly
    return next((hit for part in read(text) for hit in allowed.left(hits(part))), None)


def plainly(text: str) -> Iterator[str]:
    yield SPREAD.sub("", text)


def shown(text: str) -> Iterator[str]:
    """Yield what is read of a tag and of the text behind it."""
    tag, closed, rest = text.partition(">")
    yield html.unescape(rest if closed else tag)
    for name, *values in ATTRIBUTE.findall(tag) if closed else ():
        if name not in DRAWN:
            yield unquote(html.unescape("".join(values)))


def batches(site: Path) -> Iterator[list[Piece]]:
    """Yield the pieces of the site, so many at a time, in the order of their paths."""
    batch: list[Piece] = []
    size = 0
    for path in files(site):
        for piece in pieces(path, path.relative_to(site).as_posix()):
            batch.append(piece)
            size += len(piece.text)
            if size > BATCH:
                yield batch
                batch, size = [], 0
    yield batch


def files(site: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(site):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names))


def pieces(path: Path, name: str) -> Iterator[Piece]:
    """Yield the texts of one file: itself, what it holds, or nothing."""
    suffix = path.suffix
    if suffix in (".gz", ".pf_fragment"):
        data = gzip.decompress(path.read_bytes())
        inner = suffix if suffix == ".pf_fragment" else Path(path.stem).suffix
    elif suffix == ".xlsx":
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as book:
            for part in book.namelist():
                if Path(part).suffix in SPLITS:
                    yield Piece(name, Path(part).suffix, book.read(part).decode("utf-8", "replace"))
        return
    elif suffix in SPLITS:
        data, inner = path.read_bytes(), suffix
    else:
        return
    if inner in SPLITS:
        yield Piece(name, inner, data.decode("utf-8", "replace"))
