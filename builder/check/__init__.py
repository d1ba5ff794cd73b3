"""Rules across cells, rows and tables: Tables → findings. A check judges; it never changes a table.

The rules of keys come from each package's schemas (`keys.of`), those of the tree from `places`, all others from
the subjects.
"""

from builder.check.explained import explained
from builder.check.geometry import findings as shapes
from builder.check.personal import unwaived
from builder.check.retold import retold
from builder.check.run import rules, tables
from builder.check.since import compared

__all__ = ["compared", "explained", "retold", "rules", "shapes", "tables", "unwaived"]
