"""How a case goes on: accepted, responded to, resolved. A limit that moves is a correction."""

from builder.model import Course
from builder.subjects.case.quarters import TABLE

__all__ = ["COURSES"]

COURSES = (
    Course(
        "case",
        events=("accepted_date", "responded_date", "resolved_date"),
        closes="resolved_date",
        steps={"stage": (("waiting",), ("open",), ("closed",))},
        told=("handler_kind", "method", "outcome", "delay_reason", "expected_date"),
    ),
    Course(TABLE, revision="revision"),
)
