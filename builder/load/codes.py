"""What the codes of findings about whole files mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES"]

ERROR = Severity.ERROR

CODES: tuple[Explained, ...] = (
    Explained(
        "unreadable-file", ERROR, mark("A file can be read as a table from its first byte to its last."), "file",
        "case.xlsx → case.csv", "case.csv (UTF-8, GB18030)",
    ),
)  # fmt: skip
