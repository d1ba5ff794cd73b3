"""What the codes of findings about what may be published mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Explained, Severity

__all__ = ["CODES"]

CODES: tuple[Explained, ...] = (
    Explained(
        "policy-lock",
        Severity.ERROR,
        mark("A package has a policy.lock that says what is published of it."),
        "file",
        "–",
        "policy.lock",
    ),
    Explained(
        "policy-widened",
        Severity.ERROR,
        mark("No more is published than policy.lock says."),
        "file",
        "publish: never → public",
        "mingge policy --renew",
    ),
    Explained(
        "private-rows",
        Severity.ERROR,
        mark("A public package has only the rows that may be listed one by one."),
        "table",
        mark("a protected case"),
        "–",
    ),
)
