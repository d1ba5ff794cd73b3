"""What commands write and say of findings: every form, in either language, and nothing private in any of them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from builder.cli import app
from tests.console import replace, said
from tests.protect import canary
from tests.sharing import by_day

FORMS = ("json", "html", "csv", "xml", "md")


@pytest.fixture
def broken(own_package: Path) -> Path:
    """Return a package with a bad date among the cases and a bad code among the grids."""
    replace(own_package / "case.csv", "2025-11-02,2025-11-03", "2025-13-02,2025-11-03")
    replace(own_package / "grid.csv", "990001001001002,", "990001001001001,")
    return own_package


def test_a_report_is_written_in_the_form_that_its_name_ends_in(broken: Path, english: Path, tmp_path: Path) -> None:
    files = {form: tmp_path / f"report.{form}" for form in (*FORMS, "xlsx")}
    options = [item for path in files.values() for item in ("--report", path)]
    for _ in range(2):  # each takes the place of the one before
        code, lines = said("check", broken, "--config", english, *options)

    whole = json.loads(files["json"].read_text(encoding="utf-8"))
    rows = list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    root = ElementTree.parse(files["xml"]).getroot()  # noqa: S314 - our own
    kinds = sum(len(file["kinds"]) for file in whole["files"])
    assert (code, whole["errors"] + whole["warnings"]) == (1, len(whole["findings"]))
    assert len(rows) == 1 + len(whole["findings"])
    assert root.attrib["tests"] == str(kinds)
    assert files["html"].read_text(encoding="utf-8").count('<h2 id="file-') == len(whole["files"])
    assert files["md"].read_text(encoding="utf-8").startswith("<!-- mingge: report -->")
    assert lines[0] == f"Your tables with the cells coloured are in {tmp_path}/report."
    assert sorted(path.name for path in (tmp_path / "report").iterdir())[:2] == ["case.xlsx", "grid.xlsx"]


def test_one_table_with_findings_is_one_workbook(own_package: Path, english: Path, tmp_path: Path) -> None:
    replace(own_package / "case.csv", "2025-11-02,2025-11-03", "2025-13-02,2025-11-03")
    path = tmp_path / "mine.xlsx"
    said("check", own_package, "--config", english, "--report", path)

    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["F2"].value, sheet["F2"].fill.fgColor.rgb) == ("2025-13-02", "FFFFC7CE")
    assert not (tmp_path / "mine").exists()


def test_of_a_package_without_findings_the_workbook_says_so(
    small_package: Path, english: Path, tmp_path: Path
) -> None:
    said("check", small_package, "--config", english, "--report", tmp_path / "a.xlsx")

    (sheet,) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert sheet["A2"].value == "Nothing is wrong. The site can be updated."


@pytest.mark.parametrize("name", ["report", "report.txt", "report.pdf", "report.xls", "report.JSON.gz"])
def test_a_form_that_nobody_knows_is_refused_before_anything_is_checked(
    name: str, english: Path, tmp_path: Path
) -> None:
    code, lines = said("check", tmp_path / "nowhere", "--config", english, "--report", tmp_path / name)

    assert (code, lines) == (2, [
        f"{tmp_path}/{name}: a report of this form is not known",
        "  let the name end in one of: .csv, .html, .json, .md, .xlsx, .xml",
    ])  # fmt: skip


@pytest.mark.parametrize("form", by_day([*FORMS, "xlsx"], ["md", "xlsx"]))
def test_no_form_is_written_over_data(form: str, broken: Path, english: Path, tmp_path: Path) -> None:
    (tmp_path / f"a.{form}").write_bytes(b"grid_id,name\n")
    if form == "xlsx":
        shutil.copytree(broken, tmp_path / "a")  # several tables are a folder
        (tmp_path / "a" / "case.xlsx").write_bytes(b"mine")
    code, _ = said("check", broken, "--config", english, "--report", tmp_path / f"a.{form}")

    assert (code, (tmp_path / f"a.{form}").read_bytes()) == (2, b"grid_id,name\n")
    assert form != "xlsx" or (tmp_path / "a" / "case.xlsx").read_bytes() == b"mine"


def test_a_pull_request_gets_annotations_and_a_summary(broken: Path, english: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    summary.touch()
    options = ["check", broken, "--config", english, "--github", "--summary", summary]
    result = CliRunner().invoke(app, list(map(str, options)))
    lines = result.stdout.splitlines()

    assert result.exit_code == 1
    assert [line for line in lines if not line.startswith("::")] == []
    said = "/case.csv,line=2,title=F2 收到日期 [no-such-month]::there is no such day as “2025-13-02”"
    assert any(said in line for line in lines)
    assert "| case\\.csv 事项办理 | " in summary.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", by_day(list(canary.BREAKS)[:12], 4))
def test_no_form_says_what_may_not_be_read(name: str, small_raw: Path, english: Path, tmp_path: Path) -> None:
    package = Path(shutil.copytree(small_raw, tmp_path / "package"))
    canary.planted(package)
    canary.BREAKS[name](package)
    options = [item for form in FORMS for item in ("--report", tmp_path / f"report.{form}")]
    options += ["--github", "--summary", tmp_path / "summary"]
    result = CliRunner().invoke(app, ["check", str(package), "--config", str(english), *map(str, options)])

    assert result.exit_code in (1, 2)
    assert canary.found(result.output.encode(), result.stderr.encode()) == set()
    assert canary.in_tree(tmp_path, but=package) == set()


# ── languages ────────────────────────────────────────────────────────────────────────────────────


def commands(group: typer.Typer) -> list[str]:
    """Return the names of all commands, those of groups behind the group's."""
    own = [str(item.name or item.callback.__name__) for item in group.registered_commands if item.callback]
    return own + [
        f"{below.name} {name}" for below in group.registered_groups if below.typer_instance
        for name in commands(below.typer_instance)
    ]  # fmt: skip


@pytest.mark.parametrize("name", commands(app))
def test_every_command_can_be_asked_to_speak_a_language(name: str) -> None:
    result = CliRunner().invoke(app, [*name.split(), "--help"], env={"COLUMNS": "200"})

    assert (result.exit_code, "--lang" in result.output) == (0, True)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "not valid YAML"), ("zh", "不符合 YAML 格式"), (None, "不符合 YAML 格式")]
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_the_language_holds_before_a_configuration_is_read(
    command: str, lang: str | None, words: str, small_package: Path, tmp_path: Path
) -> None:
    (tmp_path / "mkdocs.yml").write_text("theme: {", encoding="utf-8")
    options = ["--lang", lang] if lang else []
    code, lines = said(command, small_package, "--config", tmp_path / "mkdocs.yml", *options)

    assert (code, words in lines[0]) == (2, True), lines


@pytest.mark.parametrize(("lang", "words"), [("en", "0 errors"), ("zh", "错误 0 处")])
def test_the_option_comes_before_the_configuration(lang: str, words: str, small_package: Path, english: Path) -> None:
    code, lines = said("check", small_package, "--config", english, "--lang", lang)

    assert (code, words in lines[-1]) == (0, True)


def test_a_language_that_is_not_spoken_is_refused(small_package: Path) -> None:
    assert said("check", small_package, "--lang", "fr")[0] == 2
