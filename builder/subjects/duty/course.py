"""How a duty goes on: until it is done, why it is late may be told; the proof of it may come later."""

from builder.model import Course

__all__ = ["COURSES"]

COURSES = (
    Course(
        "duty", events=("done_date",), closes="done_date", told=("delay_reason", "expected_date"),
        added=("evidence_url",),
    ),
)  # fmt: skip
