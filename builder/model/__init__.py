"""The frozen values that stages exchange. Nothing here reads, prints or decides."""

from builder.model.finding import Finding, Issue, Report, Severity
from builder.model.measure import CaseTally, DutyTally, Period, Ratio, Status
from builder.model.package import Field, ForeignKey, Package, Resource, Schema, Settings, SiteConfig
from builder.model.table import Address, Part, Table, Tables, TextPart, TextTable

__all__ = [
    "Address", "CaseTally", "DutyTally", "Field", "Finding", "ForeignKey", "Issue", "Package", "Part", "Period",
    "Ratio", "Report", "Resource", "Schema", "Settings", "Severity", "SiteConfig", "Status", "Table", "Tables",
    "TextPart", "TextTable",
]  # fmt: skip
