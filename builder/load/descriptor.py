"""datapackage.json and the schemas it names, parsed once into frozen values.

A descriptor that is not whole is a maintainer's mistake: `BuilderError`, naming file and property.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.load import metaschema
from builder.load.files import inside, resource_files
from builder.load.json_file import json_object
from builder.load.properties import Properties
from builder.load.schema import schema
from builder.load.settings import settings
from builder.model import Package, Resource

__all__ = ["package"]

DESCRIPTOR = "datapackage.json"
ROWS = (0, 10**9)

PATH = re.compile(r"(?:[a-z][a-z0-9_]{0,59}/)*[a-z][a-z0-9_]{0,59}(?:/|\.csv|\.csv\.gz|\.xlsx)?")
SCHEMA_PATH = re.compile(r"(?:[a-z][a-z0-9_]{0,59}/)*[a-z][a-z0-9_]{0,59}\.json")
"""Names that are the same in every file system, address, shell and page."""


def package(folder: Path) -> Package:
    """Read `folder`/datapackage.json and every schema it names. Raises BuilderError."""
    source = Properties(json_object(folder / DESCRIPTOR), DESCRIPTOR)
    metaschema.judge(source, metaschema.PACKAGE)
    if not source.items("resources"):
        raise source.wrong("resources", mark("{where}: “{key}” is missing or empty"))
    resources = tuple(resource(folder, item) for item in source.objects("resources"))
    names = [item.name for item in resources]
    for name in names:
        if names.count(name) > 1:
            raise BuilderError(
                mark("datapackage.json: there are two resources called “{name}”"), mark("rename one of them"), name=name
            )
    for item in resources:
        check_references(item, {r.name: r for r in resources})
    check_origin(source)
    name = source.line("name")
    return Package(
        root=folder,
        name=name,
        title=source.line("title", name),
        description=source.passage("description"),
        settings=settings(source.inner("mingge")),
        resources={item.name: item for item in resources},
        descriptor=source.source,
    )


def check_origin(source: Properties) -> None:
    """Version, licences and sources are published as they stand; a link in them must be one that a page may have."""
    source.line("version")
    for item in (*source.objects("licenses"), *source.objects("sources")):
        for key in ("name", "title", "email"):
            item.line(key)
        path = item.line("path")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) and not re.match(r"https?://", path, re.IGNORECASE):
            raise item.wrong(
                "path", mark("{where}: “{key}” is not a web address"), mark("write it like https://example.org/licence")
            )


def resource(folder: Path, source: Properties) -> Resource:
    metaschema.judge(source, metaschema.RESOURCE)
    name = source.needed("name")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise BuilderError(
            mark("{where}: “{name}” is not a resource name"), mark("use a–z, 0–9 and _, at most 60 of them"),
            where=source.where, name=name,
        )  # fmt: skip
    source = Properties(source.source, f"{source.where} ({name})")
    if isinstance(source.source.get("path"), list):
        raise source.wrong(
            "path", mark("{where}: a list of paths is not supported"),
            mark("put these files into one folder and name the folder: all CSV files in it are one table"),
        )  # fmt: skip
    path, schema_path = source.needed("path"), source.needed("schema")
    schema_file = inside(folder, schema_path, name)
    paths, described = resource_files(folder, path, name), json_object(schema_file)
    check_path(source, "path", PATH)
    check_path(source, "schema", SCHEMA_PATH)
    return Resource(
        name=name,
        title=source.line("title", name),
        description=source.passage("description"),
        path=path,
        paths=paths,
        minimum_rows=source.whole("minimum_rows", 1, ROWS),
        schema=schema(Properties(described, schema_path)),
        singular=source.line("singular"),
    )


def check_path(source: Properties, key: str, form: re.Pattern[str]) -> None:
    """Refuse a file's name that a shell, a page or another file system would take for something else."""
    if not form.fullmatch(source.line(key)):
        raise source.wrong(
            key, mark("{where}: “{key}” is {found}, which is not the name of a file that works everywhere"),
            mark("use a–z, 0–9 and _, at most 60 of them, and .csv, .csv.gz, .xlsx or .json"),
        )  # fmt: skip


def check_references(item: Resource, resources: Mapping[str, Resource]) -> None:
    """A foreign key must point at a field that exists, or the check would silently never run."""
    for key in item.schema.foreign_keys:
        target = resources.get(key.target or item.name)
        if target is None or key.field not in item.schema or key.target_field not in target.schema:
            raise BuilderError(
                mark("{resource}: the foreign key {field} → {target}.{target_field} points at nothing"),
                mark("name a resource and a field of this package"),
                resource=item.name, field=key.field, target=key.target, target_field=key.target_field,
            )  # fmt: skip
