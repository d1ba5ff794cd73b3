"""What Excel, an input method or a hurried hand made of a value, and what it was: functions of text and field.

Always holds: a cell in which its field finds nothing to mend is never changed, a mend that is sure is a value of the
field, and `clean` of what `clean` wrote changes nothing.
"""

from builder.mend.diagnosis import ERROR, Diagnosis, clean, diagnose
from builder.mend.formal import is_formal
from builder.mend.garbled import SUSPECT, garbled, is_lossy
from builder.mend.keys import is_rounded
from builder.mend.odd import LIKELY_YEARS, is_odd_phone, is_odd_year, meant_phone
from builder.mend.sentences import SENTENCES, Sentence
from builder.mend.shape import described, either, shape
from builder.mend.signs import BLANK, EDGES, INVISIBLE, PERSONAL, SPACES
from builder.mend.valid import is_valid
from builder.mend.words import APART, apostrophe, escaped, is_lossy_name, is_nobody, is_nothing, radicals

__all__ = [
    "APART", "BLANK", "EDGES", "ERROR", "INVISIBLE", "LIKELY_YEARS", "PERSONAL", "SENTENCES", "SPACES", "SUSPECT",
    "Diagnosis", "Sentence", "apostrophe", "clean", "described", "diagnose", "either", "escaped", "garbled",
    "is_formal", "is_lossy", "is_lossy_name", "is_nobody", "is_nothing", "is_odd_phone", "is_odd_year", "is_rounded",
    "is_valid", "meant_phone", "radicals", "shape",
]  # fmt: skip
