"""What a check is: a rule in one sentence, and a function that finds the rows that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

import pandas as pd

from builder.model import Issue, Package, Severity, Tables

__all__ = ["Check", "Find", "as_text", "issues", "structural"]

Find = Callable[[Tables, date], Iterable[Issue]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule across cells, rows or tables.

    `rule`, `text` and `fix` are message ids; `text` and `fix` are filled from each Issue's values.
    `resource` is where its findings point; `reads` are the columns, as `table.field`, it cannot run without; `extras`
    are columns of the same tables that it reads where the package has them. `is_structural`: a build on data that
    breaks it would be wrong or fail, so no package may lower it. `setting`: the one of the package's settings that
    turns it on, "" when it always holds. `wrong`, `right`: an example of each for
    the page of codes, such as "{received_date} 2026-03-05, {resolved_date} 2026-03-02"; {field} becomes the title of
    the resource's field. `effect`: a message id, what becomes of the site as long as it stays; "" where that follows
    from the severity. An Issue's value called `mended` is what the cell should say.
    """

    code: str
    severity: Severity
    resource: str
    reads: tuple[str, ...]
    rule: str
    text: str
    fix: str
    find: Find
    extras: tuple[str, ...] = ()
    is_structural: bool = False
    setting: str = ""
    wrong: str = ""
    right: str = ""
    effect: str = ""

    @property
    def resources(self) -> frozenset[str]:
        """The tables that are read."""
        return frozenset(item.partition(".")[0] for item in self.reads)

    def applies(self, package: Package) -> bool:
        """Return whether `package` asks for it and has every column that is read; one never published is not seen."""
        if self.setting and not getattr(package.settings, self.setting):
            return False
        for item in self.reads:
            table, _, name = item.partition(".")
            resource = package.resources.get(table)
            if resource is None or name not in resource.schema or resource.schema[name].publish == "never":
                return False
        return True


def structural(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return checks that no package may lower: figures made of rows that break them would be impossible."""
    return tuple(replace(check, is_structural=True) for check in checks)


def issues(frame: pd.DataFrame, broken: pd.Series, column: str, *shown: str) -> Iterator[Issue]:
    """Yield an Issue for each row of `frame` where `broken`; its values are `column` (as `value`) and `shown`."""
    picked = frame.loc[broken.fillna(False).astype(bool), [column, *shown]]
    for row, *cells in picked.itertuples(name=None):
        values = {name: as_text(cell) for name, cell in zip(("value", *shown), cells, strict=True)}
        yield Issue(int(row), column, values)


def as_text(cell: object) -> object:
    """Return a timestamp as 2026-03-05, with its time where it has one; anything else unchanged."""
    if not isinstance(cell, pd.Timestamp):
        return cell
    return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
