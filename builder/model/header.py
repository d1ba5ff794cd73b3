"""What a header says, whatever Excel, a person or an input method made of its spaces and signs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["NOTES", "plain_header"]

NOTES = ("检查意见", "Remarks")
"""Headers of the column of notes in a workbook that a check has coloured, in Chinese and in English: it is no data."""


@lru_cache(4096)
def plain_header(text: str) -> str:
    """Return `text` without spaces and invisible characters, narrow (NFKC: （ is (, Ａ is A) and in small letters."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in narrow if unicodedata.category(sign)[0] not in "ZC").casefold()
