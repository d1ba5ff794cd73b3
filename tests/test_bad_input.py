"""Whatever is put into the folder: a sentence and an exit code, or text on a page; never a traceback, never code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.console import replace, run, said, told
from tests.sharing import by_day

Spoil = Callable[[Path], object]


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


# ── bad input ────────────────────────────────────────────────────────────────────────────────────


def grid(old: str, new: str) -> Spoil:
    return lambda package: replace(package / "grid.csv", old, new)


def csv_of(data: bytes) -> Spoil:
    return lambda package: (package / "grid.csv").write_bytes(data)


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return target.getvalue()


SAVE = "Open it in Excel and save it as “CSV UTF-8 (comma delimited)”. [wrong-encoding]"
AGAIN = (
    "Export or copy it again from where it came from. Do not open and save this one: what is lost would stay lost. "
    "[damaged-file]"
)
OUT = "leads out of the package’s folder"
PROJECT: dict[str, tuple[Spoil, str]] = {
    "no datapackage.json": (lambda p: (p / "datapackage.json").unlink(), "{p}/datapackage.json: there is no such file"),
    "a broken datapackage.json": (
        lambda p: replace(p / "datapackage.json", ",", ""),
        "{p}/datapackage.json:2:30: a comma is missing here",
    ),
    "no schema": (
        lambda p: (p / "schemas/grid.json").unlink(),
        "datapackage.json:48:7: resources[1] (grid): there is no file schemas/grid.json",
    ),
    "a broken schema": (
        lambda p: (p / "schemas/grid.json").write_text("[1,]"),
        "{p}/schemas/grid.json:1:3: there is a comma behind the last item",
    ),
    "a limit that is no value": (
        lambda p: replace(p / "schemas/grid.json", '"maximum": 5000', '"maximum": "many"'),
        "schemas/grid.json:78:9: field household_count: constraints: “maximum” is "
        '"many", which is no value of the field',
    ),
    "a path out of the folder": (
        lambda p: replace(p / "datapackage.json", '"grid.csv"', '"../grid.csv"'),
        f"datapackage.json:44:7: resources[1] (grid): the path “../grid.csv” {OUT}",
    ),
    "a path on the web": (
        lambda p: replace(p / "datapackage.json", '"grid.csv"', '"http://example.org/grid.csv"'),
        f"datapackage.json:44:7: resources[1] (grid): the path “http://example.org/grid.csv” {OUT}",
    ),
    "a list of paths": (
        lambda p: replace(p / "datapackage.json", '"grid.csv"', '["grid.csv"]'),
        "datapackage.json:44:7: resources[1] (grid): a list of paths is not supported",
    ),
    "a title that is a list": (
        lambda p: replace(p / "schemas/grid.json", '"title": "网格编码"', '"title": ["网格编码"]'),
        'schemas/grid.json:6:7: field grid_id: “title” must be text, but is ["网格编码"]',
    ),
    "a day without a year before it": (
        lambda p: replace(p / "datapackage.json", "2026-10-31", "0001-01-01"),
        'datapackage.json:15:5: mingge: “as_of” must be a day from 1900-01-01 to 9998-12-31, but is "0001-01-01"',
    ),
    "100,000 lists in each other": (
        lambda p: (p / "datapackage.json").write_text("[" * 100_000),
        "{p}/datapackage.json:1:33: objects or lists are nested more than 32 levels deep",
    ),
    "a pipe for a schema": (
        lambda p: pipe(p / "schemas/grid.json"),
        "{p}/schemas/grid.json: a folder, a pipe or a device stands where a file is expected",
    ),
}
DATA: dict[str, tuple[Spoil, str]] = {
    "a file missing": (
        lambda p: (p / "grid.csv").unlink(),
        ": the file does not exist. Add it, or take the resource out of datapackage.json. [missing-file]",
    ),
    "a pipe": (
        lambda p: pipe(p / "grid.csv"),
        ": a folder, a pipe or a device stands where a CSV file is expected. "
        "Put the CSV file in its place. [unreadable-file]",
    ),
    "a link to itself": (
        lambda p: loop(p / "grid.csv"),
        ": this is a link that leads back to itself. Replace the link by a copy of the file. [unreadable-file]",
    ),
    "a file empty": (
        csv_of(b""), ": the file is empty. Export it again; it must at least have its header row. [unreadable-file]",
    ),
    "a picture": (
        csv_of(b"\x89PNG\r\n\x1a\n\0\0"),
        ": this is a picture. Export the table again, as CSV or as an Excel workbook. [not-a-table]",
    ),
    "a zip renamed": (
        csv_of(zipped()),
        ": this is an Excel workbook that was renamed to .csv. "
        "Give the file its own ending, .xlsx, and run `mingge import` with it. [not-a-table]",
    ),
    "a NUL": (grid("grid_id,", "grid_id\0,"), f": byte 7 is NUL, so this is not a text file. {AGAIN}"),
    "Latin-1": (
        csv_of(b"grid_id,\xe9\n"),
        "  row 1 column B: the file is in a Western encoding (Windows-1252): this cell is “***”. In Excel take “Data → "
        "From Text/CSV”, choose 1252: Windows as the file origin, look whether it can be read, and save it as “CSV "
        "UTF-8 (comma delimited)”. [wrong-encoding]",
    ),
    "Windows-1252 that happens to be GB18030": (
        csv_of("grid_id,name\n1,Lane\n2,Connëct\n".encode("cp1252")),
        "  row 3 column B: the encoding is in doubt at byte 26: "
        "the cell is “Conn\ufffdct” in UTF-8, “Conn隿t” in GB18030 and "
        f"“Connëct” in Windows-1252. {SAVE}",
    ),
    "Windows-1252 in a column that nobody may read": (
        csv_of("grid_id,street\n1,Lane\n2,Connëct\n".encode("cp1252")),
        "  row 3 column B: the encoding is in doubt at byte 28: "
        "the cell is “***” in UTF-8, “***” in GB18030 and “***” in "
        f"Windows-1252. {SAVE}",
    ),
    "a web page without a table": (
        csv_of(b"<html><p>404</html>\n"),
        ": this is a web page without a table. Export the table again. Do not open and save this one: there is no "
        "table in it. [not-a-table]",
    ),
    "a web page": (
        csv_of(b"<html><table><tr><td>1</table></html>\n"),
        ": this is a web page, not a table; a system that exports often calls one .xls or .csv. Open it in Excel, look "
        "whether all rows are there, and save it as “CSV UTF-8 (comma delimited)”. [not-a-table]",
    ),
    "an unknown column": (
        grid("kind,", "sort,"),
        "  row 1 column D: the column “D” is not known, and the column “网格类型” (kind) is missing. "
        "If that is meant, write “kind” into cell D1. Do not delete the column. [unknown-column]",
    ),
    "a column twice": (
        grid("extent,", "kind,"),
        "  row 1 column E: there are two columns for “网格类型”, D and E, and “四至范围” (extent) is missing. "
        "Look which of the two is “四至范围”, and write that name above it. [duplicate-column]",
    ),
    "a header only": (
        lambda p: (p / "grid.csv").write_bytes((p / "grid.csv").read_bytes().split(b"\n")[0]),
        ": 0 rows of data, at least 1 expected. "
        "Export the file again; if it may be this short, set minimum_rows in datapackage.json. [too-few-rows]",
    ),
    "a line break in a code": (
        grid("990001001001,综合", '"99\n::error::x",综合'),
        "  row 2 column C “所在社区”: “99↵::error::x” is not written as it should be. "
        "It should be 6, 9 or 12 digits. [pattern-constraint]",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), PROJECT.values(), ids=PROJECT)
def test_a_mistake_in_the_project_is_one_sentence(spoil: Spoil, line: str, own_package: Path, english: Path) -> None:
    spoil(own_package)
    code, lines = said("check", own_package, "--config", english)
    assert (code, lines[0]) == (2, line.replace("{p}", str(own_package)))
    assert all(text.startswith("  ") for text in lines[1:])


DAILY = ("a pipe", "a file empty", "a NUL", "Latin-1", "an unknown column", "a line break in a code")


@pytest.mark.parametrize(("spoil", "line"), by_day(DATA.values(), [DATA[name] for name in DAILY]), ids=DATA)
def test_of_a_file_that_is_no_table_this_is_told(spoil: Spoil, line: str, own_package: Path, english: Path) -> None:
    spoil(own_package)
    code, lines = said("check", own_package, "--config", english)
    found = [text for text in told(lines) if text.startswith("grid.csv")]
    assert (code, found[0]) == (1, f"grid.csv{line}")


def test_a_file_whose_name_is_not_utf_8_is_named_in_a_line_that_can_be_printed(
    own_package: Path, english: Path
) -> None:
    replace(own_package / "datapackage.json", '"grid.csv"', '"grid"')
    (own_package / "grid").mkdir()
    (own_package / "grid.csv").rename(own_package / "grid" / os.fsdecode("网格.csv".encode("gbk")))
    done = run("check", own_package, "--config", english)
    assert (done.returncode, done.stdout, told(done.stderr.splitlines())[0]) == (
        1,
        "",
        r"grid/\xcd\xf8\xb8\xf1.csv: the file’s name holds signs that cannot stand there, or is not written in UTF-8. "
        "Rename the file, for instance to 2026-10.csv. [unreadable-file]",
    )


def test_a_configuration_that_repeats_itself_is_one_sentence(own_package: Path, english: Path) -> None:
    english.write_text("theme: {custom_dir: templates}\nextra: &extra {mingge: *extra}\n", encoding="utf-8")
    code, lines = said("check", own_package, "--config", english)
    assert (code, len(lines), str(english) in lines[0]) == (2, 2, True)


# ── cells are text ───────────────────────────────────────────────────────────────────────────────

HOSTILE = "<script>alert(1)</script>{{7777*7}}**x**[a](b)\"'</title>"
"""Nothing of this may be run, rendered or computed (7777*7 is 54439)."""


class Texts(HTMLParser):
    """Collects scripts' bodies, elements' names and the text of a page as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.type: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.type = (dict(attrs).get("type") or "") if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self.type = None

    def handle_data(self, data: str) -> None:
        if self.type is None:
            self.text.append(data)
        else:
            self.scripts.append((self.type, data))


def test_a_hostile_name_is_text_on_every_page_and_in_every_file(own_package: Path, tmp_path: Path) -> None:
    rows = list(csv.reader((own_package / "grid.csv").read_text(encoding="utf-8").splitlines()))
    rows[1][1] = HOSTILE + "\u202e"
    with (own_package / "grid.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    command = ["build", own_package, "--output", tmp_path / "site", "--no-cache", "--workers", "1"]
    done = CliRunner().invoke(app, list(map(str, command)))
    assert (done.exit_code, "control-character" in done.stderr) == (0, True)
    shown = HOSTILE + "\ufffd"
    named = 0
    for path in sorted((tmp_path / "site").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        texts = Texts()
        texts.feed(page)
        assert not [body for _, body in texts.scripts if "alert(1)" in body and not json.loads(body)], path
        assert re.search(r"54439|<strong>x</strong>|<a href=.b.>|\u202e", page) is None, path
        named += shown in "".join(texts.text)
    assert named >= 5
    page_folder = tmp_path / "site" / "grid" / rows[1][0]
    page = (page_folder / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7777*7}}**x**" in page
    document = json.loads((page_folder / "data.json").read_text(encoding="utf-8"))
    assert shown in list(strings(document))


def strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)
