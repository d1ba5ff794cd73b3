"""How long two releases of a table of a million rows take to be compared, beside how long it takes to read them.

    python -m tests.bench.changes [ROWS]

One row in a hundred is another one: a third of these closed since, a third with a cell that was changed, and as many
gone as new. Both are done five times in turn, and the fastest is told.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from builder.changes.kinds import Table, Window, told
from builder.changes.layout import layout
from builder.changes.lines import rest
from builder.changes.previous import Stored
from builder.changes.rows import joined
from builder.changes.text import read
from builder.subjects.case import CASE
from tests.packages import DATASETS

PER_HUNDRED = 100
TIMES = 5


def cases(rows: int) -> pd.DataFrame:
    """Return so many cases as they are published: sixteen columns, most of few distinct values."""
    random = np.random.default_rng(1)
    days = np.array([f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)])

    def some(*values: str) -> np.ndarray:
        return np.array(values)[random.integers(len(values), size=rows)]

    def dates(share: float) -> np.ndarray:
        return np.where(random.random(rows) < share, days[random.integers(len(days), size=rows)], "")

    closed = dates(0.9)
    return pd.DataFrame({
        "case_id": [f"C{number:015}" for number in random.permutation(rows)],
        "grid_id": [f"3208120010{number:05}" for number in random.integers(10_000, size=rows)],
        "category_id": some(*[f"A{number:02}" for number in range(16)]),
        "channel": some("12345热线", "网格巡查", "上门走访", "线上平台", "窗口来访"),
        "received_date": dates(1), "accepted_date": dates(0.95), "responded_date": dates(0.95),
        "limit_date": dates(0.2), "extended_to_date": dates(0.05), "resolved_date": closed,
        "delay_reason": np.where(random.random(rows) < 0.03, "等待配件到货", ""), "expected_date": dates(0.03),
        "stage": np.where(closed != "", "已办结", "办理中"), "handler_kind": some("党组织", "政府部门", "居委会"),
        "method": some("现场处置", "协调办理", "转交部门"), "outcome": np.where(closed != "", "解决", ""),
    })  # fmt: skip


def a_night_later(before: pd.DataFrame) -> pd.DataFrame:
    """Return the cases of the next release."""
    now, part = before.copy(), len(before) // PER_HUNDRED // 3
    is_open = np.flatnonzero(now["resolved_date"] == "")[:part]
    for name, text in (("resolved_date", "2026-11-01"), ("stage", "已办结"), ("outcome", "解决")):
        now.loc[is_open, name] = text
    now.loc[np.arange(0, part) * 7 % len(now), "channel"] = "来信"
    new = now.iloc[-part:].assign(case_id=[f"N{number:015}" for number in range(part)])
    return pd.concat([now.drop(index=(np.arange(part) * 11 % len(now)).tolist()), new], ignore_index=True)


def fastest(*works: Callable[[], object]) -> list[tuple[float, float]]:
    """Return seconds and CPU-seconds of each work, the least of TIMES in turn."""
    found: list[list[tuple[float, float]]] = [[] for _ in works]
    for _ in range(TIMES):
        for work, taken in zip(works, found, strict=True):
            start, busy = time.perf_counter(), time.process_time()
            work()
            taken.append((time.perf_counter() - start, time.process_time() - busy))
    return [(min(wall for wall, _ in taken), min(cpu for _, cpu in taken)) for taken in found]


def main(rows: int = 1_000_000) -> None:
    """Print seconds and their ratio."""
    fields = json.loads((DATASETS / "schemas" / "case.json").read_text(encoding="utf-8"))["fields"]
    before = cases(rows)
    schema = {"fields": [field for field in fields if field["name"] in before], "primaryKey": ["case_id"]}
    course = next(course for course in CASE.courses if course.resource == "case")
    with TemporaryDirectory() as folder:
        tables = []
        for name, frame in (("before", before), ("now", a_night_later(before))):
            path = Path(folder) / f"{name}.csv"
            csv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), path)
            tables.append(Stored("case", path, schema, name))
        old, new = tables
        plan = layout(old, new)
        table = Table("case", {field["name"]: field for field in schema["fields"]}, course)

        def compare() -> pd.DataFrame:
            rows = joined(*(rest(old, new) or (read(old), read(new))), plan)
            return told(rows, table, Window("2026-10-31", "2026-11-01"), {})

        found = compare()
        reading, whole = fastest(lambda: (read(old), read(new)), compare)
    print(f"{rows:,} rows, {len(schema['fields'])} columns, {found['key'].nunique():,} differ, {len(found):,} changes")
    for name, one, both in zip(("seconds", "CPU-seconds"), reading, whole, strict=True):
        print(f"{name}: reading both {one:.2f}, reading and comparing {both:.2f}, ratio {both / one:.2f}")
    print(found["kind"].value_counts().to_string())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
