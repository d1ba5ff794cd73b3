"""How the tree goes on: a grid is closed, and a branch answers for one up to some day."""

from builder.model import Course

__all__ = ["COURSES"]

COURSES = (Course("grid", ends=("closed_date",)), Course("branch_grid", ends=("to_date",)))
