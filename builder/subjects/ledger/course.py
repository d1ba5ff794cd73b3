"""How a balance goes on: what is left at the end of a period is known after it."""

from builder.model import Course

__all__ = ["COURSES"]

COURSES = (Course("ledger_balance", added=("closing",)),)
