"""From a private package to a public one: rows, columns and counts that anybody may have, and nothing else.

Everything behind this stage works from the public package alone, so that no page can tell more than its files do.
"""

from builder.intake.closing import Closed, close, kept
from builder.intake.identity import opaque
from builder.intake.keys import new_key, read_key
from builder.intake.place import keep_apart, put
from builder.intake.steady import steady
from builder.intake.write import write, write_counts, write_shapes

__all__ = [
    "Closed", "close", "keep_apart", "kept", "new_key", "opaque", "put", "read_key", "steady", "write", "write_counts",
    "write_shapes",
]  # fmt: skip
