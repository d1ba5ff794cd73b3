"""The subjects, in the order of a page. To add one: docs/developers.md.

This is the only list of subjects; stages are handed it and know none of them by name.
"""

from builder.subjects.assessment import ASSESSMENT
from builder.subjects.case import CASE
from builder.subjects.disclosure import DISCLOSURE
from builder.subjects.duty import DUTY
from builder.subjects.subject import AnySubject

__all__ = ["SUBJECTS"]

SUBJECTS: tuple[AnySubject, ...] = (DUTY, CASE, DISCLOSURE, ASSESSMENT)
