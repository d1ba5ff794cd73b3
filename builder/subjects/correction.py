"""What a correction of published counts may say: a number changes by nobody, or by enough persons' cases together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

import pandas as pd

from builder.errors import BuilderError
from builder.language import mark
from builder.subjects.subject import Closing

__all__ = ["Before", "may_change", "refuse", "shown_before"]

Before: TypeAlias = Mapping[tuple[str, str, str], int | None] | None
"""(measure, place, item) → what was shown of a period that is corrected; None where it was hidden."""


def shown_before(words: Mapping[str, str], closing: Closing) -> Before:
    """Return what was shown of a period that is corrected, None for one that is counted for the first time.

    `words`: role of a measure → the package's word for it.
    """
    if closing.before is None:
        return None
    roles = {word: role for role, word in words.items()}
    columns = (closing.before[name] for name in ("measure", "place_id", "item", "count"))
    return {
        (roles.get(measure, ""), place, item): None if pd.isna(count) else int(count)
        for measure, place, item, count in zip(*columns, strict=True)
    }


def may_change(before: Before, measure: str, item: str, now: Mapping[str, int], least: int) -> None:
    """Raise BuilderError where a number that is part of no other would tell of somebody by its change.

    `now`: place → what is shown now; fewer than `least` tell of somebody.
    """
    for place, value in now.items():
        old = (before or {}).get((measure, place, item))
        if old is not None and 0 < abs(old - value) < least:
            refuse(measure, item, [place], least)


def refuse(measure: str, item: str, places: Sequence[str], least: int) -> NoReturn:
    """Raise BuilderError: the correction would tell of somebody."""
    raise BuilderError(
        mark("{places}: {measure} {item} would change by fewer than {least}, which would tell whose case was mended"),
        mark("leave the period as it was published; the correction counts from the next period on"),
        places=", ".join(places), measure=measure, item=item, least=least,
    )  # fmt: skip
