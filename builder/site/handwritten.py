"""What Markdown writes and a page of this site does not have: styles in attributes, and tables wider than a phone."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["finish"]

ALIGNED = re.compile(r'(<t[dh](?: [a-z-]+="[^"<>]*")*) style="text-align: (left|center|right);"')
"""How Markdown writes the alignment of a column: the one style in a page that has an attribute of its own."""

TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def finish(target: Path) -> None:
    """Mend every page below `target`: a table without a class gets a box that scrolls when it must."""
    for path in sorted(path for path in target.rglob("*") if path.suffix.lower() in (".html", ".htm")):
        page = path.read_bytes().decode("utf-8", "surrogateescape")
        mended = TABLE.sub(r'<div class="mingge-scroll">\g<0></div>', ALIGNED.sub(r'\1 align="\2"', page))
        path.write_bytes(mended.encode("utf-8", "surrogateescape"))
