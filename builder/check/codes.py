"""What the codes of findings mean that no check of a table makes."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES"]

CODES: tuple[Explained, ...] = (
    Explained(
        "resource-unknown", Severity.WARNING, mark("Each table is one that a page shows."), "table",
        "cases.csv", "case.csv",
        mark("The site is updated; the table is only offered for download."),
    ),
    Explained(
        "attachment-unnamed", Severity.ERROR, mark("Each file among the attachments is named by a row."), "file",
        "–", "2026-q3-budget.pdf",
    ),
)  # fmt: skip

EXAMPLES = {
    "personal-data": ("138*****", "0517-00000000"),
    "personal-data-unread": ("scan.pdf", "text.pdf"),
    "waiver-expired": ("2025-12-31", "2027-12-31"),
    "waiver-unused": ("1", "–"),
    "attachment-missing": ("budget.pdf → –", "budget.pdf → attachments/budget.pdf"),
    "attachment-name": ("budget 2026 (2).pdf", "2026-q3-budget.pdf"),
    "attachment-too-large": ("24 MB", "2 MB"),
    "attachment-type": ("photo.heic → photo.jpg", "photo.jpg"),
    "attachment-metadata": ("photo.jpg (GPS)", "photo.png"),
    "attachment-unsafe": ("form.pdf (JavaScript)", "form.pdf"),
    "geometry-code": ("{{}}", '{{"grid_id": "320812001001001"}}'),
    "geometry-unknown": ("320812001001999", "320812001001001"),
    "geometry-twice": ("Polygon, Polygon", "MultiPolygon"),
    "geometry-kind": ("Point", "Polygon"),
    "geometry-ring": ("A, B, C", "A, B, C, A"),
    "geometry-place": ("[33.59, 119.02]", "[119.02, 33.59]"),
    "geometry-empty": ("A, B, A", "A, B, C, A"),
    "geometry-mended": ("A, C, B, D, A", "A, B, C, D, A"),
    "geometry-overlap": ("12 %", "0 %"),
}
"""Code → wrong, right, of rules that are made for each column or shape."""
