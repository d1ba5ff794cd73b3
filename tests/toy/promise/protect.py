"""What may be published of the promises counted."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from builder.model import Level, Policy, PublishedPart
from tests.toy.promise.count import COUNTED, PromiseCounted

OWN = ("promise_id", "branch_id", "grid_id", "title", "due_date", "kept_date")


@dataclass(frozen=True, slots=True)
class PromisePublished(PublishedPart):
    """`tallies[level]`: unit and the counts. `rows`: the public ones of OWN, and days."""

    tallies: Mapping[Level, pd.DataFrame]
    rows: pd.DataFrame


def protect(counted: PromiseCounted, policy: Policy) -> PromisePublished:
    """Return what may be published, column by column."""
    shown = [name for name in OWN if policy.shows("promise", name)]
    return PromisePublished(
        tallies={level: frame[["unit", *COUNTED]] for level, frame in counted.tallies.items()},
        rows=counted.rows[[*shown, "days"]],
    )
