"""Put the tables together: places and branches first, then each subject from random numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from builder.demo.branches import branches
from builder.demo.package import (
    areas_file,
    read_template,
    refuse_occupied,
    write_attachments,
    write_package,
)
from builder.demo.places import places, read_areas
from builder.demo.plan import Plan
from builder.demo.world import World

if TYPE_CHECKING:
    from builder.subjects.subject import AnySubject

__all__ = ["write"]

PLACES, BRANCHES = 0, 1
"""Streams of random numbers; those of the subjects follow."""


def write(
    target: Path, *, areas: Path | None, template: Path, plan: Plan, subjects: Sequence[AnySubject]
) -> tuple[str, ...]:
    """Write a demonstration package into the new or empty folder `target`.

    `areas` is a CSV with code, name, level and parent_code (None: the areas of the template); `template` a folder
    with datapackage.json and its schemas. Returns the names of the template's resources that there is no
    demonstration data for; they are left out. Raises BuilderError if the target is occupied or the template or the
    areas are unfit; nothing is written then.
    """
    refuse_occupied(target)
    shape = read_template(template)
    where = places(stream(plan, PLACES), read_areas(areas or areas_file(template, shape)), plan)
    who = branches(stream(plan, BRANCHES), where, plan)
    world = World(where, who, plan)
    tables = {"area": where.area, "grid": where.grid, "branch": who.branch, "branch_grid": who.branch_grid}
    files: dict[str, bytes] = {}
    for subject in subjects:
        if subject.demo:
            tables |= subject.demo.tables(stream(plan, subject.demo.stream), world)
            files |= subject.demo.attachments() if subject.name in shape.fields else {}
    for subject in subjects:
        if subject.demo and subject.demo.settled:
            tables |= subject.demo.settled(tables, world)
    left_out = write_package(target, shape, tables, plan)
    write_attachments(target, files)
    return left_out


def stream(plan: Plan, number: int) -> np.random.Generator:
    """Return random numbers that depend on the seed and `number` alone: more cases do not change the grids."""
    return np.random.default_rng(np.random.SeedSequence(plan.seed, spawn_key=(number,)))
