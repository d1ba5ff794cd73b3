"""A column that is published less than ours is: a site without it or one line that says why not, never a bug.

At night every column of every table is tried; of these two a check and a build once failed without a word.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder import pipeline
from builder.errors import BuilderError
from builder.load import site_config
from tests.packages import DATASETS, ROOT, checked, no_clock, quiet, taken_in, write_json

EVERY = [
    (path.stem, field["name"], publish)
    for path in sorted((DATASETS / "schemas").glob("*.json"))
    for field in json.loads(path.read_text(encoding="utf-8"))["fields"]
    for publish in ("counts", "never")
    if field.get("publish", "never") != publish
]


@pytest.mark.parametrize(("table", "name"), [("disclosure", "attachment"), ("project", "project_id")])
@pytest.mark.parametrize("publish", [pytest.param("counts", marks=pytest.mark.nightly), "never"])
def test_a_column_that_once_ended_in_a_traceback(
    table: str, name: str, publish: str, own_package: Path, tmp_path: Path
) -> None:
    built_or_refused(own_package, (table, name, publish), tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("column", EVERY, ids=".".join)
def test_any_column(column: tuple[str, str, str], own_package: Path, tmp_path: Path) -> None:
    built_or_refused(own_package, column, tmp_path)


def built_or_refused(package: Path, column: tuple[str, str, str], folder: Path) -> None:
    table, name, publish = column
    path = package / "schemas" / f"{table}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    next(field for field in schema["fields"] if field["name"] == name)["publish"] = publish
    write_json(path, schema)
    try:
        found = pipeline.check(package, no_clock, quiet)
        if not found.errors:
            public = checked(taken_in(found, folder / "public"), errors=None)
            if not public.errors:
                pipeline.build(public, site_config(ROOT / "mkdocs.yml"), folder / "site", quiet)
    except BuilderError as error:
        assert error.message.hint  # noqa: PT017 - either is right
