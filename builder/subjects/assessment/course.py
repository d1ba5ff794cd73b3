"""How an assessment goes on: its proof may come later, and an indicator may be used no more from some day on."""

from builder.model import Course

__all__ = ["COURSES"]

COURSES = (Course("assessment", added=("evidence_url",)), Course("indicator", ends=("valid_to_date",)))
