"""Demonstration promises: one a grid, every third of them broken, and one of the first branch as a whole."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from builder.demo.world import World


def tables(rng: Generator, world: World) -> dict[str, pd.DataFrame]:
    """Return promise.csv."""
    grids = [*world.where.grid["grid_id"], ""]
    branches = [*world.who.ids[world.who.now], world.who.ids[0]]
    due = pd.Timestamp(world.plan.as_of) - pd.to_timedelta(rng.integers(1, 300, len(grids)), "D")
    kept = pd.Series(due).where(np.arange(len(grids)) % 3 != 0)
    promises = {
        "promise_id": [f"P{number:06d}" for number in range(len(grids))],
        "branch_id": branches,
        "grid_id": grids,
        "title": [f"演示承诺{number}" for number in range(len(grids))],
        "due_date": due,
        "kept_date": kept,
        "whisper": [f"耳语{number}" for number in range(len(grids))],
    }
    return {"promise": pd.DataFrame(promises)}
