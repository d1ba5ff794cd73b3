"""How a resident's word goes on: it is answered, and what has changed through it may be told after that."""

from builder.model import Course
from builder.subjects.feedback.statistics import TABLE

__all__ = ["COURSES"]

COURSES = (
    Course(
        "feedback",
        events=("replied_date",),
        closes="replied_date",
        told=("reply", "replied_by", "delay_reason", "expected_date"),
        added=("result",),
    ),
    Course(TABLE, revision="revision"),
)
