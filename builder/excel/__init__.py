"""What Excel's files are made with: tables of many rows for `site`, forms for staff. Knows nothing of packages."""

from builder.excel import spreadsheet
from builder.excel.book import DAY_0, FIRST_DAY, LONGEST_TEXT, begun, plain, sheet_name, units, width
from builder.excel.spreadsheet import Column, Sheet, Style

__all__ = [
    "DAY_0", "FIRST_DAY", "LONGEST_TEXT", "Column", "Sheet", "Style", "begun", "plain", "sheet_name", "spreadsheet",
    "units", "width",
]  # fmt: skip
