"""A file that comes in by `mingge import`: which table it is, and which file of the package it would replace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Message, Resource

if TYPE_CHECKING:
    from builder.fix import Former, Taken
    from builder.pipeline import Opened

__all__ = ["Arrival", "arrivals"]

SUFFIX = re.compile(r"\.(?:csv\.gz|csv|xlsx|txt|tsv)$", re.IGNORECASE)
CSV = (".csv", ".csv.gz")


@dataclass(frozen=True, slots=True)
class Arrival:
    """`file`: as it was given. `target`: the file of the package, called `name` there, with the bytes `before` or None.

    `data`: the bytes it is to have; `refused`: why it cannot, None where it can. `lost`: rows that would go, where they
    are so many that somebody is to be asked; else 0.
    """

    file: Path
    resource: Resource
    target: Path
    name: str
    before: bytes | None
    old: Former
    taken: Taken
    data: bytes
    refused: Message | None
    lost: int


def arrivals(opened: Opened, files: Sequence[Path], table: str, *, is_added: bool = False) -> tuple[Arrival, ...]:
    """Return what each file would become in the package. `table`: which table they are, "" to recognise it.

    `is_added`: its rows come behind those that are there.
    """
    found = tuple(item for file in files for item in of_file(opened, file, table, is_added=is_added))
    for number, item in enumerate(found):
        if twin := next((other for other in found[:number] if other.target == item.target), None):
            raise BuilderError(
                mark("{first} and {second} are both for {path}"),
                mark("import one of them, or put the rows into one file"),
                first=twin.file.name, second=item.file.name, path=item.name,
            )  # fmt: skip
    return found


def of_file(opened: Opened, file: Path, table: str, *, is_added: bool) -> Iterator[Arrival]:
    from builder import fix

    data = content(file)
    several = () if table else fix.tables(opened.package, file.name, data)
    for resource in several or (chosen(opened, file, data, table),):
        yield arrival(opened, file, data, resource, is_added=is_added)


def arrival(opened: Opened, file: Path, data: bytes, resource: Resource, *, is_added: bool) -> Arrival:
    from builder import fix

    target = target_of(opened.package.root, resource, file)
    name = target.relative_to(opened.package.root).as_posix()
    before = content(target) if target.exists() else None
    old = fix.former(resource, name, before)
    taken = fix.taken(resource, file.name, data, opened.unwanted(resource.name), old)
    taken = fix.appended(resource, taken, old) if is_added else taken
    raw = next((item for item in taken.dropped if item.publish == "counts" and item.filled), None)
    refused = Message(fix.RAW.text, fix.RAW.hint, raw.values) if raw else taken.refused
    gone = 0 if refused else fix.difference(resource, old, taken.header, taken.rows).lost
    lost = gone if opened.loses(resource.name, len(old.rows), gone) else 0
    return Arrival(file, resource, target, name, before, old, taken, fix.packed(name, taken.data), refused, lost)


def content(path: Path) -> bytes:
    """Return the bytes of a file that was named. Raises BuilderError."""
    try:
        if path.exists() and not path.is_file():
            raise BuilderError(
                mark("{path}: a folder, a pipe or a device stands where a file is expected"),
                mark("name the files one by one"), path=path,
            )  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=path, error=error.strerror,
        ) from None  # fmt: skip


def chosen(opened: Opened, file: Path, data: bytes, table: str) -> Resource:
    """Return the table that a file is of. Raises BuilderError where that is not known."""
    from builder import fix

    resources = opened.package.resources
    if table:
        meant = [item for item in resources.values() if table in (item.name, item.title)]
        if not meant:
            raise BuilderError(
                mark("there is no table “{name}”"), mark("use one of: {known}"),
                name=table, known=", ".join(resources),
            )  # fmt: skip
        return meant[0]
    found = fix.recognised(opened.package, file.name, data)
    if len(found) != 1:
        raise BuilderError(
            mark("{file}: it is not sure which table it is by its name and its header"),
            mark("say it with --as, such as --as {known}"),
            file=file.name, known=" / --as ".join(item.name for item in found or tuple(resources.values())[:1]),
        )  # fmt: skip
    return found[0]


def target_of(root: Path, resource: Resource, file: Path) -> Path:
    """Return the file of the package: that of the table, or in its folder the one of the same name."""
    path = root / resource.path
    if resource.path.endswith("/") or path.is_dir() or not resource.path.lower().endswith((*CSV, ".xlsx")):
        return path / f"{SUFFIX.sub('', file.name)}.csv"
    if not resource.path.lower().endswith(CSV):
        raise BuilderError(
            mark("datapackage.json names {path} for {name}, which is a workbook"),
            mark("name a .csv file there, then import the workbook"), path=resource.path, name=resource.name,
        )  # fmt: skip
    return path
