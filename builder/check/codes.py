"""What the codes of findings mean that are no check of a table's own: for the page on which staff look them up."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES", "EARLIER", "EMPTIED", "FEWER", "MORE", "NOTHING_NEW", "VANISHED"]

FEWER, MORE, EMPTIED = "fewer-rows", "many-more-rows", "emptied-column"
VANISHED, NOTHING_NEW, EARLIER = "vanished-table", "nothing-new", "earlier-than-before"

STAFF = mark("The site is built all the same; only staff are told.")

CODES: tuple[Explained, ...] = (
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
