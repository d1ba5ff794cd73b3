"""What hiding costs: our suppression beside that of Tau-Argus, on the tables of a private package.

    python -m tests.attack.utility [PRIVATE_PACKAGE]

Without a package a demonstration of 370 grids is made. Prints, for each set of tables: cells that are not zero, those
hidden, those under k, cases lost with the hidden, and how many of the hidden a reader with a solver narrows below what
builder/control promises.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pytauargus import protect

from builder.control import Status, protected
from builder.demo import Plan, write
from builder.subjects import SUBJECTS
from tests.attack.adversary import Knowledge
from tests.attack.published import breaches, tell_table
from tests.attack.tables import Places, Table, counts, read_cases, read_places

K = 5
COUNTED, PROTECTED = ("D01", "D02", "D03"), ("P01", "P02", "P03")
Statuses = npt.NDArray[np.int8]


class Cost(NamedTuple):
    cells: int
    hidden: int
    small: int
    cases_lost: int
    cases: int
    narrowed: int
    seconds: float


def hierarchy(places: Places) -> str:
    """Return the tree below its one root as Tau-Argus reads it: a line a place, a sign for each level."""
    children: dict[int, list[int]] = {}
    for node, above in enumerate(places.parent.tolist()):
        children.setdefault(above, []).append(node)
    (root,) = children[-1]

    def lines(node: int, depth: int) -> Iterator[str]:
        for child in children.get(node, ()):
            yield "@" * depth + places.ids[child]
            yield from lines(child, depth + 1)

    return "\n".join(lines(root, 0)) + "\n"


def by_tau_argus(table: Table, safety: str) -> Statuses:
    """Return what Tau-Argus hides of a table: small cells, and others by its optimal method."""
    leaves = ~np.isin(np.arange(len(table.places.ids)), table.places.parent)
    rows = np.repeat(np.array(table.places.ids), np.where(leaves, table.values, 0))
    with TemporaryDirectory() as folder, chdir(folder):  # it leaves its logs wherever it runs
        file = Path(folder, "area.hrc")
        file.write_text(hierarchy(table.places), encoding="utf-8")
        micro = pd.DataFrame({"area": rows, "cases": 1.0})
        answer = protect(micro, ["area"], response="cases", safety_rules=safety, suppress="OPT(1,5)",
                         hrc={"area": str(file)}, workdir=folder)  # fmt: skip
        printed = answer.tables[0].dataframe().set_index("area")["status"]
    root = table.places.ids[int(np.flatnonzero(table.places.parent < 0)[0])]
    printed = printed.rename({"Total": root}).reindex(table.places.ids).fillna("E")
    labels = {"U": Status.FEWER, "M": Status.WITHHELD}
    return np.array([labels.get(label, Status.SHOWN) for label in printed], np.int8)


def ours(table: Table) -> Statuses:
    return protected(table.values, table.places.parent, K)


def cost(tables: Sequence[Table], publish: Callable[[Table], Statuses]) -> Cost:
    """Return what publishing the tables in one way costs, and how much of what it hides is told all the same."""
    cells = hidden = small = lost = cases = narrowed = 0
    seconds = 0.0
    for table in tables:
        begun = time.perf_counter()
        status = publish(table)
        seconds += time.perf_counter() - begun
        knowledge = Knowledge()
        promises = tell_table(knowledge, 0, table.values, status, table.places.parent, K)
        cells += int(np.count_nonzero(table.values))
        hidden += int(np.count_nonzero(status))
        small += int(np.count_nonzero((table.values > 0) & (table.values < K)))
        lost += int(table.values[status != Status.SHOWN].sum())
        cases += int(table.values.sum())
        narrowed += len(breaches(knowledge, promises))
    return Cost(cells, hidden, small, lost, cases, narrowed, seconds)


def compared(folder: Path) -> Iterator[tuple[str, str, Cost]]:
    """Yield (tables, way, cost)."""
    places, rows = read_places(folder), read_cases(folder)
    ways: dict[str, Callable[[Table], Statuses]] = {
        "builder.control": ours,
        "Tau-Argus FREQ(5,20) OPT": lambda table: by_tau_argus(table, "FREQ(5,20)"),
        "Tau-Argus FREQ(5,100) OPT": lambda table: by_tau_argus(table, "FREQ(5,100)"),
    }
    sets = (("counted, to the grid", COUNTED, True), ("protected, to the community", PROTECTED, False))
    for name, items, with_grids in sets:
        tables = list(counts(rows, places, items, with_grids=with_grids))
        for way, publish in ways.items():
            yield f"{name} ({len(tables)} tables)", way, cost(tables, publish)


def main(arguments: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        package = Path(arguments[0]) if arguments else Path(folder, "private")
        if not arguments:
            plan = Plan(grids=370, cases=20_000, seed=1, as_of=date(2026, 10, 31), earlier=18_000)
            write(package, areas=None, template=Path("datasets"), plan=plan, subjects=SUBJECTS)
        for tables, way, found in compared(package):
            print(f"{tables}: {way}: " + ", ".join(f"{name} {value:,.6g}" for name, value in found._asdict().items()))


if __name__ == "__main__":
    main(sys.argv[1:])
