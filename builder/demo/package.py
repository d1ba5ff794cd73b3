"""The files of a demonstration package: a copied template and one CSV a resource."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from builder.demo.plan import Plan
from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.model.attachment import FOLDER

__all__ = ["Template", "areas_file", "read_template", "refuse_occupied", "write_attachments", "write_package"]

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


def areas_file(folder: Path, template: Template) -> Path:
    """Return the file of the template's areas; raise BuilderError when it has none."""
    for item in template.descriptor["resources"]:
        if item["name"] == "area" and (folder / item["path"]).is_file():
            return folder / str(item["path"])
    raise BuilderError(
        mark("{folder} has no areas to put grids into"),
        mark("name a CSV of areas with --areas"),
        folder=folder,
    )


def make_folder(target: Path) -> None:
    """Make the folder; ToolError when the system does not let us."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ToolError(
            mark("{target} cannot be made ({error})"),
            mark("name a new folder, or empty this one first"),
            target=target, error=error.strerror or error,
        ) from error  # fmt: skip


def write_package(
    target: Path, template: Template, tables: Mapping[str, pd.DataFrame], plan: Plan
) -> tuple[str, ...]:
    """Write descriptor, schemas and tables into `target`; return the resources that there are no `tables` for.

    Raises BuilderError when a resource has a field that its table does not have.
    """
    for name, fields in template.fields.items():
        if name in tables and not set(fields) <= set(tables[name].columns):
            raise BuilderError(
                mark("demonstration data cannot fill the resource {name} of the template"),
                mark("the demonstration does not know all of its fields: change its schema, or the subject’s demo.py"),
                name=name,
            )
    # a table that may be empty is one of exceptions, of which a demonstration has none
    empty = {item["name"] for item in template.descriptor["resources"] if item.get("minimum_rows", 1) == 0}
    tables = {**{name: pd.DataFrame(columns=template.fields[name]) for name in empty}, **tables}
    left_out = tuple(name for name in template.fields if name not in tables)
    resources = [item for item in template.descriptor["resources"] if item["name"] in tables]
    settings = {**template.descriptor.get("mingge", {}), "as_of": plan.as_of.isoformat(), "demonstration": True}
    settings["repository"] = "private"  # what a package is before intake
    described = {**template.descriptor, "mingge": settings, "resources": resources}
    make_folder(target)
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (target / DESCRIPTOR).write_text(text + "\n", encoding="utf-8", newline="\n")
    for item in resources:
        schema = target / item["schema"]
        schema.parent.mkdir(parents=True, exist_ok=True)
        schema.write_bytes(template.schemas[item["schema"]])
        table = tables[item["name"]].loc[:, list(template.fields[item["name"]])]
        table.to_csv(target / item["path"], index=False, lineterminator="\n", encoding="utf-8")
    return left_out


def write_attachments(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files that rows name beside the tables."""
    for name, content in files.items():
        make_folder(target / FOLDER)
        (target / FOLDER / name).write_bytes(content)
