"""What the codes of findings about headers, rows and cells mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity
from builder.validate.causes import CAUSES

__all__ = ["CODES"]

ERROR, WARNING = Severity.ERROR, Severity.WARNING

CODES: tuple[Explained, ...] = (
    Explained(
        "unknown-column",
        ERROR,
        mark("Each header names a column of the table."),
        "header",
        mark("Date receivd"),
        mark("Date received"),
    ),
    Explained(
        "duplicate-column",
        ERROR,
        mark("Each column stands in a file once."),
        "header",
        mark("Date resolved | Date resolved"),
        mark("Date resolved"),
    ),
    Explained(
        "missing-column",
        ERROR,
        mark("A file has every column that is required or that figures are made from."),
        "header",
        mark("Case | Stage"),
        mark("Case | Grid | Stage"),
    ),
    Explained(
        "absent-column",
        WARNING,
        mark("A file has every column of its table, empty if need be."),
        "header",
        mark("Case | Grid"),
        mark("Case | Grid | Reason for delay"),
        mark("The site is updated; what the column would tell is not shown."),
    ),
    Explained(
        "exchanged-headers", ERROR, mark("Each header stands over the cells of its own column."), "header",
        mark("Stage | Grid"), mark("Grid | Stage"),
    ),
    Explained("ragged-row", ERROR, mark("Each row has as many cells as the header."), "row", "C1,A01", "C1,A01,"),
    Explained(
        "shifted-row", ERROR, mark("Each cell of a row stands under its own header."), "row",
        "C00000031 | – | A01", "C00000031 | A01 | –",
    ),
    Explained("blank-row", ERROR, mark("No row between others is empty."), "row", "C1 | – | C2", "C1 | C2"),
    Explained(
        "too-few-rows", ERROR, mark("A table has at least as many rows as datapackage.json expects."), "table", "0", "1"
    ),
    Explained(
        "private-cells",
        ERROR,
        mark("A column that may not lie in this package is empty."),
        "header",
        mark("Reported by: 30 cells"),
        mark("Reported by: –"),
    ),
    Explained("type-error", ERROR, mark("A cell is of the kind of its column."), "cell", "2026-02-30", "2026-02-28"),
    Explained("required-constraint", ERROR, mark("A required cell is filled."), "cell", "–", "C00000031"),
    Explained(
        "enum-constraint",
        ERROR,
        mark("A cell holds one of the words of its column, to the letter."),
        "cell",
        mark("done"),
        mark("resolved"),
    ),
    Explained("pattern-constraint", ERROR, mark("A cell has the form of its column."), "cell", "A1", "A01"),
    Explained("minimum-constraint", ERROR, mark("A value is not below the least that is possible."), "cell", "-5", "5"),
    Explained(
        "maximum-constraint", ERROR, mark("A value is not above the most that is possible."), "cell", "120", "100"
    ),
    Explained(
        "minlength-constraint",
        ERROR,
        mark("A text is not shorter than its column asks."),
        "cell",
        mark("ok"),
        mark("resolved on site"),
    ),
    Explained(
        "maxlength-constraint", ERROR, mark("A text is not longer than its column allows."), "cell", "………………", "………"
    ),
    Explained(
        "control-character",
        WARNING,
        mark("A text holds no characters that nobody sees."),
        "cell",
        mark("Main�Street"),
        mark("Main Street"),
        mark("The site is updated; the sign � is shown in their place."),
    ),
    Explained(
        "formula",
        WARNING,
        mark("A text does not begin like a formula."),
        "cell",
        "=SUM(A1:A9)",
        mark("9 in all"),
        mark("The site is updated; whoever opens the download in Excel may run it."),
    ),
    Explained(
        "nameless-column",
        ERROR,
        mark("Every column that holds anything has a name."),
        "header",
        "case_id,,grid_id",
        "case_id,category_id,grid_id",
    ),
    *CAUSES,
)
