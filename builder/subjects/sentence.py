"""What subjects say of themselves in a sentence: numbers with their words, each leading to the rows that it counts.

Always holds: a number leads to the rows of one status only where they are as many as it says. In the templates of
blocks, the rows of one status have the id `<subject>-<status>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.language import Translator
from builder.model import Count, Ratio, Status, Unit
from builder.subjects.edition import Edition

__all__ = ["Rows", "counted", "rows", "whole"]


class Rows(NamedTuple):
    """Where the rows of a subject stand. `totals`: how many of each status are listed from the page of the unit on.

    `anchor`: the block's, `block`: where that is; `late`: path of what is overdue, where the page does not list it.
    """

    anchor: str
    block: str
    totals: Mapping[Status, int]
    late: str = ""

    def of(self, number: int, status: Status) -> str:
        """Return where the `number` rows of one status stand: the block, where they are not listed as such."""
        if self.totals.get(status) == number:
            return f"#{self.anchor}-{status.replace('_', '-')}"
        return self.late if self.late and status == Status.OVERDUE else self.block


def rows(anchor: str, totals: Mapping[Status, int], unit: Unit, edition: Edition) -> Rows:
    """Return where the rows of a unit stand; `totals`: how many of each status its page lists, or leads to."""
    return Rows(anchor, f"#{anchor}", totals, listed_late(unit, edition))


def listed_late(unit: Unit, edition: Edition) -> str:
    """Return where what is overdue in an area of the main tree is listed, "" for any other unit."""
    if unit.level != "area" or edition.tree.kind:
        return ""
    own = len(edition.tree.path(unit.code)) > 2 and not edition.tree.children.get(unit.code)
    return edition.overdue(unit.code) + (f"#area-{unit.code}" if own else "")


def whole(anchor: str, edition: Edition) -> Rows:
    """Return where rows of the whole package stand, for the home page: in the topmost area, if it is one."""
    tops = edition.tree.tops
    return Rows(anchor, f"area/{tops[0]}/#{anchor}" if len(tops) == 1 else "#areas", {}, late="overdue/")


def counted(
    translate: Translator, message: str, number: int, path: str = "", ratio: Ratio | None = None, is_late: bool = False
) -> Count:
    """Return a number in the words of `message`, which has one place `{count}`; none leads nowhere."""
    before, _, after = translate(message).partition("{count}")
    return Count(before, number, after, path if number else "", ratio, is_late)
