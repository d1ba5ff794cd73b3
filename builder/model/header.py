"""What a header says, whatever Excel, a person or an input method made of its spaces and signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["NOTES", "plain_header"]

NOTES = ("检查意见", "Remarks")
"""Headers of the column of notes in a workbook that a check has coloured, in Chinese and in English: it is no data."""

MARKED = re.compile(r"[(\[【](?:必填|必填项|required)[)\]】]|^\*+|\*+$")
"""How forms say that a column must be filled in, ours too: a CSV saved from one has it in its header."""


@lru_cache(4096)
def plain_header(text: str) -> str:
    """Return `text` without spaces and invisible characters, narrow (NFKC: （ is (, Ａ is A) and in small letters.

    A mark that the column must be filled in is no part of its name: 网格编码（必填） and 网格编码* are 网格编码.
    """
    narrow = unicodedata.normalize("NFKC", text)
    return MARKED.sub("", "".join(sign for sign in narrow if unicodedata.category(sign)[0] not in "ZC").casefold())
