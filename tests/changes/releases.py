"""Releases for tests: the published tables of a site as a build writes them, and what changes.since says of two."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from builder import changes
from builder.model import Change, Changed, Course

__all__ = ["COURSE", "DUTY", "Table", "compared", "progress", "release", "rows_of"]

Rows = Sequence[Mapping[str, str]]

COURSE = Course(
    "duty", events=("done_date",), closes="done_date", ends=("to_date",), steps={"stage": (("open",), ("closed",))},
    told=("reason",), added=("proof",), grows=("paid",),
)  # fmt: skip


class Table(NamedTuple):
    """A published table: its fields by name, in order, and its key."""

    fields: Mapping[str, Mapping[str, Any]]
    key: tuple[str, ...] = ()


DUTY = Table(
    {
        "duty_id": {}, "grid_id": {}, "title": {}, "due_date": {"type": "date"}, "done_date": {"type": "date"},
        "to_date": {"type": "date"}, "stage": {"roles": {"open": ["办理中"], "closed": ["已办结"]}}, "reason": {},
        "proof": {}, "paid": {"type": "number"},
    },
    ("duty_id",),
)  # fmt: skip


def release(
    folder: Path, tables: Mapping[str, tuple[Table, Rows]], as_of: str = "2026-10-31"
) -> Path:
    """Write the published tables of a site (name → table and rows, of which what is left out is empty)."""
    (folder / "data" / "schemas").mkdir(parents=True)
    resources = []
    for name, (table, rows) in tables.items():
        path = folder / "data" / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table.fields), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        fields = [{"name": field, "type": "string", **more} for field, more in table.fields.items()]
        schema = {"fields": fields, **({"primaryKey": list(table.key)} if table.key else {})}
        dump(schema, folder / "data" / "schemas" / f"{name}.json")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        resources.append(
            {"name": name, "path": path.name, "schema": f"schemas/{name}.json", "hash": f"sha256:{digest}"}
        )
    dump({"mingge": {"as_of": as_of}, "resources": resources}, folder / "data" / "datapackage.json")
    return folder


def dump(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def compared(
    before: Path | None, now: Path, courses: Sequence[Course] = (COURSE,), shown: int = 30,
    unquotable: frozenset[str] = frozenset(),
) -> Changed:  # fmt: skip
    """Return what a release changed since another, as a build asks for it."""
    as_of = json.loads((now / "data" / "datapackage.json").read_text(encoding="utf-8"))["mingge"]["as_of"]
    terms = changes.Terms(courses, shown, lambda texts: unquotable & set(texts))
    return changes.since(changes.opened(before) if before else None, now, date.fromisoformat(as_of), terms)


def rows_of(site: Path) -> list[Change]:
    """Return every change of a release as its CSV tells it; empty cells are not told from cells that are not quoted."""
    with (site / "changes" / "changes.csv").open(encoding="utf-8", newline="") as file:
        found = [dict(row) for row in csv.DictReader(file)]
    changes = [Change(**{name: row[name] for name in Change._fields}) for row in found]
    assert [row["is_correction"] for row in found] == [str(item.is_correction).lower() for item in changes]
    return changes


def progress(found: Sequence[Change]) -> list[tuple[str, str, str]]:
    """Return key, field and kind of what is no correction."""
    return [(item.key, item.field, item.kind) for item in found if not item.is_correction]
