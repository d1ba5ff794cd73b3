"""Tables to facts, in two steps with `protect` between them; pure pandas, no I/O, no clock.

`counts` makes tallies that add up, keyed by unit and category, and holds everything. `measures` makes
what is published (ratios, medians, scores) and sees only what `protect` has let through, so that no
published figure can be computed from anything that may not be published.
"""

from builder.derive.counts import counts
from builder.derive.measures import measures

__all__ = ["counts", "measures"]
