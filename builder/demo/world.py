"""What demonstration data of every subject hangs on: places, organisations, and how much of everything."""

from __future__ import annotations

from dataclasses import dataclass

from builder.demo.branches import Branches
from builder.demo.places import Places
from builder.demo.plan import Plan

__all__ = ["World"]


@dataclass(frozen=True, slots=True)
class World:
    """`where`: areas and grids; `who`: branches and who answers for which grid; `plan`: size, seed and day."""

    where: Places
    who: Branches
    plan: Plan
