"""Facts to contexts: one frozen context per page, complete and in order, so that templates only format.

Pages are planned as keys; a context is made from its key alone, whatever other pages there are.
"""

from builder.pages.atlas import mapped, positions, with_map
from builder.pages.beside import digests, with_news
from builder.pages.document import shape
from builder.pages.kinds import PageKey, absent, entries, kinds, made, of_rows, plan
from builder.pages.sources import (
    Guide,
    Sources,
    compared,
    guide,
    sources,
    with_changes,
    with_files,
    with_openness,
    with_rules,
)
from builder.pages.tables import tables

__all__ = [
    "Guide", "PageKey", "Sources", "absent", "compared", "digests", "entries", "guide", "kinds", "made", "mapped",
    "of_rows", "plan", "positions", "shape", "sources", "tables", "with_changes", "with_files", "with_map", "with_news",
    "with_openness", "with_rules",
]  # fmt: skip
