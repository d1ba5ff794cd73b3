"""What reads like a code, whatever the column it stands in."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["looks_coded"]

CODE = re.compile(r"[A-Z]{0,2}[0-9]{2,}(?:[-.][0-9]+)*|[0-9]+(?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}")


def looks_coded(text: str) -> bool:
    """Return whether a text reads like a code whatever its column: at most two capital letters, then digits.

    Its spaces, apostrophes and widths aside. A name, an account or a sentence in Latin letters does not, although many
    a pattern of codes would let it pass.
    """
    narrow = unicodedata.normalize("NFKC", text)
    return CODE.fullmatch("".join(narrow.split()).strip("'\"")) is not None
