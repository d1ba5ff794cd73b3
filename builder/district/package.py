"""The data package of a new district: schemas as they come with the program, and tables that a build is content with.

Areas are those of the district. Each community has one grid and one branch that answers for it, as placeholders: a site
has a page only where there is a grid, and a grid is nobody's without a branch. Categories, indicators and grades are
examples to be changed. All other tables have their header alone, and may be empty until somebody fills them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from builder.district.plan import Plan
from builder.shipped import shipped

__all__ = ["files"]

DESCRIPTOR = "datapackage.json"
EXAMPLES = ("case_category", "indicator", "grade")
"""Tables that are taken over: without them no case and no assessment could be written down."""

FIRST = "001"
"""Of the grids of a community."""


def files(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Yield the path below datasets/ and the content of each file, policy.lock excepted."""
    source = shipped("datasets")
    descriptor = json.loads((source / DESCRIPTOR).read_text(encoding="utf-8"))
    schemas = {item["name"]: json.loads((source / item["schema"]).read_text(encoding="utf-8"))
               for item in descriptor["resources"]}  # fmt: skip
    filled = tables(plan, schemas)
    resources = []
    for item in descriptor["resources"]:
        name = item["name"]
        yield item["schema"], (source / item["schema"]).read_bytes()
        if name in EXAMPLES:
            yield item["path"], (source / item["path"]).read_bytes()
        else:
            yield item["path"], table(schemas[name], filled.get(name, ()))
        may_be_empty = {} if name in filled or name in EXAMPLES else {"minimum_rows": 0}
        resources.append(item | may_be_empty)
    stated = described(descriptor, plan) | {"resources": resources}
    yield DESCRIPTOR, (json.dumps(stated, ensure_ascii=False, indent=2) + "\n").encode()


def described(descriptor: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Return the descriptor with what is said of this district: today's figures, and that the rest was made up."""
    settings = {**descriptor["mingge"], "repository": "public", "as_of": None, "demonstration": True}
    del settings["allowed_hosts"]  # of the demonstration's links
    top = next(area.code for area in plan.areas if not area.parent_code)
    says = {
        "zh": (f"{plan.name}网格公开数据", "区划是统计用区划代码；网格和党组织还是占位的，没有换成真实的。"),
        "en": (f"{plan.name}: grids", "The areas are real; grids and branches are placeholders."),
    }[plan.language]
    return {
        **descriptor, "name": f"grids-{top}", "title": says[0], "description": says[1], "version": "0.1.0",
        "mingge": settings,
    }  # fmt: skip


def tables(plan: Plan, schemas: Mapping[str, Any]) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Return the tables of places: the areas, and a grid, a branch and a term for each community."""
    day = plan.day.isoformat()
    role = played(schemas["branch_grid"], "role", "responsible")
    of_branch = played(schemas["branch"], "kind", "answers")
    kind = str(field(schemas["grid"], "kind")["constraints"]["enum"][0])
    homes = [(area.code, area.name) for area in plan.areas if area.level == "community"]
    return {
        "area": [
            {"area_id": area.code, "name": area.name, "level": area.level, "parent_id": area.parent_code}
            for area in plan.areas
        ],
        "grid": [
            {"grid_id": code + FIRST, "name": f"{name}第一网格", "area_id": code, "kind": kind, "opened_date": day}
            for code, name in homes
        ],
        "branch": [{"branch_id": f"B{code}", "name": f"{name}党支部", "kind": of_branch} for code, name in homes],
        "branch_grid": [
            {"branch_id": f"B{code}", "grid_id": code + FIRST, "role": role, "from_date": day} for code, _ in homes
        ],
    }


def field(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(item for item in schema["fields"] if item["name"] == name)
    return found


def played(schema: Mapping[str, Any], name: str, role: str) -> str:
    """Return the first value of a column that plays a role."""
    return str(field(schema, name)["roles"][role][0])


def table(schema: Mapping[str, Any], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a CSV with all columns of a schema."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [item["name"] for item in schema["fields"]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
