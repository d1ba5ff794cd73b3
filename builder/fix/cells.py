"""Cells as `mend` would have them, each distinct text of a column once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder import mend
from builder.fix import words
from builder.fix.values import Change
from builder.model import Field, letter

__all__ = ["Cleaner"]


class Cleaner:
    """Mends the cells of the columns `fields`, by position; None is a column of which nothing is known.

    `is_exact`: only cells that their field refuses are touched. A name with a space behind it is fine, and of a file
    that is fine every byte stays.
    """

    def __init__(self, fields: Sequence[Field | None], *, is_exact: bool) -> None:
        self.columns = tuple((place, field, dict[str, str]()) for place, field in enumerate(fields) if field)
        self.is_exact = is_exact

    def mended(self, row: int, cells: Sequence[str]) -> Iterator[tuple[int, Change]]:
        """Yield position and change of every cell that is mended; `row` as Excel counts."""
        for place, field, known in self.columns:
            old = cells[place]
            if not old:
                continue
            new = known.get(old)
            if new is None:
                new = known[old] = self.clean(old, field)
            if new != old:
                found = mend.diagnose(old, field)
                yield place, Change(row, letter(place), field.name, old, new, found.code if found else words.SPACES)

    def clean(self, text: str, field: Field) -> str:
        """Return what a cell should say."""
        new = mend.clean(text, field)
        if new == text or not self.is_exact:
            return new
        found = mend.diagnose(text, field)
        return new if found is not None and found.is_sure else text
