"""What the code of a finding means: what staff look up, and what the page of codes is made from."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.finding import Severity

__all__ = ["Explained"]


@dataclass(frozen=True, slots=True)
class Explained:
    """One code. `rule`: a message id, what should hold, in a sentence; `about`: file, header, row, cell or table.

    `wrong`, `right`: how it looks in a file, and how it should look: values, or message ids where they are words.
    {field} in them becomes the title of that field, {table.field} that of another table's, {field:role} a word that
    plays the role there. `effect`: a message id, what becomes of the site as long as it stays; "" where that follows
    from the severity. `resource`: the one it is about, "" for any.
    """

    code: str
    severity: Severity
    rule: str
    about: str
    wrong: str
    right: str
    effect: str = ""
    resource: str = ""
