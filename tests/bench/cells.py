"""A million case rows, cell by cell: ours on every core against stock Frictionless on one, with the same verdict.

`ours PACKAGE` and `stock PACKAGE` are cold processes that print one line of JSON. Both read case.csv with the schema
of the package, without its keys (they lead to other tables, and `check` looks after them). Both clocks start when the
library is imported; that our workers start and import it too is in our time.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench import ours
from tests.bench.measure import processor, run

__all__ = ["Checks", "Reading", "compared", "cut", "spoilt"]

STOCK_ROWS = 100_000
BAD_AT = 0.765
"""Where the one bad row lies: neither at an end nor on a round number."""
BAD_FIELD, BAD_VALUE = "received_date", "2026-13-05"

Defect = tuple[int, str, str]
"""Row in the file (header = 1), field, rule."""


class Reading(NamedTuple):
    """One check of a file: rows, columns, seconds, processor seconds, and what was found."""

    rows: int
    columns: int
    wall: float
    cpu: float
    found: tuple[Defect, ...]


class Checks(NamedTuple):
    """Readings of the whole file by us, and of a part by stock Frictionless, clean and with one bad row.

    `start`: rows before the part of the bad file.
    """

    clean: tuple[Reading, ...]
    bad: tuple[Reading, ...]
    stock_clean: tuple[Reading, ...]
    stock_bad: Reading
    start: int

    @property
    def ratio(self) -> float:
        """Our rows a second in those of stock Frictionless."""
        return pace(self.clean) / pace(self.stock_clean)

    @property
    def more_seconds(self) -> float:
        """What one bad row in the whole file costs."""
        return median(item.wall for item in self.bad) - median(item.wall for item in self.clean)

    @property
    def agree(self) -> bool:
        """Whether clean is clean for both, and both name the same row, field and rule, and nothing else."""
        theirs = tuple((row + self.start, field, rule) for row, field, rule in self.stock_bad.found)
        clean = not any(item.found for item in (*self.clean, *self.stock_clean))
        return clean and len(theirs) == 1 and all(item.found == theirs for item in self.bad)


def pace(readings: tuple[Reading, ...]) -> float:
    """Return the median of rows a second."""
    return median(item.rows / item.wall for item in readings)


def compared(package: Path, folder: Path, rounds: int) -> Checks:
    """Check the case table of `package` `rounds` times each, in turn."""
    clean, bad = folder / "clean", folder / "bad"
    rows = copied(package, clean)
    at = int(rows * BAD_AT)
    spoilt(clean, bad, at)
    start = max(0, at - STOCK_ROWS // 2)
    cut(clean, folder / "part-clean", 0, STOCK_ROWS)
    cut(bad, folder / "part-bad", start, STOCK_ROWS)
    found: list[tuple[Reading, ...]] = [
        (by_stock(folder / "part-clean"), by_us(clean), by_us(bad)) for _ in range(rounds)
    ]
    stock_clean, ours_clean, ours_bad = zip(*found, strict=True)
    return Checks(ours_clean, ours_bad, stock_clean, by_stock(folder / "part-bad"), start)


def by_us(package: Path) -> Reading:
    return read(ours.checked(package).output)


def by_stock(package: Path) -> Reading:
    return read(run([sys.executable, "-m", "tests.bench.cells", "stock", str(package)]).output)


def read(output: str) -> Reading:
    values = json.loads(output.splitlines()[-1])
    return Reading(**values | {"found": tuple((int(row), field, rule) for row, field, rule in values["found"])})


# ── the files ────────────────────────────────────────────────────────────────────────────────────


def copied(package: Path, target: Path) -> int:
    """Write a package of the case table alone, its schema without keys; returns the number of rows."""
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    item = next(item for item in described["resources"] if item["name"] == "case")
    schema = json.loads((package / item["schema"]).read_text(encoding="utf-8"))
    for keys in ("primaryKey", "foreignKeys"):
        schema.pop(keys, None)
    write_package(target, described | {"resources": [item | {"schema": "case.json", "path": "case.csv"}]}, schema)
    with (package / item["path"]).open("rb") as source, (target / "case.csv").open("wb") as sink:
        sink.write(next(source))
        return sum(bool(sink.write(line)) for line in source)


def write_package(target: Path, described: Any, schema: Any) -> None:
    target.mkdir()
    (target / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    (target / "case.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


def like(source: Path, target: Path) -> None:
    """Make a package without rows that is described as `source` is."""
    texts = (json.loads((source / name).read_text(encoding="utf-8")) for name in ("datapackage.json", "case.json"))
    write_package(target, *texts)


def spoilt(source: Path, target: Path, at: int) -> None:
    """Copy a package with one wrong cell in the row `at` (the first is 0)."""
    like(source, target)
    with (source / "case.csv").open("rb") as rows, (target / "case.csv").open("wb") as sink:
        header = next(rows)
        sink.write(header)
        for number, line in enumerate(rows):
            sink.write(with_bad_cell(header, line) if number == at else line)


def with_bad_cell(header: bytes, line: bytes) -> bytes:
    names, cells = (next(csv.reader([text.decode("utf-8-sig")])) for text in (header, line))
    cells[names.index(BAD_FIELD)] = BAD_VALUE
    if any(mark in cell for cell in cells for mark in ',"\n'):
        raise ValueError("demonstration rows are not quoted")
    return (",".join(cells) + "\n").encode()


def cut(source: Path, target: Path, start: int, count: int) -> None:
    """Copy a package with the header and `count` rows from the row `start`."""
    like(source, target)
    with (source / "case.csv").open("rb") as rows, (target / "case.csv").open("wb") as sink:
        sink.write(next(rows))
        sink.writelines(islice(rows, start, start + count))


# ── the cold processes ───────────────────────────────────────────────────────────────────────────


def ours_in_process(package: Path) -> Iterator[Defect]:
    """Load and validate; yield what was found."""
    from builder import load, validate
    from builder.processes import crew

    with crew(os.cpu_count() or 1, ["builder.validate"]) as hands:
        found = load.package(package, ())
        text, unreadable = load.tables(found)
        _, report = validate.tables(found, text, {}, hands.executor)
    fields = {field.title: field.name for field in found.resources["case"].schema.fields}
    for item in (*unreadable, *report.findings):
        yield item.address.row, fields.get(item.column, item.column), item.code


def stock_in_process(package: Path) -> Iterator[Defect]:
    """Have Frictionless validate the file as it comes; yield what it found."""
    from frictionless import Resource, Schema, system

    schema = Schema.from_descriptor(json.loads((package / "case.json").read_text(encoding="utf-8")))
    with system.use_context(trusted=True):
        report = Resource(path=str(package / "case.csv"), schema=schema, encoding="utf-8").validate()
    yield from report.flatten(["rowNumber", "fieldName", "type"])


def main() -> None:
    """Check the package and print the reading as JSON."""
    who, package = sys.argv[1], Path(sys.argv[2])
    import frictionless  # noqa: F401 - not a part of its time

    import builder.validate  # noqa: F401 - nor of ours
    began, busy = time.perf_counter(), processor(os.getpid())
    found = list({"ours": ours_in_process, "stock": stock_in_process}[who](package))
    wall, cpu = time.perf_counter() - began, processor(os.getpid()) - busy
    with (package / "case.csv").open("rb") as file:
        columns = next(file).count(b",") + 1
        rows = sum(1 for _ in file)
    print(json.dumps({"rows": rows, "columns": columns, "wall": wall, "cpu": cpu, "found": found}))


if __name__ == "__main__":
    main()
