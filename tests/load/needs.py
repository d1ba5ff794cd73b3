"""A package that lacks something the engine needs, and what the build says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder import changes, gate, load, places
from builder.errors import BuilderError
from builder.model import Needs, Package
from builder.subjects import SUBJECTS
from tests.load.lines import placeless, sentences

__all__ = ["ALL", "edit", "every", "field", "key_of", "package", "refused", "without_foreign_keys", "without_table"]

SCHEMAS = Path(__file__).parents[2] / "datasets" / "schemas"
GROUPS = [places.NEEDS, gate.NEEDS, changes.NEEDS, *(subject.needs for subject in SUBJECTS)]
def here(needs: Needs) -> Needs:
    """Return what is needed of a table without the column that the repository's own does not have."""
    return needs._replace(uses=tuple(use for use in needs.uses if (needs.resource, use.name) != ("area", "area_kind")))


ALL: dict[str, Needs] = {
    needs.resource: here(needs)
    for group in GROUPS for needs in group if (SCHEMAS / f"{needs.resource}.json").is_file()
}
"""What is needed of the tables that the repository's package has: it has no trees beside the main one."""


def package(folder: Path) -> Package:
    return load.package(folder, GROUPS)


def refused(folder: Path) -> tuple[str, str]:
    """Return the sentence and the hint of the only mistake, without its line."""
    (only,) = every(folder)
    return only


def every(folder: Path) -> list[tuple[str, str]]:
    """Return the same of every mistake."""
    with pytest.raises(BuilderError) as caught:
        package(folder)
    return [(placeless(text), hint) for text, hint in sentences(caught.value)]


def edit(path: Path, change: Callable[[Any], object]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


def field(schema: Any, name: str) -> Any:
    return next(item for item in schema["fields"] if item["name"] == name)


def without_foreign_keys(folder: Path) -> None:
    for path in (folder / "schemas").glob("*.json"):
        edit(path, lambda schema: schema.update(foreignKeys=[]))


def without_table(folder: Path, *names: str) -> None:
    def change(value: Any) -> None:
        value["resources"] = [item for item in value["resources"] if item["name"] not in names]

    edit(folder / "datapackage.json", change)
    without_foreign_keys(folder)


def key_of(table: str) -> list[str]:
    """Return a primary key that the engine accepts where a test takes a field out of it."""
    return list(ALL[table].key)
