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
        self.columns = tuple(
            (place, field, dict[str, tuple[str, str]]()) for place, field in enumerate(fields) if field
        )
        self.is_exact = is_exact

    def mended(self, row: int, cells: Sequence[str]) -> Iterator[tuple[int, Change]]:
        """Yield position and change of every cell that is mended; `row` as Excel counts."""
        for place, field, known in self.columns:
            old = cells[place]
            if not old:
                continue
            mended = known.get(old)
            if mended is None:
                mended = known[old] = self.clean(old, field)
            new, why = mended
            if new != old:
                yield place, Change(row, letter(place), field.name, old, new, why)

    def clean(self, text: str, field: Field) -> tuple[str, str]:
        """Return what a cell should say, and why it does not."""
        new = mend.clean(text, field)
        if new == text:
            return text, ""
        found = mend.diagnose(text, field)
        is_meant = not self.is_exact or (found is not None and found.is_sure)
        return new if is_meant else text, found.code if found else words.SPACES
