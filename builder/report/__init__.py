"""The report of a check: one frozen value (`Document`), and every form in which people and programs read it.

Nothing here sees a finding, only remarks: what staff may read of it (see `protect`). Nothing here writes or prints.
"""

from builder.report.document import Document, File, Item, Kind, document
from builder.report.page import as_html

__all__ = ["Document", "File", "Item", "Kind", "as_html", "document"]
