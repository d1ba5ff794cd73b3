"""How a time on duty goes on: when it is over it may leave the table, which looks ahead."""

from builder.model import Course

__all__ = ["COURSES"]

COURSES = (Course("roster", leaves="end"),)
