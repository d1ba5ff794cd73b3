"""What a page says, as HTML: data is escaped once per distinct value, markup is printed as it is.

Always holds: a str is data, whatever it holds; only an `Html`, which nothing but our own code makes, is markup. An
Html is no str and equals nothing but itself, so no text of a cell can pass for one in the memory of what was escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import escape

__all__ = ["Html", "Printed", "escaped"]

SPECIAL = re.compile("[&<>'\"]")
"""What markupsafe escapes; most texts have nothing of it."""

MOST = 1 << 16
"""Values remembered at a time. The codes of a million cases are printed once each."""


@dataclass(frozen=True, slots=True, eq=False)
class Html:
    """Markup, ready to be printed."""

    text: str

    def __html__(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def escaped(text: str) -> str:
    """Return `text` as HTML that reads like it, in content and in attributes with quotation marks."""
    return str(escape(text)) if SPECIAL.search(text) else text


class Printed(dict[object, str]):
    """Value → what is printed for it. Only text is remembered: 1, 1.0 and True are one key and three texts."""

    def __missing__(self, value: object) -> str:
        if isinstance(value, Html):
            return value.text
        found = escaped(str(value))
        if type(value) is str:
            if len(self) >= MOST:
                self.clear()
            self[value] = found
        return found
