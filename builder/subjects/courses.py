"""How the rows of every table go on, as the tree and the subjects say."""

from __future__ import annotations

from collections.abc import Sequence

from builder import places
from builder.model import Course
from builder.subjects.subject import AnySubject

__all__ = ["courses"]


def courses(subjects: Sequence[AnySubject]) -> tuple[Course, ...]:
    """Return the course of each table that has one; of a table without, every change is a correction."""
    return (*places.COURSES, *(course for subject in subjects for course in subject.courses))
