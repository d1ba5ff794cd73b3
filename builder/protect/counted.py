"""From what was counted to what may be published: each subject names what it lets through, and nothing else passes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from builder import places
from builder.model import (
    Counted,
    Package,
    Policy,
    Published,
    PublishedPart,
    PublishedTables,
    Report,
    Resource,
    Table,
    Tables,
)
from builder.places import PlacesCounted
from builder.protect.report import for_public
from builder.subjects.subject import AnySubject

__all__ = ["counted", "tables"]


def counted(
    found: Counted, received: Tables, report: Report, policy: Policy, subjects: Sequence[AnySubject]
) -> Published:
    """Return all that may be published."""
    whole = found.parts["places"]
    assert isinstance(whole, PlacesCounted)  # noqa: S101 - `count` puts it there
    parts = {subject.name: part(found, policy, subject) for subject in subjects}
    public = tables(received, policy, subjects)
    return Published(
        package=without_files(received.package),
        scope=found.scope,
        shards=found.shards,
        parts={"places": places.protect(whole, policy, public, found.scope), **parts},
        tables=public,
        report=for_public(report, policy),
    )


def part(found: Counted, policy: Policy, subject: AnySubject) -> PublishedPart:
    """Return what may be published of a subject; of areas of other trees nothing but sums over it."""
    let_through: PublishedPart = subject.protect(found.parts[subject.name], policy)
    within = found.scope.within()
    return subject.regrouped(let_through, within) if subject.regrouped and within else let_through


def without_files(package: Package) -> Package:
    """Return what the package says of itself, without the way to its files."""
    return Package(
        root=Path(),
        name=package.name,
        title=package.title,
        description=package.description,
        settings=package.settings,
        resources={name: nowhere(resource) for name, resource in package.resources.items()},
        descriptor=package.descriptor,
    )


def nowhere(resource: Resource) -> Resource:
    return Resource(
        name=resource.name,
        title=resource.title,
        description=resource.description,
        path=resource.path,
        paths=(),
        minimum_rows=resource.minimum_rows,
        schema=resource.schema,
        singular=resource.singular,
    )


def tables(received: Tables, policy: Policy, subjects: Sequence[AnySubject]) -> PublishedTables:
    """Return the tables with public columns only, without rows that may not be listed, and with masked cells empty."""
    frames = {}
    for name, table in received.tables.items():
        frame = listed(table, policy)
        for subject in subjects:
            frame = subject.mask(name, frame, policy, received)
        shown = [field.name for field in table.resource.schema.fields if policy.shows(name, field.name)]
        frames[name] = frame[shown].reset_index(drop=True)
    return PublishedTables(resources={name: nowhere(t.resource) for name, t in received.tables.items()}, frames=frames)


def listed(table: Table, policy: Policy) -> pd.DataFrame:
    """Return the rows of itemised categories that are not void; all rows where the policy does not restrict them."""
    levels = policy.levels.get(table.resource.name)
    if levels is None:
        return table.frame
    frame = table.frame[table.frame[levels.by].isin(levels.itemised)]
    if levels.void in frame:
        frame = frame[~frame[levels.void].fillna(False).astype(bool)]
    return frame
