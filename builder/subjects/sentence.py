"""What subjects say of themselves in a sentence: numbers with their words, each leading to the rows that it counts.

Always holds: a number leads to rows only where as many are listed as it says. Lists of one status have the id
`<subject>-<status>` in the templates of blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from builder.language import Translator
from builder.model import Count, Ratio, Status, Unit
from builder.subjects.edition import Edition

__all__ = ["Rows", "counted", "rows", "whole"]


class Rows(NamedTuple):
    """Where rows of a subject stand: how many of each status on the page, all of them, and what is overdue elsewhere.

    `anchor`: the block's, `block`: where that is; `more`: path of the full list, "" for none; `late`: path of what is
    overdue, "" for none.
    """

    anchor: str
    block: str
    shown: Counter[Status]
    more: str = ""
    late: str = ""

    def of(self, number: int, *statuses: Status) -> str:
        """Return the place of the `number` rows of one status; of several, or of what is not on the page: of all."""
        if not number:
            return ""
        if len(statuses) == 1 and self.shown[statuses[0]] == number:
            return f"#{self.anchor}-{statuses[0].replace('_', '-')}"
        if self.late and set(statuses) == {Status.OVERDUE}:
            return self.late
        return self.more or self.block


def rows(anchor: str, statuses: Iterable[Status], more: str, unit: Unit, edition: Edition) -> Rows:
    """Return where the rows of a unit stand; `statuses`: those of the rows on its page."""
    return Rows(anchor, f"#{anchor}", Counter(statuses), more, listed_late(unit, edition))


def listed_late(unit: Unit, edition: Edition) -> str:
    """Return where what is overdue in an area of the main tree is listed, "" for any other unit."""
    if unit.level != "area" or edition.tree.kind:
        return ""
    own = len(edition.tree.path(unit.code)) > 2 and not edition.tree.children.get(unit.code)
    return edition.overdue(unit.code) + (f"#area-{unit.code}" if own else "")


def whole(anchor: str, edition: Edition) -> Rows:
    """Return where rows of the whole package stand, for the home page: in the topmost area, if it is one."""
    tops = edition.tree.tops
    return Rows(anchor, f"area/{tops[0]}/#{anchor}" if len(tops) == 1 else "#areas", Counter(), late="overdue/")


def counted(
    translate: Translator, message: str, number: int, path: str = "", ratio: Ratio | None = None, is_late: bool = False
) -> Count:
    """Return a number in the words of `message`, which has one place `{count}`."""
    before, _, after = translate(message).partition("{count}")
    return Count(before, number, after, path, ratio, is_late)
