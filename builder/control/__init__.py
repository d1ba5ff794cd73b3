"""What of a table of persons' cases may be shown: small counts, and enough beside them that nobody works them out.

Knows numbers and trees, no subject. docs/adr/0019 says what is guaranteed and why.
"""

from __future__ import annotations

from builder.control.pairs import protected_pairs
from builder.control.tree import Status, protected

__all__ = ["Status", "protected", "protected_pairs"]
