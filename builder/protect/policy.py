"""What a package publishes, read once into one value: columns from the schemas, rows from the subjects' disclosure."""

from __future__ import annotations

from collections.abc import Sequence

from builder.model import Levels, Policy, Tables
from builder.subjects.subject import AnySubject, Disclosure

__all__ = ["policy"]


def policy(tables: Tables, subjects: Sequence[AnySubject]) -> Policy:
    """Return what may be published of `tables`."""
    resources, settings = tables.package.resources, tables.package.settings
    closed = {subject.disclosure.resource for subject in subjects if subject.disclosure}
    return Policy(
        public={
            name: frozenset(field.name for field in resource.schema.fields if field.publish == "public")
            for name, resource in resources.items()
        },
        polls={
            name: tuple(field.name for field in resource.schema.fields if field.vote)
            for name, resource in resources.items()
        },
        levels={
            subject.disclosure.resource: levels(tables, subject.disclosure)
            for subject in subjects
            if subject.disclosure and subject.disclosure.resource in resources
        },
        minimum_denominator=settings.minimum_denominator,
        minimum_ballots=settings.minimum_ballots,
        minimum_ranked=settings.minimum_ranked,
        minimum_cell=settings.minimum_cell,
        quotable=frozenset(name for name, resource in resources.items() if resource.schema.is_public) - closed,
    )


def levels(tables: Tables, rule: Disclosure) -> Levels:
    """Return how openly the rows of a resource may be shown; not at all where the table that says so is absent."""
    return Levels(
        by=rule.by,
        itemised=playing(tables, rule, "itemised"),
        counted=playing(tables, rule, "counted"),
        void=rule.void,
    )


def playing(tables: Tables, rule: Disclosure, role: str) -> frozenset[str]:
    """Return the keys of the disclosing table whose level plays `role`."""
    if rule.table not in tables:
        return frozenset()
    frame = tables[rule.table]
    return frozenset(frame.loc[frame[rule.level].isin(tables.values(rule.table, rule.level, role)), rule.key])
