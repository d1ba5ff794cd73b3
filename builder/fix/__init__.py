"""Files mended without judgement, and files of any kind made into those of a package.

Nothing here is written but by `put`, and nothing is mended that `mend` is not sure of.
"""

from builder.fix.appended import appended
from builder.fix.file import fixed, packed
from builder.fix.former import Difference, Former, difference, former
from builder.fix.imported import taken
from builder.fix.put import put
from builder.fix.recognised import recognised, tables
from builder.fix.told import RAW, gone, is_formal, refusal, told
from builder.fix.values import Change, Dropped, Fixed, Taken

__all__ = [
    "RAW", "Change", "Difference", "Dropped", "Fixed", "Former", "Taken", "appended", "difference", "fixed", "former",
    "gone",
    "is_formal", "packed", "put", "recognised", "refusal", "tables", "taken", "told",
]  # fmt: skip
