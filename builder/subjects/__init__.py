"""The subjects, in the order of a page. To add one: docs/developers.md.

This is the only list of subjects; stages are handed it and know none of them by name.
"""

from builder.subjects.assessment import ASSESSMENT
from builder.subjects.case import CASE
from builder.subjects.disclosure import DISCLOSURE
from builder.subjects.duty import DUTY
from builder.subjects.feedback import FEEDBACK
from builder.subjects.ledger import LEDGER
from builder.subjects.partner import PARTNER
from builder.subjects.project import PROJECT
from builder.subjects.roster import ROSTER
from builder.subjects.subject import AnySubject

__all__ = ["SUBJECTS"]

SUBJECTS: tuple[AnySubject, ...] = (DUTY, ROSTER, CASE, DISCLOSURE, ASSESSMENT, PROJECT, LEDGER, PARTNER, FEEDBACK)
