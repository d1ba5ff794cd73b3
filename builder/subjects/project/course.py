"""How a project goes on: stage by stage; what was paid grows, and what came of it may be told after its end."""

from builder.model import Course
from builder.subjects.project.stages import STAGES, actual

__all__ = ["COURSES"]

COURSES = (
    Course(
        "project",
        events=tuple(actual(stage) for stage in STAGES),
        closes=actual(STAGES[-1]),
        told=("contract", "delay_reason", "expected_date"),
        added=("result", "photo"),
        grows=("paid", "paid_date"),
    ),
)
