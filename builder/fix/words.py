"""What `mingge fix` and `mingge import` did to a file, in words: one line for each kind of change."""

from __future__ import annotations

from collections.abc import Mapping

from builder.language import mark

__all__ = [
    "BLANK_ROW", "BOM", "ENCODING", "EXTRA", "HEADER", "HINT", "ORDER", "OTHER", "SEPARATOR", "SPACES", "SURPLUS",
    "TITLE_ROW", "WHOLE", "WORDS",
]  # fmt: skip

ENCODING, BOM, SEPARATOR, ORDER = "encoding", "byte-order-mark", "separator", "column-order"
TITLE_ROW, HEADER, BLANK_ROW, EXTRA = "title-row", "header", "blank-row", "empty-column"
SURPLUS, SPACES, HINT = "surplus-cells", "spaces", "separator-line"

WORDS: Mapping[str, str] = {
    ENCODING: mark("the encoding"),
    BOM: mark("an invisible mark at the beginning of the file"),
    SEPARATOR: mark("what stands between the columns"),
    HINT: mark("the line that tells Excel the separator"),
    ORDER: mark("the order of the columns"),
    TITLE_ROW: mark("rows above the header"),
    HEADER: mark("headers"),
    BLANK_ROW: mark("empty rows"),
    EXTRA: mark("empty columns without a header"),
    SURPLUS: mark("empty cells behind the last column"),
    **dict.fromkeys((SPACES, "stray-space"), mark("spaces")),
    "blank": mark("cells that look empty and are not"),
    "placeholder": mark("words for nothing, where the cell should be empty"),
    "invisible-character": mark("invisible characters"),
    "leading-apostrophe": mark("apostrophes in front"),
    "full-width": mark("full-width signs"),
    "dash-sign": mark("long dashes"),
    "letter-case": mark("capital and small letters"),
    **dict.fromkeys(("scientific-code", "code-as-decimal"), mark("codes that Excel has turned into numbers")),
    **dict.fromkeys(("boolean-word", "enum-label", "traditional"), mark("words of a list")),
    **dict.fromkeys(("date-form", "date-with-time", "time-form", "time-zone"), mark("days and times")),
    **dict.fromkeys(
        ("thousands", "unit", "numeral", "whole-as-decimal", "too-many-decimals", "scientific-number"), mark("numbers")
    ),
}
"""Code of a change → what was mended."""

OTHER = mark("how cells are written")

WHOLE = frozenset((ENCODING, BOM, SEPARATOR, ORDER, TITLE_ROW, HEADER, BLANK_ROW, EXTRA, SURPLUS, HINT))
"""Changes that are not in a cell of a row: what was and what is are words of ours or of the schema."""
