"""What may be published. Deny by default: whatever is not allowed here does not reach a page or a file."""

from builder.protect.categories import counts
from builder.protect.columns import columns
from builder.protect.rows import rows

__all__ = ["columns", "counts", "rows"]
