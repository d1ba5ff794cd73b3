"""What Excel, an input method or a hurried hand made of a value, and what it was: functions of text and field.

Always holds: a cell in which its field finds nothing to mend is never changed, a mend that is sure is a value of the
field, and `clean` of what `clean` wrote changes nothing.
"""

from builder.mend.diagnosis import Diagnosis, clean, diagnose
from builder.mend.sentences import SENTENCES, Sentence
from builder.mend.shape import described, is_coded
from builder.mend.signs import PERSONAL
from builder.mend.valid import is_valid

__all__ = [
    "PERSONAL", "SENTENCES", "Diagnosis", "Sentence", "clean", "described", "diagnose", "is_coded", "is_valid",
]  # fmt: skip
