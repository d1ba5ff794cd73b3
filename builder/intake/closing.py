"""Counts of what may not be listed, by quarter and year: made once, when the period has closed, and kept as they were.

A count that moved from night to night would tell of each case that came in between. So a period is counted when it has
been over for some days, and is frozen then; a correction is a revision of its own, and the old one stays to be seen.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from builder import places
from builder.calendar.periods import assessed, closed
from builder.errors import BuilderError
from builder.language import mark
from builder.model import Policy, Resource, Tables, plain
from builder.subjects.counts import last
from builder.subjects.subject import AnySubject, Closing, Statistics

__all__ = ["Closed", "close", "kept"]

CELL = ["place_id", "measure", "item", "count", "status"]
COLUMNS = ["period", *CELL, "revision", "published_date"]


@dataclass(frozen=True, slots=True)
class Closed:
    """`frames`: resource → COLUMNS, every period that has been counted. `added`: (resource, period) counted now.

    `differing`: those counted before that would be counted otherwise today; they stay as they are.
    """

    frames: Mapping[str, pd.DataFrame]
    added: tuple[tuple[str, str], ...]
    differing: tuple[tuple[str, str], ...]


def kept(folder: Path, tables: Tables, subjects: Sequence[AnySubject]) -> Mapping[str, pd.DataFrame]:
    """Return resource → the periods that `folder` has already, else those that the package itself has."""
    found = {}
    for name, _ in wanted(tables, subjects):
        file = folder / file_of(tables.package.resources[name])
        found[name] = read(file) if file.is_file() else plain(tables[name])[COLUMNS]
    return found


BOOK = ".xlsx"


def file_of(resource: Resource) -> str:
    """Return where a table's file lies in its public package: what was a workbook is a CSV there."""
    if resource.path.endswith(BOOK):
        return f"{resource.path.removesuffix(BOOK)}.csv"
    return resource.path if resource.path.endswith((".csv", ".csv.gz")) else f"{resource.path}/{resource.name}.csv"


def read(file: Path) -> pd.DataFrame:
    """Return the periods of a file that intake wrote. Raises BuilderError when it is not such a file."""
    try:
        with file.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        frame = pd.DataFrame([[row[name] or None for name in COLUMNS] for row in rows], columns=COLUMNS)
        return frame.assign(
            count=pd.to_numeric(frame["count"]).astype("Int64"),
            revision=pd.to_numeric(frame["revision"]).astype("Int64"),
            published_date=pd.to_datetime(frame["published_date"]).astype("datetime64[s]"),
        )
    except (KeyError, ValueError) as error:
        raise BuilderError(
            mark("{path}: these are not the counts that were published"),
            mark("fetch the file as it was published; counts of a closed period are not edited by hand"),
            path=file,
        ) from error  # fmt: skip


def wanted(tables: Tables, subjects: Sequence[AnySubject]) -> list[tuple[str, Statistics]]:
    """Return the tables of counts that the package has, and what fills each."""
    found = [subject.statistics for subject in subjects if subject.statistics]
    return [(item.resource, item) for item in found if item.resource in tables]


def close(
    tables: Tables, as_of: date, policy: Policy, subjects: Sequence[AnySubject], before: Mapping[str, pd.DataFrame],
    revised: Collection[str] = (),
) -> Closed:  # fmt: skip
    """Count every period that has closed by `as_of` and is not in `before`, and those of `revised` once more.

    Raises BuilderError for a correction that would tell of somebody, or one of a period that has not closed.
    """
    tree = places.tree(tables, as_of)
    days = timedelta(days=tables.package.settings.closing_days)
    frames, added, differing = {}, [], []
    missing = set(revised)
    for name, statistics in wanted(tables, subjects):
        frame, since = before[name], statistics.since(tables)
        for period in closed(since, as_of - days) if since else ():
            span = assessed(period)
            assert span is not None  # noqa: S101 - closed names what assessed reads
            known = last(frame[frame["period"] == period])
            is_again = period in revised and not known.empty
            missing -= {period}
            closing = Closing(period, span, last(frame), known if is_again else None)
            found = statistics.cells(tables, tree, policy, closing)[CELL]
            if same(known, found):
                continue
            if known.empty or is_again:
                number = 1 if known.empty else int(known["revision"].max()) + 1
                new = found.assign(period=period, revision=number, published_date=pd.Timestamp(as_of))
                frame = ordered(pd.concat([frame, new[COLUMNS]]))
                added.append((name, period))
            else:
                differing.append((name, period))
        frames[name] = frame
    if missing:
        raise BuilderError(
            mark("{period} has not closed, so there is nothing to correct"),
            mark("name a quarter like 2026-Q3, or a year, that has been counted"), period=", ".join(sorted(missing)),
        )  # fmt: skip
    return Closed(frames, tuple(added), tuple(differing))


def same(known: pd.DataFrame, found: pd.DataFrame) -> bool:
    """Return whether what was said of a period is what would be said today."""
    return bool(as_text(known).equals(as_text(found)))


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    texts = frame[CELL].astype(object).where(frame[CELL].notna(), "").astype(str)
    return texts.sort_values(CELL, ignore_index=True)


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the counts in the order of their key."""
    types = {"count": "Int64", "revision": "Int64", "published_date": "datetime64[s]"}
    texts = dict.fromkeys(("period", "place_id", "measure", "item", "status"), "str")
    key = ["period", "place_id", "measure", "item", "revision"]
    return frame.astype({**texts, **types}).sort_values(key, ignore_index=True)
