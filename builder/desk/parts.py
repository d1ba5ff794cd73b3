"""All that the desk asks of the parts that read, mend and report: nothing else of it calls them."""

from __future__ import annotations

import csv
import gzip
import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from builder import load
from builder.checked import Checked
from builder.language import Translator, said
from builder.model import Package, Remark, Resource, Severity

__all__ = ["File", "Kind", "Line", "Taken", "package", "recognised", "rows", "taken", "told"]

SHOWN = 20
"""Places of one kind that are named on the page; the report has them all."""


class Line(NamedTuple):
    """One place. `text`, `hint`: what is wrong and what to do; `value` and `mended` as staff may read them."""

    row: int
    letter: str
    column: str
    text: str
    hint: str
    value: str
    mended: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found of one kind in one file, and how often; `effect`: what happens if it stays."""

    code: str
    is_error: bool
    count: int
    lines: tuple[Line, ...]
    title: str = ""
    effect: str = ""


class File(NamedTuple):
    """What was found in one file."""

    path: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it may be saved; `changes`: the first cells that differ, of `count`; `dropped`: columns left out."""

    data: bytes
    count: int
    changes: tuple[tuple[int, str, str, str, str], ...]
    dropped: tuple[str, ...]


def package(folder: Path) -> Package:
    """Return the package as its descriptor has it. Raises BuilderError."""
    return load.package(folder, ())


def content(path: Path) -> bytes:
    """Return the bytes of a file of the package, unpacked if it is packed."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook, whatever it is called."""
    return data.startswith(b"PK\x03\x04")


def rows(name: str, data: bytes, resource: Resource) -> list[list[str]] | None:
    """Return the cells of a file, its header first; None when it cannot be read."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def recognised(found: Package, name: str, data: bytes) -> Sequence[Resource]:
    """Return the tables that a file may be of, the likeliest first."""
    return tuple(item for item in found.resources.values() if Path(name).stem in (item.name, item.title))


def taken(name: str, data: bytes, resource: Resource) -> Taken | None:
    """Return a file as it may be saved; None when it cannot be read."""
    return Taken(data, 0, (), ())


def told(found: Checked, translate: Translator, folder: Path) -> tuple[File, ...]:
    """Return the report for the page, and keep it in `folder` for `workbook` and for `report.html`."""
    files: dict[str, dict[str, list[Remark]]] = {}
    for item in found.remarks():
        files.setdefault(item.address.path, {}).setdefault(item.code, []).append(item)
    (folder / "report.html").write_text("<!doctype html><title>report</title>", encoding="utf-8")
    (folder / "document.pickle").write_bytes(pickle.dumps(None))
    return tuple(
        File(path, tuple(kind(code, items, translate) for code, items in kinds.items()))
        for path, kinds in files.items()
    )


def kind(code: str, items: Sequence[Remark], translate: Translator) -> Kind:
    lines = tuple(line(item, translate) for item in items[:SHOWN])
    return Kind(code, items[0].severity is Severity.ERROR, len(items), lines)


def line(item: Remark, translate: Translator) -> Line:
    text, hint = said(translate, item.message)
    return Line(item.address.row, item.address.letter, item.column, text, hint, item.value, item.mended)


def workbook(folder: Path, path: str, data: bytes, translate: Translator) -> bytes:
    """Return the clerk's own file as a workbook whose wrong cells are coloured."""
    return data
