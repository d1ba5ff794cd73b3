"""Text tables against their schemas: typed tables and findings. Frictionless lives here and nowhere else.

Every cell is seen by Frictionless; keys that reach across rows and tables are `checks`' business. All
defects are collected; a cell that is no value of its type is empty in the typed table, so that the checks can run.
"""

from builder.validate.codes import CODES
from builder.validate.tables import tables

__all__ = ["CODES", "tables"]
