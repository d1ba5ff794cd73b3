"""The codes of what is found before a cell is judged, explained: files, encodings, shapes, sheets."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES"]

ERROR, WARNING = Severity.ERROR, Severity.WARNING

FILE, ROW, HEADER = "file", "row", "header"

CODES: tuple[Explained, ...] = (
    Explained(
        "unreadable-file", ERROR, mark("A file can be read as a table from its first byte to its last."), "file",
        "case.xlsx → case.csv", "case.csv (UTF-8, GB18030)",
    ),
    Explained(
        "missing-file", ERROR,
        mark("Every table has its file."),
        FILE, "case (1).csv", "case.csv",
    ),
    Explained(
        "newer-file", ERROR,
        mark("No newer version of a table lies beside the file that is read."),
        FILE, "case.csv, case(1).csv", "case.csv",
    ),
    Explained(
        "unread-file", WARNING,
        mark("Every file in the package’s folder is read by something."),
        FILE, "case.csv, case(1).csv.txt", "case.csv",
        mark("The file is on no page. Nobody has looked at whether it may be public."),
    ),
    Explained(
        "not-a-table", ERROR,
        mark("A file is what its ending says."),
        FILE, "<html><table>…", "case_id,grid_id,…",
    ),
    Explained(
        "wrong-encoding", ERROR,
        mark("A file is in UTF-8, UTF-16 with a mark, or GB18030, from its first line to its last."),
        FILE, "Big5, Shift-JIS, Windows-1252", "UTF-8",
    ),
    Explained(
        "damaged-file", ERROR,
        mark("No byte of a file is damaged."),
        FILE, "2026-0\\0-05", "2026-03-05",
    ),
    Explained(
        "cut-file", ERROR,
        mark("A file is complete to its last cell."),
        FILE, "2026-10-2", "2026-10-21",
    ),
    Explained(
        "wrong-separator", ERROR,
        mark("Cells are separated by commas, tabs or semicolons, in the whole file."),
        FILE, "case_id|grid_id", "case_id,grid_id",
    ),
    Explained(
        "title-row", ERROR,
        mark("The names of the columns stand in row 1."),
        HEADER, "2026-10,,", "case_id,grid_id,…",
    ),
    Explained(
        "no-header", ERROR,
        mark("The first row holds the names of the columns."),
        HEADER, "C00000001,320812001001001,…", "case_id,grid_id,…",
    ),
    Explained(
        "unknown-header", ERROR,
        mark("The first row holds names of columns of this table."),
        HEADER, "a,b,c", "case_id,grid_id,…",
    ),
    Explained(
        "two-row-header", ERROR,
        mark("The names of the columns stand in one row."),
        HEADER, "case_id,date,, / ,received,resolved,", "case_id,received_date,resolved_date",
    ),
    Explained(
        "garbled-header", ERROR,
        mark("The names of the columns can be read."),
        HEADER, "case??id", "case_id",
    ),
    Explained(
        "other-table", ERROR,
        mark("A file holds the table that it is called after."),
        FILE, "case.csv: grid_id,name,…", "case.csv: case_id,grid_id,…",
    ),
    Explained(
        "repeated-header", ERROR,
        mark("The names of the columns stand there once."),
        ROW, "case_id,grid_id | C1,… | case_id,grid_id", "case_id,grid_id | C1,…",
    ),
    Explained(
        "total-row", ERROR,
        mark("A table holds no totals."),
        ROW, "C1,… | Total,,312", "C1,…",
    ),
    Explained(
        "note-row", ERROR,
        mark("Nothing stands below a table."),
        ROW, "C1,… | 2026-03-05", "C1,…",
    ),
    Explained(
        "several-sheets", ERROR,
        mark("One sheet of a workbook holds the table."),
        FILE, "2026-01, 2026-02", "case.csv",
    ),
    Explained(
        "hidden-sheet", ERROR,
        mark("The sheet that holds the table can be seen."),
        FILE, "case.xlsx: (case)", "case.xlsx: case",
    ),
    Explained(
        "merged-cells", ERROR,
        mark("No cells of a table are merged."),
        "cell", "A3:A5", "A3, A4, A5",
    ),
    Explained(
        "formula-without-value", ERROR,
        mark("Every formula of a workbook has been worked out."),
        "cell", "=B2-B3", "312",
    ),
)  # fmt: skip
