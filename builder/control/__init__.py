"""What of a table of persons' cases may be shown: small counts, and enough beside them that nobody works them out.

Knows numbers and trees, no subject. What is guaranteed, and why: docs/adr/0019.
"""

from __future__ import annotations

from builder.control.pairs import protected_pairs
from builder.control.revision import Revision, revisable
from builder.control.tree import Status, protected

__all__ = ["Revision", "Status", "protected", "protected_pairs", "revisable"]
