"""Files to public: a site is built beside the old one and takes its place whole, or not at all.

Nothing that a build did not write is ever deleted or overwritten.
"""

from builder.release.lock import write_lock
from builder.release.places import keep_apart
from builder.release.recovery import recover
from builder.release.report import FORMS, write_report
from builder.release.stamp import stamped
from builder.release.swap import Staging, staged

__all__ = ["FORMS", "Staging", "keep_apart", "recover", "staged", "stamped", "write_lock", "write_report"]
