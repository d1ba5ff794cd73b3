"""The report of a check: one frozen value (`Document`), and every form in which people and programs read it.

Nothing here sees a finding, only remarks: what staff may read of it (see `protect`). Nothing here writes or prints.
"""

from builder.report.console import Line, as_console
from builder.report.document import Document, File, Item, Kind, document
from builder.report.entries import SCHEMA, as_csv, as_json
from builder.report.github import as_github, as_markdown
from builder.report.junit import as_junit
from builder.report.page import as_html
from builder.report.workbook import coloured

__all__ = [
    "SCHEMA", "Document", "File", "Item", "Kind", "Line", "as_console", "as_csv", "as_github", "as_html", "as_json",
    "as_junit", "as_markdown", "coloured", "document",
]  # fmt: skip
