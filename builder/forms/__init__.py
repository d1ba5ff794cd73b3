"""A form for staff: an Excel workbook of one table, in which the cells know what may stand in them.

Always holds: what a package may not have has no column here, so it cannot be filled in. A filled form is an input that
the engine reads: its first sheet has the titles as headers, and nothing but rows below them.
"""

from builder.forms.choices import MOST_CHOICES, missing
from builder.forms.rows import MOST_ROWS
from builder.forms.wanted import needed, resources
from builder.forms.workbook import ROWS, workbook

__all__ = ["MOST_CHOICES", "MOST_ROWS", "ROWS", "missing", "needed", "resources", "workbook"]
