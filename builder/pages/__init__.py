"""Facts to contexts: one frozen context per page, complete and in order, so that templates only format.

Pages are planned as keys; a context is made from its key alone, whatever other pages there are.
"""

from builder.pages.kinds import PageKey, absent, kinds, made, plan
from builder.pages.sources import Sources, sources, with_files

__all__ = ["PageKey", "Sources", "absent", "kinds", "made", "plan", "sources", "with_files"]
