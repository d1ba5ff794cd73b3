"""The gate: personal data in what is about to be published, in cells, files and finished pages.

It finds what somebody could be called, met or told apart by, in whatever way it is written. Libraries decide what is
such a number (python-stdnum, phonenumbers); a screen over distinct texts decides what they are asked about. What is
found is told in a masked form only: that is the only form in which it leaves this package in a sentence.
"""

from builder.gate.allowed import NEEDS, WAIVERS, Allowed, allowed, texts
from builder.gate.find import hits
from builder.gate.hit import Hit, Kind, masked
from builder.gate.names import suspects
from builder.gate.pdf import UnreadableError, pdf_text
from builder.gate.screen import found
from builder.gate.sentences import HINTS, SENTENCES
from builder.gate.tree import look, search, shares

__all__ = [
    "HINTS", "NEEDS", "SENTENCES", "WAIVERS", "Allowed", "Hit", "Kind", "UnreadableError", "allowed", "found", "hits",
    "look", "masked", "pdf_text", "search", "shares", "suspects", "texts",
]  # fmt: skip
