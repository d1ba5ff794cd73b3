"""A package with files that are not in its folder yet: so is checked what is not to be written before it is right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from builder.model import Package, Resource

__all__ = ["instead"]


def instead(package: Package, files: Collection[Path]) -> Package:
    """Return the package with those `files` among the files of its tables that are to lie in the folder of one."""
    return replace(package, resources={name: with_files(package.root, item, files) for name, item in
                                       package.resources.items()}) if files else package  # fmt: skip


def with_files(root: Path, resource: Resource, files: Collection[Path]) -> Resource:
    """Return a table with the new files of its folder, in the order of their names."""
    folder = root / resource.path
    new = {file for file in files if file.parent == folder and file not in resource.paths}
    return replace(resource, paths=tuple(sorted({*resource.paths, *new}))) if new else resource
