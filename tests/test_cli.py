"""The command line: one line for each finding, an exit code for each kind of failure, no traceback but for a bug."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import pipeline
from builder.cli import app

ROOT = Path(__file__).parents[1]
Spoil = Callable[[Path], object]

LINE = re.compile(r"\w+\.csv(  row \d+( column [A-Z]( “.+”)?)?)?: .+ \[[a-z-]+\]")
CLEAN = "10 tables, 333 rows, as of {day}: 0 errors, 0 warnings."


@pytest.fixture
def english(tmp_path: Path) -> Path:
    """Return a configuration whose language is that of the message ids."""
    return configuration(tmp_path, "mkdocs")


def configuration(folder: Path, engine: str) -> Path:
    theme = {"name": "material", "custom_dir": str(ROOT / "templates" / "theme"), "language": "en"}
    values = {"docs_dir": str(ROOT / "docs"), "theme": theme, "extra": {"mingge": {"engine": engine}}}
    (folder / "mkdocs.yml").write_text(json.dumps(values), encoding="utf-8")  # JSON is YAML
    return folder / "mkdocs.yml"


def run(*arguments: object, code: str = "from builder.cli import main; main()") -> subprocess.CompletedProcess[str]:
    """Run the program as its own process."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def said(*arguments: object) -> tuple[int, list[str]]:
    """Return the exit code and the lines of the standard error, run in this process."""
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.stdout == ""
    return result.exit_code, result.stderr.splitlines()


# ── exit codes ───────────────────────────────────────────────────────────────────────────────────


def test_0_when_there_is_nothing_to_say(small_package: Path, english: Path) -> None:
    done = run("check", small_package, "--config", english)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", CLEAN.format(day="2026-10-31") + "\n")


def test_1_for_defects_in_the_data_each_in_one_line_with_file_row_and_column(own_package: Path, english: Path) -> None:
    replace(own_package / "grid.csv", "990001001001002,", "990001001001001,")
    replace(own_package / "case.csv", "2025-11-02,2025-11-03", "2025-13-02,2025-11-03")
    done = run("check", own_package, "--config", english)
    lines = done.stderr.splitlines()
    fix = "请写成 2026-03-05 这样的格式。"
    assert lines[0] == f"case.csv  row 2 column F “收到日期”: “2025-13-02” is not a date. {fix} [type-error]"
    assert lines[1] == (
        "grid.csv  row 3 column A “网格编码”: “990001001001001” stands already in row 2 of grid.csv. "
        "Keep one of the two rows, or correct the code of one. [primary-key]"
    )
    assert [line for line in lines[:-1] if not (LINE.fullmatch(line) or line.startswith("… and"))] == []
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)


def test_2_for_a_mistake_in_the_project_in_one_line_and_a_hint(own_package: Path, english: Path) -> None:
    (own_package / "datapackage.json").write_text('{"name": ', encoding="utf-8")
    done = run("check", own_package, "--config", english)
    assert (done.returncode, done.stdout, done.stderr) == (
        2, "",
        f"{own_package}/datapackage.json: not valid JSON at line 1, column 10 (Expecting value)\n"
        "  often a comma or a quote is missing just before that place\n",
    )  # fmt: skip


def test_2_for_a_day_that_is_none_and_for_an_option_that_is_none(small_package: Path, english: Path) -> None:
    assert said("check", small_package, "--config", english, "--as-of", "2026-13-01") == (
        2, ["--as-of 2026-13-01 is not a date", "  write it like 2026-10-31"],
    )  # fmt: skip
    assert said("check", small_package, "--asof", "2026-10-31")[0] == 2


def test_3_for_a_program_that_fails_and_the_old_site_stays(small_package: Path, tmp_path: Path) -> None:
    config = configuration(tmp_path, "no_such_engine")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".mingge-site").write_text("old", encoding="utf-8")
    done = run("build", small_package, "--config", config, "--output", tmp_path / "site")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "No module named no_such_engine" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mkdocs.yml", "site"]
    assert (tmp_path / "site" / ".mingge-site").read_text(encoding="utf-8") == "old"


def test_70_for_a_bug_with_its_traceback(small_package: Path) -> None:
    code = "from builder import cli, pipeline; pipeline.check = None; cli.main()"
    done = run("check", small_package, code=code)
    assert (done.returncode, done.stderr.splitlines()[0]) == (70, "Traceback (most recent call last):")
    assert done.stderr.splitlines()[-1] == "TypeError: 'NoneType' object is not callable"


# ── the day that the figures describe ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("option", "stated", "day"),
    [
        (date(2026, 12, 1), "2026-11-30", date(2026, 12, 1)),
        (None, "2026-11-30", date(2026, 11, 30)),
        (None, None, date(2027, 1, 2)),
        (None, "", date(2027, 1, 2)),
    ],
)
def test_the_option_comes_before_the_package_and_the_package_before_today(
    option: date | None, stated: str | None, day: date, own_package: Path
) -> None:
    change_settings(own_package, as_of=stated, timezone="Asia/Urumqi")
    asked: list[str] = []

    def today(timezone: str) -> date:
        asked.append(timezone)
        return date(2027, 1, 2)

    assert pipeline.check(own_package, today, lambda _stage, _count: None, option)[2] == day
    assert asked == (["Asia/Urumqi"] if not option and not stated else [])


def test_the_option_is_read(small_package: Path, english: Path) -> None:
    assert said("check", small_package, "--config", english, "--as-of", "2026-12-31") == (
        0, [CLEAN.format(day="2026-12-31")],
    )  # fmt: skip


# ── the report ───────────────────────────────────────────────────────────────────────────────────


def test_the_report_holds_every_finding_and_the_terminal_the_first_of_each_code(
    own_package: Path, english: Path, tmp_path: Path
) -> None:
    text = (own_package / "case.csv").read_text(encoding="utf-8")
    (own_package / "case.csv").write_text(text.replace(",网格巡查,", ",巡查,"), encoding="utf-8")
    count = text.count(",网格巡查,")
    code, lines = said("check", own_package, "--config", english, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (code, len(report), len(lines)) == (1, count, min(count, 30) + (count > 30) + 1)
    first = text.splitlines().index(next(line for line in text.splitlines() if ",网格巡查," in line)) + 1
    assert report[0] == {
        "code": "enum-constraint", "severity": "error", "resource": "case", "file": "case.csv", "row": first,
        "column": "D", "field": "来源", "value": "巡查",
        "message": "“巡查” is not one of: 12345热线, 网格巡查, 上门走访, 线上平台, 窗口来访", "fix": "Did you mean “网格巡查”?",
    }  # fmt: skip


def test_a_report_without_findings_is_an_empty_list(small_package: Path, english: Path, tmp_path: Path) -> None:
    said("check", small_package, "--config", english, "--report", tmp_path / "report.json")
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == "[]\n"


# ── bad input ────────────────────────────────────────────────────────────────────────────────────


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_settings(package: Path, **settings: object) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["mingge"] |= settings
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def grid(old: str, new: str) -> Spoil:
    return lambda package: replace(package / "grid.csv", old, new)


def csv_of(data: bytes) -> Spoil:
    return lambda package: (package / "grid.csv").write_bytes(data)


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return target.getvalue()


SAVE = "Open it in Excel and save it as “CSV UTF-8 (comma delimited)”. [unreadable-file]"
OUT = "leads out of the package’s folder"
PROJECT: dict[str, tuple[Spoil, str]] = {
    "no datapackage.json": (lambda p: (p / "datapackage.json").unlink(), "{p}/datapackage.json: there is no such file"),
    "a broken datapackage.json": (
        lambda p: replace(p / "datapackage.json", ",", ""),
        "{p}/datapackage.json: not valid JSON at line 3, column 3 (Expecting ',' delimiter)",
    ),
    "no schema": (lambda p: (p / "schemas/grid.json").unlink(), "{p}/schemas/grid.json: there is no such file"),
    "a broken schema": (
        lambda p: (p / "schemas/grid.json").write_text("[1,]"),
        "{p}/schemas/grid.json: not valid JSON at line 1, column 4 (Expecting value)",
    ),
    "a schema that Frictionless cannot use": (
        lambda p: replace(p / "schemas/grid.json", '"maximum": 5000', '"maximum": "many"'),
        "grid: the schema’s field household_count cannot be used (maximum: many)",
    ),
    "a path out of the folder": (
        lambda p: replace(p / "datapackage.json", '"grid.csv"', '"../grid.csv"'),
        f"datapackage.json: grid: the path “../grid.csv” {OUT}",
    ),
    "a path on the web": (
        lambda p: replace(p / "datapackage.json", '"grid.csv"', '"http://example.org/grid.csv"'),
        f"datapackage.json: grid: the path “http://example.org/grid.csv” {OUT}",
    ),
}
DATA: dict[str, tuple[Spoil, str]] = {
    "a file missing": (
        lambda p: (p / "grid.csv").unlink(),
        ": the file does not exist. Add it, or take the resource out of datapackage.json. [unreadable-file]",
    ),
    "a file empty": (
        csv_of(b""), ": the file is empty. Export it again; it must at least have its header row. [unreadable-file]",
    ),
    "a picture": (csv_of(b"\x89PNG\r\n\x1a\n\0\0"), f": byte 8 is NUL, so this is not a text file. {SAVE}"),
    "a zip renamed": (csv_of(zipped()), f": this is an Excel or zip file that was renamed to .csv. {SAVE}"),
    "a NUL": (grid("grid_id,", "grid_id\0,"), f": byte 7 is NUL, so this is not a text file. {SAVE}"),
    "Latin-1": (csv_of(b"grid_id,\xe9\n"), f": byte 8 belongs neither to UTF-8 nor to GB18030. {SAVE}"),
    "a web page": (
        csv_of(b"<html><p>404</html>\n"),
        "  row 1 column A: the column “<html><p>404</html>” is not known. "
        "Delete the column, or correct its header. [unknown-column]",
    ),
    "an unknown column": (
        grid("kind,", "sort,"),
        "  row 1 column D: the column “sort” is not known. Delete the column, or correct its header. [unknown-column]",
    ),
    "a column twice": (
        grid("extent,", "kind,"),
        "  row 1 column E: there are two columns for “网格类型”. Delete one of them. [duplicate-column]",
    ),
    "a header only": (
        csv_of(b"grid_id,name,area_id,kind,opened_date\n"),
        ": 0 rows of data, at least 1 expected. "
        "Export the file again; if it may be this short, set minimum_rows in datapackage.json. [too-few-rows]",
    ),
    "a line break in a code": (
        grid("990001001001,综合", '"99\n::error::x",综合'),
        "  row 2 column C “所在社区”: “99↵::error::x” is not written as it should be. "
        "It should look like: ^[0-9]{6}([0-9]{3}([0-9]{3})?)?$ [pattern-constraint]",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), PROJECT.values(), ids=PROJECT)
def test_a_mistake_in_the_project_is_one_sentence(spoil: Spoil, line: str, own_package: Path, english: Path) -> None:
    spoil(own_package)
    code, lines = said("check", own_package, "--config", english)
    assert (code, lines[0]) == (2, line.replace("{p}", str(own_package)))
    assert all(text.startswith("  ") for text in lines[1:])


@pytest.mark.parametrize(("spoil", "line"), DATA.values(), ids=DATA)
def test_a_file_that_is_no_table_is_named_first(spoil: Spoil, line: str, own_package: Path, english: Path) -> None:
    spoil(own_package)
    code, lines = said("check", own_package, "--config", english)
    assert (code, lines[0]) == (1, f"grid.csv{line}")
    assert [text for text in lines[:-1] if not (LINE.fullmatch(text) or text.startswith("… and"))] == []


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
    done = run("build", own_package, "--output", tmp_path / "site")
    assert (done.returncode, "control-character" in done.stderr) == (0, True)
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
