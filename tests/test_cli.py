"""The command line: one line for each finding, an exit code for each kind of failure, no traceback but for a bug."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from builder import pipeline
from tests.console import ROOT, configuration, replace, run, said, told
from tests.load.lines import placeless

CLEAN = "23 tables, 545 rows, as of {day}: 0 errors, 0 warnings."
OLD = '{"mingge": "site", "format": 1, "files": []}'


# ── exit codes ───────────────────────────────────────────────────────────────────────────────────


def test_0_when_there_is_nothing_to_say(small_package: Path, english: Path) -> None:
    done = run("check", small_package, "--config", english)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", CLEAN.format(day="2026-10-31") + "\n")


def test_1_for_defects_in_the_data_each_with_file_cell_and_column(own_package: Path, english: Path) -> None:
    replace(own_package / "grid.csv", "990001001001002,", "990001001001001,")
    replace(own_package / "case.csv", "2025-11-02,2025-11-03", "2025-13-02,2025-11-03")
    code, lines = said("check", own_package, "--config", english)
    assert lines[0] == "grid.csv (网格): 2 errors, 0 warnings"
    assert (
        "  A3 “网格编码”: “990001001001001” stands already in row 2 of grid.csv. "
        "Keep one of the two rows, or correct the code of one. [primary-key]"
    ) in lines
    assert (
        "case.csv  row 2 column F “收到日期”: there is no such day as “2025-13-02”: there is no month 13. "
        "Are month and day the wrong way round? Write the day like 2026-03-05. [no-such-month]"
    ) in told(lines)
    assert code == 1


def test_2_for_a_mistake_in_the_project_in_one_line_and_a_hint(own_package: Path, english: Path) -> None:
    (own_package / "datapackage.json").write_text('{"name": ', encoding="utf-8")
    assert said("check", own_package, "--config", english) == (2, [
        f"{own_package}/datapackage.json:1:1: “{{” is never closed",
        "  write the closing bracket; if the file ends too early, take it from the repository again",
    ])  # fmt: skip


def test_2_for_a_day_that_is_none_and_for_an_option_that_is_none(small_package: Path, english: Path) -> None:
    assert said("check", small_package, "--config", english, "--as-of", "2026-13-01") == (
        2, ["--as-of 2026-13-01 is not a date", "  write it like 2026-10-31"],
    )  # fmt: skip
    assert said("check", small_package, "--asof", "2026-10-31")[0] == 2


def test_3_for_a_program_that_fails_and_the_old_site_stays(small_package: Path, tmp_path: Path) -> None:
    config = configuration(tmp_path, "no_such_engine")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".mingge-site").write_text(OLD, encoding="utf-8")
    done = run("build", small_package, "--config", config, "--output", tmp_path / "site", "--workers", "1")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "No module named no_such_engine" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mkdocs.yml", "site"]
    assert (tmp_path / "site" / ".mingge-site").read_text(encoding="utf-8") == OLD


def test_70_for_a_bug_with_its_traceback(small_package: Path) -> None:
    code = "from builder import cli, pipeline; pipeline.check = None; cli.main()"
    done = run("check", small_package, code=code)
    assert (done.returncode, done.stderr.splitlines()[0]) == (70, "Traceback (most recent call last):")
    assert done.stderr.splitlines()[-1] == "TypeError: (what it says is left out: it may quote a cell)"


# ── the day that the figures describe ────────────────────────────────────────────────────────────


def change_settings(package: Path, **settings: object) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["mingge"] |= settings
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


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

    assert pipeline.check(own_package, today, lambda _stage, _count: None, option).as_of == day
    assert asked == (["Asia/Urumqi"] if not option and not stated else [])


def test_a_day_to_come_is_refused_unless_somebody_asks_for_it_or_it_is_a_demonstration(
    own_package: Path, english: Path
) -> None:
    change_settings(own_package, as_of="9026-10-31")
    assert said("check", own_package, "--config", english)[0] == 0  # a demonstration
    change_settings(own_package, demonstration=False)
    code, lines = said("check", own_package, "--config", english)

    assert (code, len(lines)) == (2, 2)
    assert placeless(lines[0]) == "datapackage.json: mingge: as_of is 9026-10-31, a day to come"
    assert said("check", own_package, "--config", english, "--as-of", "9026-10-31")[0] == 0


# ── the last release ─────────────────────────────────────────────────────────────────────────────


def profile(folder: Path, **rows: int) -> Path:
    """Write what a release says of itself: the rows of tables."""
    tables = {name: {"rows": count, "filled": {}} for name, count in rows.items()}
    (folder / "data").mkdir(parents=True)
    path = folder / "data" / "profile.json"
    value = {"mingge": "profile", "version": 1, "as_of": "2026-10-31", "tables": tables}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("given", ["the folder", "the file"])
def test_check_tells_staff_what_is_missing_since_a_release(
    given: str, small_package: Path, english: Path, tmp_path: Path
) -> None:
    file = profile(tmp_path / "site", grid=5, shop=7)
    code, lines = said(
        "check", small_package, "--config", english, "--since", tmp_path / "site" if given == "the folder" else file,
        "--report", tmp_path / "report.json",
    )  # fmt: skip

    assert (code, told(lines)) == (0, [
        "datapackage.json: the table “shop”, which had 7 rows in the last release, is not there any more. "
        "Add it again; if it is no longer published, nothing needs to be done. [vanished-table]",
        "grid.csv: 2 rows fewer than in the last release (3 instead of 5). "
        "Export the file again; if they are right, nothing needs to be done. [fewer-rows]",
    ])  # fmt: skip
    assert lines[-1].endswith(": 0 errors, 2 warnings.")
    findings = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    assert [item["code"] for item in findings] == ["fewer-rows", "vanished-table"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "{p}: there is no such file"),
        ("{}", "{p}:1:1: this is no profile of a release"),
        ('{"mingge": "profile", "version": 2}', "{p}:1:23: “version” must be a whole number from 1 to 1, but is 2"),
        (
            '{"mingge": "profile", "version": 1, "as_of": "2026", "tables": {"grid": {"rows": -1}}}',
            "{p}:1:37: “as_of” is \"2026\", which is no day",
        ),
    ],
)
def test_a_release_that_cannot_be_read_is_a_mistake_of_whoever_names_it(
    text: str | None, sentence: str, small_package: Path, english: Path, tmp_path: Path
) -> None:
    path = tmp_path / "profile.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    code, lines = said("check", small_package, "--config", english, "--since", path)
    assert (code, lines[0]) == (2, sentence.replace("{p}", str(path)))


def test_the_option_is_read(small_package: Path, english: Path) -> None:
    assert said("check", small_package, "--config", english, "--as-of", "2026-11-05") == (
        0, [CLEAN.format(day="2026-11-05")],
    )  # fmt: skip


# ── the report ───────────────────────────────────────────────────────────────────────────────────


def test_the_report_holds_every_finding_and_the_terminal_the_first_of_each_kind(
    own_package: Path, english: Path, tmp_path: Path
) -> None:
    text = (own_package / "case.csv").read_text(encoding="utf-8")
    (own_package / "case.csv").write_text(text.replace(",网格巡查,", ",巡查,"), encoding="utf-8")
    count = text.count(",网格巡查,")
    code, lines = said("check", own_package, "--config", english, "--report", tmp_path / "report.json")
    whole = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    report, (file,) = whole["findings"], whole["files"]
    assert (code, len(report), whole["errors"], file["kinds"][0]["count"]) == (1, count, count, count)
    assert lines[:2] == [
        f"case.csv (事项办理): {count} errors, 0 warnings",
        f"  {count} places “来源”: “巡查” is not one of: 12345热线, 网格巡查, 上门走访, 线上平台, 窗口来访. "
        "Did you mean “网格巡查”? [enum-near]",
    ]
    assert len(told(lines)) == 1
    first = next(row for row, line in enumerate(text.splitlines(), 1) if ",网格巡查," in line)
    assert report[0] == {
        "code": "enum-near", "severity": "error", "resource": "case", "file": "case.csv", "row": first,
        "column": "D", "field": "来源", "value": "巡查", "mended": "网格巡查",
        "message": "“巡查” is not one of: 12345热线, 网格巡查, 上门走访, 线上平台, 窗口来访",
        "fix": "Did you mean “网格巡查”?",
    }  # fmt: skip


def test_a_report_without_findings_is_an_empty_list(small_package: Path, english: Path, tmp_path: Path) -> None:
    said("check", small_package, "--config", english, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert list(report)[:2] == ["mingge", "version"]
    assert (report["version"], report["files"], report["findings"]) == (2, [], [])


def test_a_report_takes_the_place_of_a_report_and_never_of_data(own_package: Path, english: Path) -> None:
    data = (own_package / "grid.csv").read_bytes()
    code, lines = said("check", own_package, "--config", english, "--report", own_package / "grid.csv")
    assert (code, lines[0]) == (2, f"{own_package}/grid.csv is there already and is not a report")
    assert (own_package / "grid.csv").read_bytes() == data
    for _ in range(2):
        assert said("check", own_package, "--config", english, "--report", own_package / "report.json")[0] == 0


def test_the_data_may_not_lie_in_the_site(own_package: Path, english: Path) -> None:
    code, lines = said("build", own_package, "--config", english, "--output", own_package.parent)
    assert (code, len(lines)) == (2, 2)
    assert (own_package / "grid.csv").is_file()


def test_the_report_for_staff_may_not_lie_in_the_site(own_package: Path, english: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    code, lines = said("build", own_package, "--config", english, "--output", site, "--report", site / "report.json")
    assert (code, len(lines), site.exists()) == (2, 2, False)


# ── what is kept for the next build ──────────────────────────────────────────────────────────────


def test_the_cache_may_not_lie_in_the_site_nor_among_what_it_is_made_from(
    public_package: Path, english: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    build = ("build", public_package, "--config", english, "--output", site)
    code, lines = said(*build, "--cache", site / "cache")
    assert (code, len(lines), site.exists()) == (2, 2, False)
    code, lines = said(*build, "--cache", ROOT / "docs" / "cache")
    assert (code, lines[1:]) == (
        2,
        [
            f"the cache {ROOT}/docs/cache may not lie in {ROOT}/docs",
            "  name another folder with --cache, or build with --no-cache",
        ],
    )
    assert (site.exists(), (ROOT / "docs" / "cache").exists()) == (False, False)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31", "31.10.2026"])
def test_a_day_that_no_figure_can_describe_is_refused(day: str, small_package: Path, english: Path) -> None:
    assert said("check", small_package, "--config", english, "--as-of", day)[0] == 2


@pytest.mark.parametrize(
    "surroundings",
    [{"PYTHONIOENCODING": "ascii"}, pytest.param({"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, marks=pytest.mark.nightly)],
    ids=str,
)
def test_a_terminal_that_is_not_utf_8_is_no_reason_to_fail(
    surroundings: dict[str, str], public_package: Path, tmp_path: Path
) -> None:
    options = ("--output", str(tmp_path / "site"), "--no-cache", "--workers", "1")
    command = [sys.executable, "-m", "builder", "build", str(public_package), *options]
    environment = {**os.environ, **surroundings}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "site" / "index.html").is_file()
