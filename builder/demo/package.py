"""The files of a demonstration package: a copied template and one CSV a resource."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from builder.demo.plan import Plan
from builder.errors import BuilderError
from builder.language import mark

__all__ = ["Template", "read_template", "refuse_occupied", "write_package"]

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Template:
    """A package without data: its descriptor, its schema files by path, and the fields of each resource in order."""

    descriptor: Mapping[str, Any]
    schemas: Mapping[str, bytes]
    fields: Mapping[str, tuple[str, ...]]


def read_template(folder: Path) -> Template:
    """Return the descriptor and schemas in `folder`; raise BuilderError if they cannot be read."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        paths = {each["name"]: each["schema"] for each in descriptor["resources"]}
        schemas = {path: (folder / path).read_bytes() for path in paths.values()}
        fields = {name: tuple(each["name"] for each in json.loads(schemas[path])["fields"])
                  for name, path in paths.items()}  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuilderError(
            mark("{folder} is not a package that demonstration data can be written for ({error})"),
            mark("name a folder that holds {descriptor} and the schema files it refers to"),
            folder=folder, error=repr(error), descriptor=DESCRIPTOR,
        ) from error  # fmt: skip
    return Template(descriptor, schemas, fields)


def refuse_occupied(target: Path) -> None:
    """Raise BuilderError if `target` is a file, or a folder that holds anything."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BuilderError(
            mark("{target} exists and is not an empty folder"),
            mark("name a new folder, or empty this one first"),
            target=target,
        )


def write_package(target: Path, template: Template, tables: Mapping[str, pd.DataFrame], plan: Plan) -> None:
    """Write descriptor, schemas and tables into `target`; raise BuilderError if the template asks for other tables."""
    for name, fields in template.fields.items():
        if name not in tables or set(fields) != set(tables[name].columns):
            raise BuilderError(
                mark("demonstration data cannot fill the resource {name} of the template"),
                mark("its fields and those of the demonstration differ: change the template’s schema or builder/demo"),
                name=name,
            )
    settings = {**template.descriptor.get("mingge", {}), "as_of": plan.as_of.isoformat(), "demonstration": True}
    descriptor = json.dumps({**template.descriptor, "mingge": settings}, ensure_ascii=False, indent=2)
    target.mkdir(parents=True, exist_ok=True)
    (target / DESCRIPTOR).write_text(descriptor + "\n", encoding="utf-8", newline="\n")
    for path, content in template.schemas.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    for name, fields in template.fields.items():
        table = tables[name].loc[:, list(fields)]
        table.to_csv(target / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
