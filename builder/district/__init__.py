"""A repository for a district of its own: areas as they are, placeholders for the rest, and all that a night needs.

Always holds: what is written builds at once, says on every page that its data was made up until somebody changes that,
and replaces no file. Nothing is read from the network.
"""

from builder.district.areas import from_divisions, from_file, title
from builder.district.plan import Plan
from builder.district.write import moved, refuse_occupied, staged, write

__all__ = ["Plan", "from_divisions", "from_file", "moved", "refuse_occupied", "staged", "title", "write"]
