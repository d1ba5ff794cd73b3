"""A package with files that are not in its folder yet, or without some that are: so is checked what is not written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from builder.model import Package, Resource

__all__ = ["instead"]


def instead(package: Package, files: Collection[Path], without: Collection[Path] = ()) -> Package:
    """Return the package with those `files` among the files of its tables that are to lie in the folder of one.

    `without`: files that are as if they were not there; a table that has no others is one that the package lacks.
    """
    if files:
        resources = {name: with_files(package.root, item, files) for name, item in package.resources.items()}
        package = replace(package, resources=resources)
    return left_out(package, without) if without else package


def with_files(root: Path, resource: Resource, files: Collection[Path]) -> Resource:
    """Return a table with the new files of its folder, in the order of their names."""
    folder = root / resource.path
    new = {file for file in files if file.parent == folder and file not in resource.paths}
    return replace(resource, paths=tuple(sorted({*resource.paths, *new}))) if new else resource


def left_out(package: Package, without: Collection[Path]) -> Package:
    gone = {name for name, item in package.resources.items() if item.paths and not set(item.paths) - set(without)}
    resources = {
        name: without_keys(replace(item, paths=tuple(path for path in item.paths if path not in without)), gone)
        for name, item in package.resources.items() if name not in gone
    }  # fmt: skip
    described = package.descriptor["resources"]
    schemas = tuple(package.root / str(item["schema"]) for item in described if item["name"] in gone)
    descriptor = {**package.descriptor, "resources": [item for item in described if item["name"] not in gone]}
    return replace(package, resources=resources, descriptor=descriptor, left=(*sorted(without), *schemas))


def without_keys(resource: Resource, gone: Collection[str]) -> Resource:
    """Return a table that refers to none of those that are gone."""
    schema = resource.schema
    keys = tuple(key for key in schema.foreign_keys if key.target not in gone)
    if len(keys) == len(schema.foreign_keys):
        return resource
    stated = [key for key in schema.descriptor["foreignKeys"] if key["reference"].get("resource") not in gone]
    descriptor = {**schema.descriptor, "foreignKeys": stated}
    return replace(resource, schema=replace(schema, foreign_keys=keys, descriptor=descriptor))
