"""Rows that were published stay as they were while too little of them has changed to be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from builder.intake.closing import file_of
from builder.model import PublishedTables, Tables, plain
from builder.subjects.subject import AnySubject

__all__ = ["steady"]


def steady(
    rows: PublishedTables, folder: Path, received: Tables, subjects: Sequence[AnySubject], revised: Collection[str]
) -> PublishedTables:
    """Return `rows` with those of `folder`, where a subject keeps them; rows of `revised` periods are as they are."""
    frames = dict(rows.frames)
    for rule in (subject.kept for subject in subjects if subject.kept and subject.kept.resource in rows):
        file = folder / file_of(rows.resources[rule.resource])
        if file.is_file():
            now = plain(frames[rule.resource])
            before = read(file, now)
            before = before[~before[rule.period].isin(list(revised))] if rule.period in before else before
            frames[rule.resource] = rule.rows(before, now, received)
    return replace(rows, frames=frames)


def read(file: Path, like: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a published file that `like` has, with its dtypes."""
    found = pd.read_csv(file, dtype="str", keep_default_na=False, na_values=[""])
    return pd.DataFrame({name: cells(found[name], like[name]) for name in like if name in found})


def cells(texts: pd.Series, like: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(like.dtype):
        return pd.to_numeric(texts).astype(like.dtype)
    if pd.api.types.is_datetime64_dtype(like.dtype):
        return pd.to_datetime(texts).astype(like.dtype)
    return texts
