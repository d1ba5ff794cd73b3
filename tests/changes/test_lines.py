"""A large table is compared by its lines first, and told as if it had been read whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from builder.changes.layout import layout
from builder.changes.lines import LARGE, rest
from builder.changes.previous import stored
from builder.changes.rows import Joined, joined
from builder.changes.text import read
from tests.changes.releases import DUTY, Rows, release

ROWS = [
    {"duty_id": f"D{n}", "grid_id": f"G{n % 9}", "title": f"巡查 {n % 7}", "proof": '"a",b' if n % 50 == 0 else ""}
    for n in range(LARGE + 500)
]
CHOSEN = np.random.default_rng(1).permutation(len(ROWS))[:300].tolist()
CHANGED = [{**row, "title": "改过"} if n in set(CHOSEN) else row for n, row in enumerate(ROWS)]
LONG = {n: f"一,二\n三{n}\n四{n}\n五{n}" for n in CHOSEN[:50]}
SWAPPED = {n: f"一,二\n四{n}\n三{n}\n五{n}" for n in CHOSEN[:50]}

# what the rows are before and now, and whether they are compared by lines
TABLES: list[tuple[str, Rows, Rows, bool]] = [
    ("cells", ROWS, CHANGED, True),
    ("rows", [*ROWS[:9000], *ROWS[9100:]], [*ROWS[:200], *ROWS[500:]], True),
    ("order", ROWS, [CHANGED[n] for n in np.random.default_rng(2).permutation(len(ROWS))], True),
    ("nothing", ROWS, ROWS, True),
    ("line breaks", [{**row, "title": LONG.get(n, "")} for n, row in enumerate(ROWS)],
     [{**row, "title": SWAPPED.get(n, "")} for n, row in enumerate(ROWS)], False),
    ("line breaks that are new", ROWS,
     [{**row, "title": LONG.get(n, row["title"])} for n, row in enumerate(ROWS)], False),
    ("small", ROWS[:9], CHANGED[:9], False),
]  # fmt: skip


def told(found: Joined) -> object:
    """Return all that was found, in an order that does not matter."""
    both = {
        (key, name, old, new)
        for name, differs in found.differs.items()
        for key, old, new, is_other in zip(found.now.index, found.before[name], found.now[name], differs, strict=True)
        if is_other
    }
    return sorted(found.came.index), sorted(found.went.index), both


@pytest.mark.parametrize(("before", "now", "by_lines"), [item[1:] for item in TABLES], ids=[t[0] for t in TABLES])
def test_lines_tell_what_rows_tell(before: Rows, now: Rows, by_lines: bool, tmp_path: Path) -> None:
    old, new = (
        stored(release(tmp_path / name, {"duty": (DUTY, rows)}))["duty"] for name, rows in (("a", before), ("b", now))
    )
    found, plan = rest(old, new), layout(old, new)

    assert (found is not None) == by_lines
    if found is not None:
        assert told(joined(*found, plan)) == told(joined(read(old), read(new), plan))


def test_a_row_that_is_there_twice_is_not_lost_among_the_lines(tmp_path: Path) -> None:
    old, new = (
        stored(release(tmp_path / name, {"duty": (DUTY, rows)}))["duty"]
        for name, rows in (("a", ROWS), ("b", [*ROWS, ROWS[3]]))
    )
    for pair, expected in (((old, new), (["D3"], [])), ((new, old), ([], ["D3"]))):
        found = rest(*pair)
        assert found is not None
        rows = joined(*found, layout(*pair))
        assert (list(rows.came.index), list(rows.went.index)) == expected
