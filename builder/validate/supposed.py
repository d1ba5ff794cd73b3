"""What the checks are given for a cell that was refused: what it was meant to be, so that one damage is one finding.

Tables with a refused cell are never published. But a code with a space, or as 3.2E+14, would be told once more as
one that does not exist, and a day that was not read as a day that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from builder.mend import diagnose
from builder.model import Field
from builder.validate.cells import Defects
from builder.validate.encoded import is_encoded
from builder.validate.merged import MERGED
from builder.validate.remarks import SENTENCES

__all__ = ["meant", "replaced"]


def meant(field: Field, defects: Iterable[Defects]) -> Mapping[str, str]:
    """Return refused text → what it was meant to be, as far as that is known."""
    texts = {
        str(text)
        for item in defects
        if item.field == field.name and item.rule not in SENTENCES and item.rule != MERGED
        for text in item.cells.unique().to_pylist()
    }
    found: dict[str, str] = {}
    for text in texts - {""}:
        cause = diagnose(text, field)
        if cause is not None and (cause.value or cause.code == "blank"):
            found[text] = cause.value
    return found


def replaced(cells: pa.ChunkedArray, texts: Mapping[str, str]) -> pa.ChunkedArray:
    """Return a column with other texts in the place of `texts`, encoded as it was."""
    if not texts:
        return cells
    words = [texts.get(text, text) for text in cells.to_pylist()]
    column = pa.array(words, pa.string())
    return pa.chunked_array([column.dictionary_encode() if is_encoded(cells) else column])

