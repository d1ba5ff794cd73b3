"""datapackage.json and the schemas it names, parsed once into frozen values.

A descriptor that is not whole is a maintainer's mistake: `BuilderError`, naming file, line and property. All mistakes
of all these files are told at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.language import mark
from builder.load import metaschema
from builder.load.files import inside, resource_files
from builder.load.json_file import json_document
from builder.load.mistakes import Mistakes
from builder.load.near import nearest
from builder.load.properties import Properties, of
from builder.load.schema import schema
from builder.load.settings import settings
from builder.model import Package, Resource, Schema, Steadiness

__all__ = ["Found", "Read", "check_references", "package", "read"]

DESCRIPTOR = "datapackage.json"
ROWS = (0, 10**9)
PER_CENT = (0, 100)
MORE_PER_CENT = (0, 10_000)
DAYS = (1, 3_660)

PATH = re.compile(r"(?:[a-z][a-z0-9_]{0,59}/)*[a-z][a-z0-9_]{0,59}(?:/|\.csv|\.csv\.gz|\.xlsx)?")
SCHEMA_PATH = re.compile(r"(?:[a-z][a-z0-9_]{0,59}/)*[a-z][a-z0-9_]{0,59}\.json")
"""Names that are the same in every file system, address, shell and page."""


@dataclass(frozen=True, slots=True)
class Found:
    """One resource and where it is described. `is_whole`: nothing was noted of it or of its schema."""

    resource: Resource
    source: Properties
    schema: Properties
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read of a package: `resources` by name, `names` of all that are described, readable or not.

    What is wrong with it is in `mistakes`; `package` is for no other use while there are any.
    """

    package: Package
    source: Properties
    resources: Mapping[str, Found]
    names: frozenset[str]
    mistakes: Mistakes


def package(folder: Path) -> Package:
    """Read `folder`/datapackage.json and every schema it names. Raises BuilderError."""
    found = read(folder)
    check_references(found, frozenset())
    found.mistakes.settle()
    return found.package


def read(folder: Path) -> Read:
    """Read the same, noting what is wrong. Raises BuilderError where there is nothing to go on with."""
    mistakes = Mistakes()
    source = of(json_document(folder / DESCRIPTOR, DESCRIPTOR), mistakes)
    metaschema.judge(source, metaschema.PACKAGE)
    meant = metaschema.refuse_misspelt(source, metaschema.PACKAGE)
    items = source.objects("resources")
    if "resources" not in meant and source.source.get("resources", []) == []:
        source.refuse("resources", mark("{where}: “{key}” is missing or empty"))
    found: dict[str, Found] = {}
    for item in items:
        each = item.attempt(partial(resource, folder, item, mistakes))
        if each and each.resource.name in found:
            each.source.refuse(
                "name", mark("{where}: there are two resources called “{name}”"), mark("rename one of them"),
                name=each.resource.name,
            )  # fmt: skip
        elif each:
            found[each.resource.name] = each
    check_origin(source)
    name = source.line("name")
    whole = Package(
        root=folder,
        name=name,
        title=source.line("title", name),
        description=source.passage("description"),
        settings=settings(source.inner("mingge")),
        resources={name: each.resource for name, each in found.items()},
        descriptor=source.source,
    )
    names = frozenset(str(item.source.get("name", "")) for item in items)
    return Read(whole, source, found, names, mistakes)


def check_origin(source: Properties) -> None:
    """Version, licences and sources are published as they stand; a link in them must be one that a page may have."""
    source.line("version")
    for item in (*source.objects("licenses"), *source.objects("sources")):
        for key in ("name", "title", "email"):
            item.line(key)
        path = item.line("path")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) and not re.match(r"https?://", path, re.IGNORECASE):
            item.refuse(
                "path", mark("{where}: “{key}” is not a web address"), mark("write it like https://example.org/licence")
            )


def resource(folder: Path, item: Properties, mistakes: Mistakes) -> Found | None:
    """Return a resource with its schema; None where one of the two has no name, or cannot be read at all."""
    before = len(mistakes)
    metaschema.judge(item, metaschema.RESOURCE)
    if metaschema.refuse_misspelt(item, metaschema.RESOURCE) & {"name", "path", "schema"}:
        return None
    name = item.needed("name")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise item.wrong(
            "name", mark("{where}: “{name}” is not a resource name"), mark("use a–z, 0–9 and _, at most 60 of them"),
            name=name,
        )  # fmt: skip
    source = item.called(f"{item.trail} ({name})")
    path = source.attempt(partial(path_of, folder, source))
    described = source.attempt(partial(schema_of, folder, source, mistakes))
    parsed = described.attempt(partial(schema, described)) if described else None
    paths = source.attempt(partial(resource_files, folder, path, source.at("path"))) if path else None
    found = Resource(
        name=name,
        title=source.line("title", name),
        description=source.passage("description"),
        path=path or "",
        paths=paths or (),
        minimum_rows=source.whole("minimum_rows", 1, ROWS),
        schema=parsed or Schema((), (), (), {}),
        singular=source.line("singular"),
        steadiness=steadiness(source),
    )
    if described is None or parsed is None:
        return None
    return Found(found, source, described, len(mistakes) == before)


def path_of(folder: Path, source: Properties) -> str:
    """Return the path of a resource's rows, which may not be there. Raises BuilderError."""
    if isinstance(source.source.get("path"), list):
        raise source.wrong(
            "path", mark("{where}: a list of paths is not supported"),
            mark("put these files into one folder and name the folder: all CSV files in it are one table"),
        )  # fmt: skip
    path = source.needed("path")
    inside(folder, path, source.at("path"))
    check_path(folder, source, "path", PATH)
    return path


def schema_of(folder: Path, source: Properties, mistakes: Mistakes) -> Properties:
    """Return what stands in the file of a resource's schema. Raises BuilderError."""
    if isinstance(source.source.get("schema"), dict):
        raise source.wrong(
            "schema", mark("{where}: “{key}” must be the name of a file, but is {found}"),
            mark("put the schema into a file of its own, such as schemas/{name}.json, and name it here"),
            name=source.source.get("name"),
        )  # fmt: skip
    path = source.needed("schema")
    file = inside(folder, path, source.at("schema"))
    check_path(folder, source, "schema", SCHEMA_PATH)
    if not os.path.lexists(file):
        near = nearest(path, files(folder, ".json"))
        raise source.wrong(
            "schema", mark("{where}: there is no file {path}"),
            mark("did you mean “{near}”?") if near else mark("correct the name, or add the file"), path=path, near=near,
        )  # fmt: skip
    return of(json_document(file, path), mistakes)


def files(folder: Path, suffix: str) -> list[str]:
    """Return the files of a package that are called so, the schemas' folder included."""
    found = (*folder.glob(f"*{suffix}"), *folder.glob(f"*/*{suffix}"))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def check_path(folder: Path, source: Properties, key: str, form: re.Pattern[str]) -> None:
    """Refuse a file's name that a shell, a page or another file system would take for something else."""
    path = source.line(key)
    if form.fullmatch(path):
        return
    suffix = ".json" if key == "schema" else ".csv"
    own = ("schemas/" if key == "schema" else "") + f"{source.source.get('name')}{suffix}"
    there = {name.casefold(): name for name in files(folder, suffix) if form.fullmatch(name)}
    likely = (path, f"{Path(path).stem}{suffix}", own)
    near = next((there[name.casefold()] for name in likely if name.casefold() in there), "")
    plain = re.sub(r"[^a-z0-9_/.]+", "_", path.casefold())
    plain = re.sub(r"\.(xlsx?|csv\.txt|txt)$", ".csv", plain)
    plain = plain if form.fullmatch(plain) else own
    raise source.wrong(
        key, mark("{where}: “{key}” is {found}, which is not the name of a file that works everywhere"),
        mark("did you mean “{near}”?")
        if near
        else mark("rename the file, for example to {plain}, and write that here")
        if form.fullmatch(plain)
        else mark("use a–z, 0–9 and _, at most 60 of them, and .csv, .csv.gz or .json"),
        near=near, plain=plain,
    )  # fmt: skip


def steadiness(source: Properties) -> Steadiness:
    """Return how far a table may differ from the last release before staff are told."""

    def stated(key: str, limits: tuple[int, int]) -> int | None:
        return source.whole(key, limits[0], limits) if key in source else None

    return Steadiness(
        fewer_rows_pct=stated("fewer_rows_pct", PER_CENT),
        more_rows_pct=stated("more_rows_pct", MORE_PER_CENT),
        emptied_points=stated("emptied_points", PER_CENT),
        new_rows_days=stated("new_rows_days", DAYS),
    )


def check_references(found: Read, passed_over: frozenset[str]) -> None:
    """Note foreign keys that point at no field, or the check would silently never run.

    `passed_over`: names of tables of which it was said already that they are called otherwise.
    """
    for here in found.resources.values():
        keys = here.resource.schema.foreign_keys
        if not here.is_whole or len(keys) != len(here.schema.source.get("foreignKeys", [])):
            continue  # what is missing may be missing for another reason
        for number, key in enumerate(keys):
            target = found.resources.get(key.target) if key.target else here
            if target or key.target not in found.names | passed_over:
                check_reference(here, number, target, found.resources)


def check_reference(here: Found, number: int, target: Found | None, resources: Mapping[str, Found]) -> None:
    key = here.resource.schema.foreign_keys[number]
    way: tuple[str, ...]
    if target is None:
        way, near = ("reference", "resource"), nearest(key.target, resources)
        hint = mark("there is no such table; did you mean “{near}”?")
    elif key.field not in here.resource.schema:
        way, near = ("fields",), nearest(key.field, here.resource.schema.names)
        hint = mark("there is no such field here; did you mean “{near}”?")
    elif target.is_whole and key.target_field not in target.resource.schema:
        way, near = ("reference", "fields"), nearest(key.target_field, target.resource.schema.names)
        hint = mark("there is no such field in that table; did you mean “{near}”?")
    else:
        return
    here.schema.refuse_at(
        ("foreignKeys", number, *way),
        mark("{where}: the foreign key {field} → {target}.{target_field} points at nothing"),
        hint if near else mark("name a resource and a field of this package"),
        near=near, field=key.field, target=key.target or here.resource.name, target_field=key.target_field,
    )  # fmt: skip
