"""Count each subject that the package has, over one period and one tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from builder import places
from builder.calendar.periods import months, reporting
from builder.model import Counted, Scope, Tables
from builder.subjects.subject import AnySubject

__all__ = ["tables"]


def tables(found: Tables, as_of: date, subjects: Sequence[AnySubject]) -> Counted:
    """Count everything at `as_of` over the package's reporting period."""
    settings = found.package.settings
    period = reporting(as_of, settings.period_months)
    scope = Scope(as_of, period, months(period), places.tree(found, as_of), settings)
    parts = {subject.name: subject.count(found, scope) for subject in subjects}
    return Counted(scope=scope, parts={"places": places.count(found, scope), **parts})
