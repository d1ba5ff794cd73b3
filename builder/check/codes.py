"""What the codes of findings mean that no check of a table makes."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES", "EARLIER", "EMPTIED", "FEWER", "MORE", "NOTHING_NEW", "VANISHED"]

FEWER, MORE, EMPTIED = "fewer-rows", "many-more-rows", "emptied-column"
VANISHED, NOTHING_NEW, EARLIER = "vanished-table", "nothing-new", "earlier-than-before"

STAFF = mark("The site is built all the same; only staff are told.")

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
    Explained(
        FEWER, Severity.WARNING, mark("A table has not noticeably fewer rows than in the last release."), "table",
        "367", "370", STAFF,
    ),
    Explained(
        MORE, Severity.WARNING, mark("A table has not suddenly twice as many rows as in the last release."), "table",
        "1084", "542", STAFF,
    ),
    Explained(
        EMPTIED, Severity.WARNING, mark("A column that was filled in the last release has not lost its cells."),
        "table", "60 %", "100 %", STAFF,
    ),
    Explained(
        VANISHED, Severity.WARNING, mark("A table of the last release is still there."), "file",
        "–", "project.csv", STAFF,
    ),
    Explained(
        NOTHING_NEW, Severity.WARNING, mark("Where as_of moves on, rows are added or change."), "table",
        "2026-10-31 → 2026-11-30: 542 = 542", "2026-10-31 → 2026-11-30: 542 → 561", STAFF,
    ),
    Explained(
        EARLIER, Severity.WARNING, mark("The day that is described does not lie before that of the last release."),
        "file", "2026-09-30", "2026-10-31", STAFF,
    ),
)  # fmt: skip

EXAMPLES = {
    "row-missing": ("320812001001001 (case.csv 36) → –", "320812001001001"),
    "personal-data": ("138*****", "–"),
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
