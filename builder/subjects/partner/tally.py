"""What partners offer, need and take on, counted, and the rates that the counts make."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import Ratio
from builder.subjects.partner.definitions import MATCHED, PROJECTS

__all__ = ["COUNTED", "PARTS", "PartnerTally"]

COUNTED = ("offer", "agreed", "possible", "unmatched", "project", "done")
"""The fields of PartnerTally, which are also columns (0 or 1) of the rows that are counted."""

PARTS = ("offer", "need", "project")
"""The lists, by the role of their name in partner_item.list_kind."""


@dataclass(frozen=True, slots=True)
class PartnerTally:
    """Items of one unit. Every need is one of `agreed`, `possible`, `unmatched`; `project` includes those `done`."""

    offer: int = 0
    agreed: int = 0
    possible: int = 0
    unmatched: int = 0
    project: int = 0
    done: int = 0

    @property
    def need(self) -> int:
        """Needs, matched or not."""
        return self.agreed + self.possible + self.unmatched

    @property
    def matched(self) -> Ratio:
        """Needs with an offer ÷ needs."""
        return MATCHED.of(self)

    @property
    def projects(self) -> Ratio:
        """Projects done ÷ projects taken on."""
        return PROJECTS.of(self)
