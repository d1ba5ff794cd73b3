"""The days that figures may describe: far enough from the ends of the calendar that no arithmetic leaves it."""

from datetime import date

__all__ = ["FIRST_DAY", "LAST_DAY"]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9998, 12, 31)
"""A day outside could be shifted by a period or a limit to where Python's calendar ends."""
