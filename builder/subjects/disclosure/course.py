"""How a disclosure goes on: step by step, and its text stays empty until it is published."""

from builder.model import Course
from builder.subjects.disclosure.needs import STEPS

__all__ = ["COURSES"]

COURSES = (Course("disclosure", events=STEPS, closes=STEPS[-1], told=("title", "text", "attachment")),)
