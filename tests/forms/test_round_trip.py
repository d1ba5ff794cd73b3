"""Template → filled in → import → check: what comes back is the table that was filled in, byte for byte.

Filled in with openpyxl as Excel holds it (days as days, numbers as numbers, codes as text), and once more by way of
LibreOffice, which saves it as a workbook and as the kinds of CSV that staff hand in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import load, templates
from builder.cli import app
from builder.language import translator
from tests.corpus.spoiled import base, told
from tests.forms.made import book
from tests.forms.office import convert, needs_office
from tests.packages import ROOT
from tests.sharing import by_day

TABLES = {"grid": "name", "case": "channel", "ledger": "purpose"}
"""Table → a column of words; a cell of it is changed before, so that there is something to write."""

TEXT = "csv:Text - txt - csv (StarCalc)"
KINDS = {
    "workbook": "xlsx",
    "UTF-8": f"{TEXT}:44,34,76,1",
    "GBK": f"{TEXT}:44,34,67,1",
    "GB18030": f"{TEXT}:44,34,85,1",
    "tabs": f"{TEXT}:9,34,76,1",
    "semicolons, all quoted": f"{TEXT}:59,34,76,1,,0,true",
    "UTF-16 with tabs": f"{TEXT}:9,34,65535,1",
}
"""How LibreOffice saves: separator, quotation mark, encoding, first row."""

TRIED = [
    ("grid", "workbook"), ("grid", "GBK"), ("ledger", "workbook"), ("ledger", "UTF-8"),
    *(("case", kind) for kind in KINDS),
]  # fmt: skip


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def typed(kind: str, text: str) -> object:
    """Return a cell as a person types it into the form."""
    if kind == "date":
        return datetime.fromisoformat(text)
    if kind in ("integer", "number"):
        return float(text) if "." in text else int(text)
    return text


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return base(tmp_path / "package")


def filled(package: Path, name: str, folder: Path) -> Path:
    """Return a new form of a table, filled in with what the table holds."""
    (made,) = templates.templates(package, (name,), translator("zh"))
    workbook = book(made.data)
    sheet = workbook.worksheets[0]
    schema = load.package(package, ()).resources[name].schema
    fields = [schema.named(cell.value) for cell in sheet[1]]
    for number, row in enumerate(rows((package / f"{name}.csv").read_bytes()), 2):
        for place, field in enumerate(fields, 1):
            assert field
            if text := row.get(field.name, ""):
                sheet.cell(number, place).value = typed(field.type, text)
    folder.mkdir(exist_ok=True)
    path = folder / f"{made.title}.xlsx"
    workbook.save(path)
    return path


def taken(package: Path, file: Path) -> tuple[int, str]:
    options = ["--into", str(package), "--config", str(ROOT / "mkdocs.yml"), "--write", "--workers", "1"]
    result = CliRunner().invoke(app, ["import", str(file), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def comes_back(package: Path, name: str, change: Callable[[Path], Path]) -> None:
    """Fill in a form, hand it over as `change` saves it, and hold what is written against what was filled in."""
    path = package / f"{name}.csv"
    before = path.read_bytes()
    file = change(filled(package, name, package.parent / "filled"))
    word = rows(before)[0][TABLES[name]]
    path.write_bytes(before.replace(word.encode(), "别的".encode(), 1))
    assert path.read_bytes() != before

    code, said = taken(package, file)
    assert code == 0, said
    assert path.read_bytes() == before
    assert told(package) == {"findings": []}


@pytest.mark.parametrize("name", by_day(TABLES, ["grid"]))
def test_what_was_filled_in_comes_back_byte_for_byte(name: str, package: Path) -> None:
    comes_back(package, name, lambda path: path)


@needs_office
@pytest.mark.nightly
@pytest.mark.parametrize(("name", "kind"), TRIED)
def test_it_comes_back_by_way_of_libreoffice_however_it_is_saved(name: str, kind: str, package: Path) -> None:
    comes_back(package, name, lambda path: convert(path, KINDS[kind], package.parent / "saved"))


@needs_office
@pytest.mark.nightly
def test_a_csv_saved_from_a_form_says_in_its_header_what_must_be_filled_in(package: Path) -> None:
    found = convert(filled(package, "grid", package.parent / "filled"), KINDS["UTF-8"], package.parent / "saved")
    header = found.read_text(encoding="utf-8").splitlines()[0]

    assert re.match('"网格编码（必填）","网格名称（必填）",', header), "as it is shown: no part of the name"


@pytest.mark.parametrize("name", ["grid", "case"])
def test_a_form_with_its_rows_is_taken_back_as_it_was(name: str, package: Path) -> None:
    (made,) = templates.templates(package, (name,), translator("zh"), with_rows=True)
    before = (package / f"{name}.csv").read_bytes()
    file = package.parent / f"{made.title}.xlsx"
    file.write_bytes(made.data)

    code, said = taken(package, file)
    assert code == 0, said
    assert (package / f"{name}.csv").read_bytes() == before
