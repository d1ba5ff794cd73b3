"""Tables to counts that add up, keyed by unit and category: everything, protected categories included.

Nothing of this is published; it goes to `protect`. Pure pandas, no I/O, no clock.
"""

from builder.count.tables import tables

__all__ = ["tables"]
