"""Files to public: a site is built beside the old one and takes its place whole, or not at all.

Nothing that a build did not write is ever deleted or overwritten.
"""

from builder.release.lock import write_lock
from builder.release.places import keep_apart
from builder.release.recovery import recover
from builder.release.report import write_report
from builder.release.swap import Staging, staged

__all__ = ["Staging", "keep_apart", "recover", "staged", "write_lock", "write_report"]
