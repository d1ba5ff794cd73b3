"""Published counts to facts: ratios, medians, scores and sums over areas, from what `protect` has let through.

It has no other input, so no published figure can be computed from anything that may not be published.
"""

from builder.measure.definitions import definitions
from builder.measure.published import published
from builder.measure.shards import pieces

__all__ = ["definitions", "pieces", "published"]
