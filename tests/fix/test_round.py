"""What the site hands out comes back as it was: each table's CSV and workbook, and what LibreOffice makes of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from builder import fix, pipeline
from builder.fix import Fixed, Taken
from builder.language import translator
from builder.model import plain
from builder.pipeline import Checked, Opened
from builder.site import workbook
from tests.packages import DATASETS

pytestmark = pytest.mark.nightly

WORDS = workbook.words(translator("zh"))


@pytest.fixture(scope="module")
def opened() -> Opened:
    return pipeline.opened(DATASETS)


@pytest.fixture(scope="module")
def checked() -> Checked:
    return pipeline.check(DATASETS, lambda _: date(2026, 11, 1), lambda *_: None)


@pytest.fixture(scope="module")
def books(checked: Checked, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The workbooks of all tables that are published, as the site writes them."""
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for name, table in checked.tables.tables.items():
        public = [field.name for field in table.resource.schema.fields if field.publish == "public"]
        if public and len(table.frame):
            found[name] = folder / f"{name}.xlsx"
            frame = table.frame[[field for field in public if table.has(field)]]
            workbook.write(table.resource, plain(frame), found[name], WORDS)
    return found


def came_back(opened: Opened, name: str, file: Path) -> tuple[bytes, Taken]:
    resource = opened.package.resources[name]
    before = resource.paths[0].read_bytes()
    old = fix.former(resource, resource.path, before)
    return before, fix.taken(resource, file.name, file.read_bytes(), opened.unwanted(name), old)


def test_every_workbook_is_recognised_and_gives_the_same_bytes(opened: Opened, books: Mapping[str, Path]) -> None:
    assert len(books) > 15
    for name, file in books.items():
        assert fix.recognised(opened.package, file.name, file.read_bytes())[0].name == name
        before, taken = came_back(opened, name, file)
        assert (taken.data, taken.dropped, taken.refused) == (before, (), None), name


def test_what_libreoffice_saves_of_a_workbook_gives_the_same_bytes(
    opened: Opened, books: Mapping[str, Path], tmp_path: Path
) -> None:
    tables = ("area", "grid", "project", "roster", "ledger", "feedback")
    soffice, out = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile"], ["--outdir", str(tmp_path)]
    files = [str(books[name]) for name in tables]
    csv = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    subprocess.run([*soffice, "--convert-to", csv, *out, *files], check=True, capture_output=True, timeout=300)
    again = [str(path) for path in saved(tmp_path, "csv")]
    subprocess.run(
        [*soffice, "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx", *out, *again],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for suffix in ("csv", "xlsx"):
        assert len(list(saved(tmp_path, suffix))) == len(tables)
        for file in saved(tmp_path, suffix):
            before, taken = came_back(opened, file.stem, file)
            assert taken.data == before, file.name


def saved(folder: Path, suffix: str) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.suffix == f".{suffix}")


def test_each_csv_of_the_package_is_left_as_it_is_and_taken_in_as_it_is(opened: Opened) -> None:
    for name, resource in opened.package.resources.items():
        data = resource.paths[0].read_bytes()
        assert fix.fixed(resource, resource.path, data) == Fixed(data)
        assert came_back(opened, name, resource.paths[0])[1].data == data
