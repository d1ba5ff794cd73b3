"""What an indicator does to the composite score: the roles of the column `kind`; without it every one is ordinary."""

from __future__ import annotations

__all__ = ["BONUS", "PENALTY", "ROLES", "SCORED", "SIGNS", "VETO"]

SCORED, BONUS, PENALTY, VETO = "scored", "bonus", "penalty", "veto"
ROLES = (SCORED, BONUS, PENALTY, VETO)
SIGNS = {SCORED: 1, BONUS: 1, PENALTY: -1, VETO: 0}
"""How the points of an indicator enter the sum."""
