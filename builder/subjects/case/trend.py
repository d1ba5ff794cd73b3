"""How many cases came in last month, beside the month before and the same month a year before."""

from __future__ import annotations

from datetime import timedelta

from builder.language import mark
from builder.model import Count, Unit
from builder.subjects.case.facts import CaseFacts
from builder.subjects.edition import Edition
from builder.subjects.sentence import counted

__all__ = ["trend"]


def trend(facts: CaseFacts, edition: Edition) -> tuple[Count, ...]:
    """Return the cases received in the last month that is over, and the two changes.

    Nothing without such months, or where none of them had a case: data of a few days has no trend.
    """
    tops = [facts.of(Unit("area", top)) for top in edition.tree.tops]
    is_over = (edition.scope.as_of + timedelta(days=1)).day == 1
    at = len(edition.scope.months) - (1 if is_over else 2)
    if at < 1 or not tops:
        return ()
    now, before = (sum(item.months[place][1] for item in tops) for place in (at, at - 1))
    year_before = [item.before[at] for item in tops]
    if not (now or before or any(year_before)):
        return ()
    month, _ = edition.scope.months[at], edition.translate
    found = [counted(lambda message: _(message).replace("{month}", month), mark("{count} in {month}"), now)]
    found.append(
        counted(_, mark("{count} more than in the month before"), now - before) if now >= before
        else counted(_, mark("{count} fewer than in the month before"), before - now)
    )  # fmt: skip
    if None not in year_before:
        earlier = sum(filter(None, year_before))
        found.append(
            counted(_, mark("{count} more than in that month a year before"), now - earlier) if now >= earlier
            else counted(_, mark("{count} fewer than in that month a year before"), earlier - now)
        )  # fmt: skip
    return tuple(found)
