"""Deterministic demonstration data of any size on real areas: the same arguments give the same bytes.

Everything but the areas is invented. Telephone numbers begin with 0 after the area code, which no exchange assigns,
and links lead to example.org, so nothing here reaches a real person.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from builder.demo import categories
from builder.demo.assessments import assessments, grades, indicators
from builder.demo.branches import branches
from builder.demo.cases import cases
from builder.demo.duties import duties
from builder.demo.package import read_template, refuse_occupied, write_package
from builder.demo.places import places, read_areas
from builder.demo.plan import Plan

__all__ = ["Plan", "write"]


def write(target: Path, *, areas: Path, template: Path, plan: Plan) -> None:
    """Write a demonstration package into the new or empty folder `target`.

    `areas` is a CSV with code, name, level and parent_code; `template` a folder with datapackage.json and its schemas.
    Raises BuilderError if the target is occupied or either of them is unfit; nothing is written then.
    """
    refuse_occupied(target)
    shape = read_template(template)
    # a stream for each subject, so that more cases do not change the grids
    streams = np.random.default_rng(plan.seed).spawn(5)
    where = places(streams[0], read_areas(areas), plan)
    who = branches(streams[1], where, plan)
    tables = {
        "area": where.area,
        "grid": where.grid,
        "branch": who.branch,
        "branch_grid": who.branch_grid,
        "duty": duties(streams[2], where, who, plan),
        "case_category": categories.table(),
        "case": cases(streams[3], where, who, plan),
        "indicator": indicators(plan),
        "assessment": assessments(streams[4], who, plan),
        "grade": grades(),
    }
    write_package(target, shape, tables, plan)
