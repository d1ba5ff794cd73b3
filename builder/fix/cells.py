"""Cells as `mend.clean` would have them, each distinct text of a column once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder import mend
from builder.fix import words
from builder.fix.values import Change
from builder.model import Field, letter

__all__ = ["Cleaner"]


class Cleaner:
    """Mends the cells of the columns `fields`, by position; None is a column of which nothing is known."""

    def __init__(self, fields: Sequence[Field | None]) -> None:
        self.columns = tuple((place, field, dict[str, str]()) for place, field in enumerate(fields) if field)

    def mended(self, row: int, cells: Sequence[str]) -> Iterator[tuple[int, Change]]:
        """Yield position and change of every cell that is mended; `row` as Excel counts."""
        for place, field, known in self.columns:
            old = cells[place]
            if not old:
                continue
            new = known.get(old)
            if new is None:
                new = known[old] = mend.clean(old, field)
            if new != old:
                yield place, Change(row, letter(place), field.name, old, new, why(old, field))


def why(text: str, field: Field) -> str:
    """Return the code of what is wrong with a cell that can be mended."""
    found = mend.diagnose(text, field)
    return found.code if found else words.SPACES
