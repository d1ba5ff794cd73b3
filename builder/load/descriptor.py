"""datapackage.json and its schemas, parsed once into frozen values.

A descriptor that is not whole is a maintainer's mistake: `BuilderError`, naming file and property.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.load.files import inside, resource_files
from builder.load.settings import settings
from builder.model import Field, ForeignKey, Package, Resource, Schema

__all__ = ["package"]

Json = Mapping[str, Any]
TYPES = ("string", "integer", "number", "boolean", "date")
PLAIN = mark("write dates like 2026-03-05, numbers like 92.5 and leave empty cells empty")
STANDARD = mark("see the Data Package standard, or compare with a fresh `mingge demo`")


def package(folder: Path) -> Package:
    """Read `folder`/datapackage.json and every schema it names. Raises BuilderError."""
    descriptor = read_json(folder / "datapackage.json")
    resources = [
        resource(folder, index, item)
        for index, item in enumerate(expect(descriptor, "resources", list, "datapackage.json"))
    ]
    names = [item.name for item in resources]
    for name in names:
        if names.count(name) > 1:
            raise BuilderError(
                mark("datapackage.json: there are two resources called “{name}”"), mark("rename one of them"), name=name
            )
    for item in resources:
        check_references(item, {r.name: r for r in resources})
    return Package(
        root=folder,
        name=str(descriptor.get("name", "")),
        title=str(descriptor.get("title", descriptor.get("name", ""))),
        description=str(descriptor.get("description", "")),
        settings=settings(descriptor.get("mingge", {})),
        resources={item.name: item for item in resources},
        descriptor=descriptor,
    )


def read_json(path: Path) -> Json:
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BuilderError(
            mark("{path}: there is no such file"), mark("name the folder that holds datapackage.json"), path=path
        ) from None
    except (UnicodeDecodeError, OSError) as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("it must be a UTF-8 text file"), path=path, error=error
        ) from None
    except json.JSONDecodeError as error:
        raise BuilderError(
            mark("{path}: not valid JSON at line {line}, column {column} ({error})"),
            mark("often a comma or a quote is missing just before that place"),
            path=path, line=error.lineno, column=error.colno, error=error.msg,
        ) from None  # fmt: skip
    if not isinstance(value, dict):
        raise BuilderError(mark("{path}: must hold one JSON object"), mark("it begins with a curly bracket"), path=path)
    return value


def expect(source: Json, key: str, kind: type, where: str) -> Any:
    """Return `source[key]`, which must be a non-empty `kind`."""
    value = source.get(key)
    if not isinstance(value, kind) or not value:
        raise BuilderError(
            mark("{where}: “{key}” is missing or is not a {kind}"),
            STANDARD,
            where=where, key=key, kind=kind.__name__,
        )  # fmt: skip
    return value


def optional(source: Json, key: str, default: Any, where: str) -> Any:
    """Return `source[key]`, which must be of the type of `default`, or `default`."""
    value = source.get(key, default)
    if type(value) is not type(default):
        kind = type(default).__name__
        raise BuilderError(mark("{where}: “{key}” is not of type {kind}"), STANDARD, where=where, key=key, kind=kind)
    return value


def unsupported(source: Json, key: str, allowed: Any, where: str, hint: str) -> None:
    """Refuse a property of the standard that would otherwise be passed over in silence."""
    if source.get(key, allowed) != allowed:
        raise BuilderError(mark("{where}: “{key}” is not supported"), hint, where=where, key=key)


def resource(folder: Path, index: int, item: Json) -> Resource:
    where = f"datapackage.json: resources[{index}]"
    if not isinstance(item, dict):
        raise BuilderError(mark("{where} must be an object"), where=where)
    name = expect(item, "name", str, where)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BuilderError(
            mark("{where}: “{name}” is not a resource name"), mark("use a–z, 0–9 and _"), where=where, name=name
        )
    path = expect(item, "path", str, f"{where} ({name})")
    schema_path = expect(item, "schema", str, f"{where} ({name})")
    schema_file = inside(folder, schema_path, name)
    return Resource(
        name=name,
        title=str(item.get("title", name)),
        description=str(item.get("description", "")),
        path=path,
        paths=resource_files(folder, path, name),
        minimum_rows=optional(item, "minimum_rows", 1, f"{where} ({name})"),
        schema=schema(read_json(schema_file), schema_path),
    )


def schema(descriptor: Json, where: str) -> Schema:
    fields = tuple(field(item, where) for item in expect(descriptor, "fields", list, where))
    key = descriptor.get("primaryKey", [])
    primary = (key,) if isinstance(key, str) else tuple(optional(descriptor, "primaryKey", [], where))
    foreign = foreign_keys(descriptor, where)
    unsupported(descriptor, "missingValues", [""], where, PLAIN)
    by_name = {item.name: item for item in fields}
    for item in fields:
        if by_name[item.name] is not item:
            raise BuilderError(
                mark("{where}: there are two fields called “{name}”"),
                mark("rename one of them"),
                where=where,
                name=item.name,
            )
    for name in primary:
        if name not in by_name:
            raise BuilderError(mark("{where}: primaryKey names “{name}”, which is not a field"), where=where, name=name)
    for name in (*primary, *(item.field for item in foreign)):
        if name in by_name and by_name[name].publish == "never":
            raise BuilderError(
                mark("{where}: the key “{name}” is never published, so nothing can be checked against it"),
                mark("give it “publish”: “counts”"),
                where=where, name=name,
            )  # fmt: skip
    return Schema(fields, primary, foreign, descriptor)


def field(item: Json, where: str) -> Field:
    if not isinstance(item, dict):
        raise BuilderError(mark("{where}: every field must be an object"), where=where)
    name = expect(item, "name", str, where)
    kind = item.get("type", "string")
    publish = item.get("publish", "never")
    check_kind(kind, publish, name, where)
    place = f"{where}: field {name}"
    for key, allowed in (("missingValues", [""]), ("decimalChar", "."), ("groupChar", ""), ("bareNumber", True)):
        unsupported(item, key, allowed, place, PLAIN)
    if kind == "date":
        unsupported(item, "format", "default", place, PLAIN)
    constraints = optional(item, "constraints", {}, place)
    unsupported(constraints, "unique", False, place, mark("name the field in primaryKey"))
    check_pattern(optional(constraints, "pattern", "", f"{place}: constraints"), name, where)
    roles = optional(item, "roles", {}, place)
    return Field(
        name=name,
        title=str(item.get("title", name)),
        description=str(item.get("description", "")),
        type=kind,
        publish=publish,
        required=bool(constraints.get("required", False)),
        fix=str(item.get("fix", "")),
        aliases=tuple(optional(item, "aliases", [], place)),
        labels=labels(item, place),
        roles={role: frozenset(optional(roles, role, [], f"{place}: roles")) for role in roles},
        vote=str(item.get("vote", "")),
        descriptor=item,
    )


def check_kind(kind: object, publish: object, name: str, where: str) -> None:
    """Raise BuilderError for a type or a publish that nobody here knows."""
    if kind not in TYPES:
        raise BuilderError(
            mark("{where}: field {name} has type “{kind}”"),
            mark("use one of: {types}"),
            where=where,
            name=name,
            kind=kind,
            types=", ".join(TYPES),
        )
    if publish not in ("public", "counts", "never"):
        raise BuilderError(
            mark("{where}: field {name} has publish “{publish}”"),
            mark("use public or counts, or leave it out"),
            where=where,
            name=name,
            publish=publish,
        )


def labels(item: Json, place: str) -> Mapping[str, str]:
    """Return value → label of the field's `categories`."""
    try:
        return {str(c["value"]): str(c.get("label", c["value"])) for c in item.get("categories", ())}
    except (TypeError, KeyError, AttributeError):
        raise BuilderError(
            mark("{where}: “categories” is not a list of objects with a value"), STANDARD, where=place
        ) from None


def check_pattern(pattern: str, name: str, where: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise BuilderError(
            mark("{where}: the pattern of field {name} is not a regular expression ({error})"),
            where=where, name=name, error=error,
        ) from None  # fmt: skip


def foreign_keys(descriptor: Json, where: str) -> tuple[ForeignKey, ...]:
    keys = []
    for item in descriptor.get("foreignKeys", ()):
        try:
            names, reference = item["fields"], item["reference"]
            names = [names] if isinstance(names, str) else names
            targets = [reference["fields"]] if isinstance(reference["fields"], str) else reference["fields"]
            (name,), (target,) = names, targets
        except (KeyError, TypeError, ValueError):
            raise BuilderError(
                mark("{where}: a foreign key must link one field to one field of a resource"), where=where
            ) from None
        keys.append(ForeignKey(name, reference.get("resource", ""), target))
    return tuple(keys)


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
