"""A package that somebody spoilt, as a case of the corpus says, and what the program tells of it.

A case has `name`, `spoil` (a list of edits, done in order) and what is told: `findings`, or `stops` and `hint` for a
mistake of the project: texts, or lists of them where there are several. Each edit names a `file` of the package and
does one thing to it. `before`: edits that make the package of the last release, with which the spoilt one is compared.

    {file: case.csv, cell: F3, value: 45000}          write a cell, by its Excel address
    {file: case.csv, replace: [old, new]}             the first place; `everywhere: true` for all
    {file: case.csv, encode: big5}                    write the text in another encoding
    {file: case.csv, text: "…"} or {…, hex: "ff00"}   write the whole file, which may be new
    {file: case.csv, before: "…"} or {…, after: "…"}  put text before the header, or behind the last row
    {file: case.csv, separator: ";"}                  write it with another separator
    {file: case.csv, drop_row: 3} or {…, drop_column: F}
    {file: case.csv, swap: [F, G]}                    swap the headers of two columns
    {file: case.csv, keep_bytes: 900}                 cut the file off
    {file: case.csv, copy: "case(1).csv"} or {…, rename: …} or {…, delete: true}
    {file: case.csv, make: as_xlsx}                   a function of `tests.corpus.made`, given the path
    {file: datapackage.json, at: [mingge, as_of], value: "2026-11-30"}    any value in JSON; `remove: true`
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from builder import pipeline
from builder.errors import BuilderError
from builder.language import said, translator
from builder.model import Profile, Remark
from tests.corpus import made
from tests.packages import DATASETS

__all__ = ["CORPUS", "base", "cases", "entry", "released", "remarks", "spoiled", "together", "told"]

CORPUS = Path(__file__).parent
CHINESE = translator("zh")


class Loader(yaml.SafeLoader):
    """Days stay text: many in here are none."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the library has it
        sign: [item for item in known if item[0] != "tag:yaml.org,2002:timestamp"]
        for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@cache
def cases() -> Mapping[str, Mapping[str, Any]]:
    """Return every case of every file by `file: name`."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(CORPUS.glob("*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader):  # noqa: S506 - a safe one
            name = f"{path.stem}: {case['name']}"
            assert name not in found, name
            found[name] = case
    return found


def base(folder: Path) -> Path:
    """Write the package that every case begins with: 4 grids, all tables, nothing to be said of it."""
    shutil.copytree(CORPUS / "base", folder)
    shutil.copytree(DATASETS / "schemas", folder / "schemas")
    shutil.copytree(DATASETS / "attachments", folder / "attachments")
    descriptor = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["mingge"] |= {"repository": "private", "as_of": "2026-10-31"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), encoding="utf-8")
    return folder


def spoiled(folder: Path, edits: Iterable[Mapping[str, Any]]) -> Path:
    """Write the package into the new `folder` and spoil it."""
    base(folder)
    for edit in edits:
        (verb,) = set(edit) & set(VERBS)
        VERBS[verb](folder / edit["file"], edit)
    return folder


def told(package: Path, last: Profile | None = None) -> dict[str, Any]:
    """Return what `mingge check` tells of a package, in Chinese, in the words that a case is written in.

    `last`: the release with which it is compared.
    """
    try:
        found = remarks(package, last)
    except BuilderError as error:
        pairs = [said(CHINESE, each.message) for each in error.each]
        stops, hints = ([text.replace(str(package), ".") for text in texts] for texts in zip(*pairs, strict=True))
        return {"stops": stops, "hint": hints} if len(pairs) > 1 else {"stops": stops[0], "hint": hints[0]}
    return {"findings": [entry(list(group)) for _, group in groupby(found, kind)]}


def remarks(package: Path, last: Profile | None = None) -> list[Remark]:
    """Return all that `mingge check` tells of a package."""
    return list(pipeline.check(package, lambda _: date(2026, 12, 1), lambda *_: None, since=last).remarks())


LETTERS = re.compile("![A-Z]+")


def together() -> Mapping[str, tuple[str, ...]]:
    """Return file → the cases of which each spoils one cell in a row of its own, and is told of that cell alone.

    They may all be done to one package at once, which takes as long as one of them. Not so a first column: what is said
    of other tables depends on the keys there; nor a case that is `alone`, on which another one depends.
    """
    found: dict[str, dict[str, str]] = {}
    for name, case in cases().items():
        cells = [f"{edit['file']}!{edit['cell']}" for edit in case["spoil"] if "cell" in edit]
        told_of = [finding["at"] for finding in case.get("findings", ())]
        others = found.setdefault(name.partition(":")[0], {})
        if case.get("alone") or len(case["spoil"]) != 1 or not cells or cells != told_of or "!A" in cells[0]:
            continue
        others.setdefault(LETTERS.sub("!", cells[0]), name)
    return {file: tuple(names.values()) for file, names in found.items() if len(names) > 1}


def released(edits: Iterable[Mapping[str, Any]] | None) -> Profile | None:
    """Return the last release of a case, made with its edits `before`; None for a case that has none."""
    return None if edits is None else profile_of(json.dumps(edits))


@cache
def profile_of(edits: str) -> Profile:
    with TemporaryDirectory() as folder:
        package = spoiled(Path(folder) / "package", json.loads(edits))
        return pipeline.check(package, lambda _: date(2026, 12, 1), lambda *_: None).profile()


def kind(remark: Remark) -> tuple[object, ...]:
    """Findings of one kind in one column stand together: the first is told, and how many there are."""
    return remark.code, remark.address.path, remark.address.letter


def entry(remarks: list[Remark]) -> dict[str, Any]:
    first = remarks[0]
    path, row, letter = first.address
    message, fix = said(CHINESE, first.message)
    found = {
        "at": f"{path}!{letter}{row}" if row else path, "code": first.code, "severity": first.severity.value,
        "says": message, "fix": fix, "mended": first.mended, "count": len(remarks),
    }  # fmt: skip
    usual = {"severity": "error", "mended": "", "count": 1}
    return {key: value for key, value in found.items() if usual.get(key) != value}


# ── edits ────────────────────────────────────────────────────────────────────────────────────────


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text_of(path), newline="")))


def put_rows(path: Path, rows: Iterable[Iterable[str]], separator: str = ",") -> None:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n", delimiter=separator).writerows(rows)
    put(path, target.getvalue())


def position(letters: str) -> int:
    """Return a column's place, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell(path: Path, edit: Mapping[str, Any]) -> None:
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", edit["cell"])
    assert match, edit
    rows = rows_of(path)
    rows[int(match[2]) - 1][position(match[1])] = str(edit["value"])
    put_rows(path, rows)


def replace(path: Path, edit: Mapping[str, Any]) -> None:
    old, new = map(str, edit["replace"])
    text = text_of(path)
    assert old in text, edit
    put(path, text.replace(old, new) if edit.get("everywhere") else text.replace(old, new, 1))


def drop_row(path: Path, edit: Mapping[str, Any]) -> None:
    put_rows(path, [row for number, row in enumerate(rows_of(path), 1) if number != edit["drop_row"]])


def drop_column(path: Path, edit: Mapping[str, Any]) -> None:
    place = position(edit["drop_column"])
    put_rows(path, [[*row[:place], *row[place + 1 :]] for row in rows_of(path)])


def swap(path: Path, edit: Mapping[str, Any]) -> None:
    rows = rows_of(path)
    one, other = map(position, edit["swap"])
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
    put_rows(path, rows)


def json_value(path: Path, edit: Mapping[str, Any]) -> None:
    whole = json.loads(text_of(path))
    *way, last = edit["at"]
    place = whole
    for step in way:
        place = place[step]
    if edit.get("remove"):
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(edit["value"])
    else:
        place[last] = edit["value"]
    put(path, json.dumps(whole, ensure_ascii=False, indent=2))


VERBS: Mapping[str, Callable[[Path, Mapping[str, Any]], object]] = {
    "cell": cell,
    "replace": replace,
    "encode": lambda path, edit: path.write_bytes(text_of(path).encode(edit["encode"])),
    "text": lambda path, edit: put(path, edit["text"]),
    "hex": lambda path, edit: path.write_bytes(bytes.fromhex(edit["hex"])),
    "before": lambda path, edit: put(path, edit["before"] + text_of(path)),
    "after": lambda path, edit: put(path, text_of(path) + edit["after"]),
    "separator": lambda path, edit: put_rows(path, rows_of(path), edit["separator"]),
    "drop_row": drop_row,
    "drop_column": drop_column,
    "swap": swap,
    "keep_bytes": lambda path, edit: path.write_bytes(path.read_bytes()[: edit["keep_bytes"]]),
    "copy": lambda path, edit: shutil.copy(path, path.with_name(edit["copy"])),
    "rename": lambda path, edit: path.rename(path.with_name(edit["rename"])),
    "delete": lambda path, _: path.unlink(),
    "make": lambda path, edit: getattr(made, edit["make"])(path),
    "at": json_value,
}
