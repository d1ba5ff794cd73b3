"""The code on a sheet is the code of the address, module by module."""

from __future__ import annotations

import re

import pytest
import segno

from builder.site.qr import MASK, QUIET, qr


def drawn(svg: str) -> list[list[int]]:
    """Return the modules that a path of horizontal strokes darkens, the quiet zone left out."""
    side = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    modules = [[0] * side for _ in range(side)]
    x = y = 0.0
    for right, down, length in re.findall(r"m(-?[\d.]+) (-?[\d.]+)h(\d+)", svg):
        x, y = x + float(right), y + float(down)
        for column in range(int(x), int(x) + int(length)):
            modules[int(y)][column] = 1
        x += int(length)
    quiet = range(QUIET, side - QUIET)
    assert all(not modules[a][b] for a in range(side) for b in range(side) if a not in quiet or b not in quiet)
    return [[modules[a][b] for b in quiet] for a in quiet]


@pytest.mark.parametrize("address", [
    "https://mingge.example/grid/320812001001001/",
    "https://la311.example/grid/79/",
    "https://a.example/" + "long/" * 40,
])  # fmt: skip
def test_a_code_is_drawn_as_the_standard_has_it(address: str) -> None:
    expected = segno.make(address, error="m", boost_error=False, micro=False, mask=MASK)

    assert drawn(qr(address).text) == [list(row) for row in expected.matrix]


def test_a_code_is_small_and_is_not_read_out() -> None:
    svg = qr("https://mingge.example/grid/320812001001001/").text

    assert len(svg) < 2_000
    assert 'aria-hidden="true"' in svg
    assert not re.search(r'style=|<style|href', svg), "the content security policy"
