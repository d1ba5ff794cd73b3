"""Are two pages the same page? Their text, their rows, their bars and their size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

__all__ = ["Likeness", "compare", "text"]

HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
PATH = re.compile(r'<path class="mg-[^"]*" d="([^"]*)"')


class Likeness(NamedTuple):
    """Sample pages: how many have the very same text, the same rows and bars; mean bytes of ours and theirs."""

    pages: int
    same_text: int
    same_rows: int
    our_bytes: int
    their_bytes: int
    difference: str

    @property
    def words(self) -> str:
        share = self.their_bytes / self.our_bytes
        return (
            f"of {self.pages} sample pages {self.same_text} have the same text and {self.same_rows} the same number "
            f"of rows and bars; {self.our_bytes:,} bytes a page by us, {self.their_bytes:,} by the peer ({share:.2f} ×)"
        )


def text(page: str) -> str:
    """Return what a reader sees, without any space."""
    return "".join(unescape(TAG.sub("", HIDDEN.sub("", page))).split())


def rows(page: str) -> tuple[int, int]:
    return page.count("<tr>"), sum(path.count("M") for path in PATH.findall(page))


def compare(ours: Mapping[str, str], theirs: Path) -> Likeness:
    """Compare our pages (grid → HTML) with <theirs>/grid/<grid>/index.html."""
    pairs = [(page, (theirs / "grid" / grid / "index.html").read_text(encoding="utf-8")) for grid, page in ours.items()]
    unlike = [(text(a), text(b)) for a, b in pairs if text(a) != text(b)]
    return Likeness(
        pages=len(pairs),
        same_text=len(pairs) - len(unlike),
        same_rows=sum(rows(a) == rows(b) for a, b in pairs),
        our_bytes=sum(len(a.encode()) for a, _ in pairs) // len(pairs),
        their_bytes=sum(len(b.encode()) for _, b in pairs) // len(pairs),
        difference=first_difference(*unlike[0]) if unlike else "",
    )


def first_difference(ours: str, theirs: str) -> str:
    """Return the place where two texts part."""
    at = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return f"ours “…{ours[max(0, at - 30) : at + 40]}…”, theirs “…{theirs[max(0, at - 30) : at + 40]}…”"
