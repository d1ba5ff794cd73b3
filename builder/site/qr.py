"""The QR code of a page's address, as markup. segno is used here and nowhere else.

Always holds: the code says the address and nothing else (ISO/IEC 18004, error correction M: a sheet on a board is
rained on), with the four modules of white around it that readers ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import segno

from builder.site.markup import Html

__all__ = ["qr"]

MASK = 4
"""To compare all eight masks takes six times as long, and readers take any: 10,000 codes would cost a minute."""

QUIET = 4
"""Modules of white on each side."""

CACHED = 1 << 12
"""A street's page of sheets has the codes of its grids' pages."""


@lru_cache(CACHED)
def qr(address: str) -> Html:
    """Return an SVG of one path. Readers of screens skip it: the address stands beside it as text."""
    matrix = segno.make(address, error="m", boost_error=False, micro=False, mask=MASK).matrix
    size = len(matrix) + 2 * QUIET
    path = "".join(strokes(matrix))
    drawn = f'<path fill="none" stroke="#000" d="{path}"/>'
    frame = f'class="mg-qr" viewBox="0 0 {size} {size}" aria-hidden="true" shape-rendering="crispEdges"'
    return Html(f"<svg {frame}>{drawn}</svg>")


def strokes(matrix: Iterable[Iterable[int]]) -> Iterator[str]:
    """Yield a line through each run of dark modules, from where the one before it ended."""
    x, y = 0.0, 0.0
    for row, modules in enumerate(matrix):
        start = 0
        for is_dark, run in groupby(modules, bool):
            length = len(list(run))
            if is_dark:
                left, down = start + QUIET - x, row + QUIET + 0.5 - y
                yield f"m{left:g} {down:g}h{length}"
                x, y = start + QUIET + length, row + QUIET + 0.5
            start += length
