"""Text that was read in a wrong encoding and saved again (mojibake): told by what it would be, read rightly."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator

from builder.model import plain_header

__all__ = ["is_garbled"]

WAYS = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "gb18030"), ("latin-1", "gb18030"),
        ("gb18030", "big5"), ("big5", "gb18030"), ("shift_jis", "gb18030"))  # fmt: skip
"""Written as the second, read as the first."""

LOST = re.compile(r"\ufffd|锟斤拷|锟|^\?{2,}$|烫烫烫|ï¿½")
"""What stands where characters were lost for good."""

LIKE = 0.6
"""How like a name a header must be once it is read rightly: some of its characters are mostly lost."""


def is_garbled(header: str, names: Collection[str]) -> bool:
    """Return whether a header is no name, but one of `names` in a wrong encoding, or what is left of some name."""
    if header.isascii() and not LOST.search(header):
        return False
    if LOST.search(header):
        return True
    plain = [plain_header(name) for name in names if not name.isascii()]
    return any(difflib.get_close_matches(plain_header(text), plain, 1, LIKE) for text in mended(header))


def mended(text: str) -> Iterator[str]:
    for read, written in WAYS:
        yield text.encode(read, "ignore").decode(written, "ignore")
