"""What an indicator does to the composite score: the roles of the column `kind`; without it every one is ordinary."""

from __future__ import annotations

__all__ = ["BONUS", "PENALTY", "ROLES", "SCORED", "VETO"]

SCORED, BONUS, PENALTY, VETO = "scored", "bonus", "penalty", "veto"
ROLES = (SCORED, BONUS, PENALTY, VETO)
