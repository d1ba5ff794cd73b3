"""The public package as files: the tables that may be read, their schemas, and the files that published rows name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from builder import shapes
from builder.errors import ToolError
from builder.frames import write_csv
from builder.intake.closing import BOOK, file_of
from builder.language import mark
from builder.model import Attachments, Package, PublishedTables, Shapes, named
from builder.model.attachment import FOLDER

__all__ = ["write", "write_counts", "write_shapes"]

DESCRIPTOR = "datapackage.json"


def write(
    tables: PublishedTables, package: Package, files: Attachments, target: Path, whole: Collection[str] = ()
) -> None:
    """Write the package into the empty folder `target`; `package`: the private one, `files`: those it has.

    `whole`: tables that are not published and hold nothing private: they stay as they are.
    """
    resources = {item["name"]: item for item in package.descriptor["resources"]}
    for name, resource in package.resources.items():
        schema = target / resources[name]["schema"]
        schema.parent.mkdir(parents=True, exist_ok=True)
        written = (package.root / resources[name]["schema"]).read_bytes()
        schema.write_bytes(written if name in whole else public_schema(written))
        file = target / file_of(resource)
        file.parent.mkdir(parents=True, exist_ok=True)
        if name not in whole:
            write_csv(resource, tables.frames[name], file)
        elif resource.paths:
            shutil.copyfile(resource.paths[0], file.with_suffix(resource.paths[0].suffix))
    described = {**package.descriptor, "mingge": public_settings(package)}
    described["resources"] = [
        item if item["name"] in whole or not item["path"].endswith(BOOK)
        else {**item, "path": file_of(package.resources[item["name"]])}
        for item in package.descriptor["resources"]
    ]  # fmt: skip
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (target / DESCRIPTOR).write_text(text + "\n", encoding="utf-8", newline="\n")
    for name in sorted(set(wanted(tables)) & set(files)):
        (target / FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(files[name].path, target / FOLDER / name)


def public_settings(package: Package) -> Mapping[str, object]:
    """Return the settings that the public package keeps: shapes that are not published are not named either."""
    found = {**package.descriptor.get("mingge", {}), "repository": "public"}
    if (file := package.settings.geometry) and file.publish != "public":
        del found["geometry"]
    return found


def write_shapes(found: Shapes, package: Package, target: Path) -> None:
    """Write the shapes that may be published into the folder `target`, where the package has them."""
    if file := package.settings.geometry:
        path = target / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shapes.geojson(found.key, found.of), encoding="utf-8", newline="\n")


def public_schema(written: bytes) -> bytes:
    """Return a schema that the public table keeps: columns that are not public are named still, but need not be there.

    Otherwise tools that know the standard alone (Data Package v2, `fieldsMatch`) would take their absence for a defect.
    """
    schema = json.loads(written)
    hidden = [field for field in schema["fields"] if field.get("publish") != "public"]
    if not hidden:
        return written
    for field in hidden:
        limits = field.get("constraints", {})
        if "required" in limits:
            del limits["required"]
            if not limits:
                del field["constraints"]
    text = json.dumps({"fieldsMatch": "superset", **schema}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def write_counts(frames: Mapping[str, pd.DataFrame], package: Package) -> tuple[str, ...]:
    """Write the counts of closed periods into the package itself. Returns the files, by path. Raises ToolError."""
    written = []
    for name, frame in frames.items():
        file = package.root / file_of(package.resources[name])
        part = file.with_name(f".{file.name}.mingge-part")
        try:
            write_csv(package.resources[name], frame, part)
            part.replace(file)
        except OSError as error:
            raise ToolError(
                mark("{path} cannot be written ({error})"), mark("check the name and its permissions"),
                path=file, error=error.strerror or error,
            ) from error  # fmt: skip
        written.append(file_of(package.resources[name]))
    return tuple(written)


def wanted(tables: PublishedTables) -> Iterable[str]:
    """Yield the names of the files that published cells hold."""
    for name, frame in tables.frames.items():
        for field in tables.resources[name].schema.fields:
            if field.attachment and field.name in frame:
                for cell in frame[field.name].dropna().astype(str).unique():
                    yield from named(cell)
