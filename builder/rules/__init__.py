"""What a check is, and the shapes that checks of many tables share: dates in order, none in the future, no copies."""

from builder.rules.check import Check, Find, as_text, issues, structural
from builder.rules.copies import copies
from builder.rules.dates import not_after, order
from builder.rules.doubled import doubled
from builder.rules.named import named_apart
from builder.rules.rhythm import going_on, various

__all__ = [
    "Check", "Find", "as_text", "copies", "doubled", "going_on", "issues", "named_apart", "not_after", "order",
    "structural", "various",
]  # fmt: skip
