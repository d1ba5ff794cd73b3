"""What a check is, and the shapes that checks of many tables share: dates in order, none in the future."""

from builder.rules.check import Check, Find, as_text, issues, structural
from builder.rules.dates import not_after, order

__all__ = ["Check", "Find", "as_text", "issues", "not_after", "order", "structural"]
