"""Whether the last cell of a file is whole: told by what its column asks for, and by the cells above it.

A file that was cut off between two rows, or after a cell that is whole, cannot be told from one that is complete; for
that a package says how many rows there are at least.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.model import Field

__all__ = ["is_cut"]

DAY = re.compile(r"[0-9]{1,4}|[0-9]{4}-(?:[0-9]{1,2}(?:-[0-9]?)?)?")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[0-9]{1,2}(?::(?:[0-9]{1,2}(?::[0-9]?)?)?)?)?")

FEWEST = 3
"""Cells above of one length, from which a shorter one is cut."""


def is_cut(cell: str, field: Field, above: Sequence[str]) -> bool:
    """Return whether a cell is the beginning of one that its `field` would take; `above`: other cells of its column."""
    if not cell:
        return field.required
    if field.type in ("date", "datetime"):
        return bool(DAY.fullmatch(cell)) or (field.type == "datetime" and bool(MOMENT.fullmatch(cell)))
    words = [*field.descriptor.get("constraints", {}).get("enum", ())]
    if field.type == "boolean":
        words = [*field.descriptor.get("trueValues", ("true",)), *field.descriptor.get("falseValues", ("false",))]
    if words:
        return cell not in map(str, words) and any(str(word).startswith(cell) for word in words)
    lengths = {len(text) for text in above if text}
    is_code = "pattern" in field.descriptor.get("constraints", {})
    return is_code and len(above) >= FEWEST and len(lengths) == 1 and len(cell) < lengths.pop()
