"""The stylesheet of the tables: what their cells would repeat ten thousand times, said once a site.

On a phone a row is a card and each cell needs its column's title beside it; numbers and dates are set apart. Both are
said here by a table's kind and the cell's place, from the columns that the table's own head is made from: those that
templates/tables declare, and those that depend on the package.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import Environment

from builder.model import TableColumn, TableKind

__all__ = ["css", "kinds", "text"]

FOLDER = "tables/"
TEMPLATE = "tables.css"


def text(environment: Environment, package: Sequence[TableKind]) -> str:
    """Return the stylesheet of the declared kinds of tables and of those of the `package`."""
    cells = [
        (kind.name, place, column)
        for kind in sorted((*kinds(environment), *package))
        for place, column in enumerate(kind.columns[1:], 2)
    ]
    return environment.get_template(TEMPLATE).render(
        numbers=[(name, place) for name, place, column in cells if column.type == "number"],
        dates=[(name, place) for name, place, column in cells if column.type == "date"],
        labels=[(name, place, column.title) for name, place, column in cells],
        css=css,
    )


def kinds(environment: Environment) -> tuple[TableKind, ...]:
    """Return the kinds of tables that templates declare: every (name, columns) that a file of tables/ exports."""
    names = sorted(name for name in environment.list_templates() if name.startswith(FOLDER))
    exported = (value for name in names for value in vars(environment.get_template(name).module).values())
    pairs = (value for value in exported if isinstance(value, tuple))
    return tuple(TableKind(name, tuple(TableColumn(*column) for column in columns)) for name, columns in pairs)


def css(text: str) -> str:
    """Return `text` as it stands in a CSS string: all but letters, digits and spaces as escapes, HTML's signs too."""
    return re.sub(r"[^\w ]", lambda found: f"\\{ord(found[0]):x} ", text)
