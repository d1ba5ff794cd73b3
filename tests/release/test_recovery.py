"""Whatever a killed build left, the next run makes it good: a site is there, and every file that people put into it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.release import recover, staged
from tests.release.sites import MANIFEST, build, build_files, names, put, tree
from tests.sharing import by_day

ROOT = Path(__file__).parents[2]

BEGIN = """
import os, signal, sys
from pathlib import Path
from builder.release import staged, swap
def die():
    os.kill(os.getpid(), signal.SIGKILL)
"""

INSIDE = """
with staged(Path(sys.argv[1])) as staging:
    (staging.site / "index.html").write_text("half", encoding="utf-8")
    (staging.scratch / "notes.txt").write_text("half", encoding="utf-8")
    die()
"""

BETWEEN_TWO_RENAMES = """
swap.exchange = lambda first, second: False
rename = Path.rename
def rename_and_die(self, target):
    rename(self, target)
    if self.name == "site" and target.name == "old":
        die()
Path.rename = rename_and_die
with staged(Path(sys.argv[1])) as staging:
    (staging.site / "index.html").write_text("new", encoding="utf-8")
"""

BEFORE_THE_SWAP = """
swap.replace = lambda work, output: die()
with staged(Path(sys.argv[1])) as staging:
    (staging.site / "index.html").write_text("new", encoding="utf-8")
"""

RUNNING = """
with staged(Path(sys.argv[1])) as staging:
    (staging.site / "index.html").write_text("new", encoding="utf-8")
    print("running", flush=True)
    sys.stdin.read()
"""


def run_and_be_killed(script: str, output: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script, str(output)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A finished site with a file of somebody's, alone in its folder."""
    build(tmp_path / "public" / "site", "old")
    put(tmp_path / "public" / "site", {"CNAME": "grid.example", "grid/1/photo.jpg": "light"})
    return tmp_path / "public" / "site"


# ── killed somewhere ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("way", by_day(["exchange", "renames"], ["exchange"]))
def test_a_build_or_a_recovery_killed_at_any_step_loses_nothing(tmp_path: Path, way: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.release.kills", way, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    first, steps, recoveries, moments = map(int, done.stdout.split())
    # a loop that kills nothing would find nothing
    assert (first > 30, steps > 60, recoveries > 10, moments > 10) == (True, True, True, True), done.stdout


@pytest.mark.parametrize("script", [INSIDE, BETWEEN_TWO_RENAMES, BEFORE_THE_SWAP])
def test_a_killed_build_has_everything_put_back_whatever_the_data_of_the_next_run(site: Path, script: str) -> None:
    before = tree(site.parent)
    run_and_be_killed(script, site)
    assert tree(site.parent) != before
    assert site.exists() == (script is not BETWEEN_TWO_RENAMES)

    recover(site)

    assert tree(site.parent) == before


@pytest.mark.parametrize("script", [INSIDE, BETWEEN_TWO_RENAMES, BEFORE_THE_SWAP])
def test_a_build_after_a_killed_one_needs_no_other_recovery(site: Path, script: str) -> None:
    run_and_be_killed(script, site)
    build(site, "new")

    assert tree(site).keys() == {
        "index.html", "grid/", "grid/1/", "grid/1/index.html", "grid/1/photo.jpg", "CNAME", MANIFEST,
    }  # fmt: skip
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert names(site.parent) == ["site"]


def test_a_first_build_that_is_killed_leaves_nothing_for_long(tmp_path: Path) -> None:
    run_and_be_killed(INSIDE, tmp_path / "public" / "site")
    recover(tmp_path / "public" / "site")

    assert names(tmp_path / "public") == []


@pytest.mark.parametrize("output", ["nowhere/at/all", "file/site", "site", "new"])
def test_there_is_often_nothing_to_recover(tmp_path: Path, output: str) -> None:
    put(tmp_path, {"file": "", "site/letter.txt": "dear"})
    before = tree(tmp_path)
    recover(tmp_path / output)

    assert tree(tmp_path) == before


@pytest.mark.parametrize("files", [{}, {".mingge-building": ""}])
def test_a_build_killed_before_it_could_claim_its_folder_leaves_nothing_for_long(
    site: Path, files: dict[str, str]
) -> None:
    left = site.with_name(".site.building-mingge-7")
    left.mkdir()
    put(left, files)
    recover(site)

    assert names(site.parent) == ["site"]


# ── a build that still runs ──────────────────────────────────────────────────────────────────────


def test_a_build_that_still_runs_keeps_its_folder_and_ends_well(site: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + RUNNING, str(site)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout
        assert running.stdout.readline() == "running\n"
        before = tree(site.parent)

        recover(site)
        with pytest.raises(ToolError) as raised:
            build(site, "another")

        assert raised.value.message.values == {"path": site, "process": running.pid}
        assert tree(site.parent) == before
        running.communicate("")
    assert running.returncode == 0
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert names(site.parent) == ["site"]


def test_a_folder_of_an_ended_build_whose_number_another_process_has_is_swept(site: Path) -> None:
    # process 1 always runs
    left = site.with_name(".site.building-mingge-1")
    put(left, {".mingge-building": '{"mingge": "building", "output": "site", "pid": 1}', "site/index.html": "half"})
    recover(site)

    assert names(site.parent) == ["site"]


# ── somebody was faster ──────────────────────────────────────────────────────────────────────────


def test_a_file_that_people_made_anew_meanwhile_and_the_stranded_one_are_both_kept(site: Path) -> None:
    run_and_be_killed(BEFORE_THE_SWAP, site)
    put(site, {"CNAME": "another.example"})
    left = site.with_name(".site.building-mingge-1") / "swap"
    with pytest.raises(BuilderError) as raised:
        recover(site)

    assert str(raised.value) == f"CNAME was kept in {left}: its place in {site} is taken"
    assert raised.value.message.hint
    assert (site / "CNAME").read_text(encoding="utf-8") == "another.example"
    assert (left / "CNAME").read_text(encoding="utf-8") == "grid.example"

    (site / "CNAME").unlink()
    recover(site)
    assert (site / "CNAME").read_text(encoding="utf-8") == "grid.example"
    assert names(site.parent) == ["site"]


def test_a_file_that_people_changed_in_the_last_moment_is_kept(site: Path) -> None:
    run_and_be_killed(BEFORE_THE_SWAP, site)
    left = site.with_name(".site.building-mingge-1") / "swap"
    put(left, {"index.html": "mine"})
    with pytest.raises(BuilderError):
        recover(site)

    assert (left / "index.html").read_text(encoding="utf-8") == "mine"


def test_a_site_that_people_removed_meanwhile_comes_back_with_their_files(site: Path) -> None:
    run_and_be_killed(BEFORE_THE_SWAP, site)
    for path in sorted(site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    recover(site)

    assert {"CNAME", "grid/1/photo.jpg", "index.html", MANIFEST} <= tree(site).keys()
    assert names(site.parent) == ["site"]


def test_an_empty_folder_that_a_server_made_meanwhile_is_no_obstacle(site: Path) -> None:
    before = tree(site)
    run_and_be_killed(BETWEEN_TWO_RENAMES, site)
    site.mkdir()
    recover(site)

    assert tree(site) == before


def test_files_that_people_put_in_the_place_of_the_site_meanwhile_are_an_obstacle(site: Path) -> None:
    before = tree(site)
    run_and_be_killed(BETWEEN_TWO_RENAMES, site)
    put(site, {"sorry.html": "back soon"})
    with pytest.raises(BuilderError) as raised:
        recover(site)

    assert str(raised.value).endswith(f"; {site} is in its way")
    assert tree(site) == {"sorry.html": b"back soon"}

    site.rename(site.with_name("sorry"))
    recover(site)
    assert tree(site) == before
    assert names(site.parent) == ["site", "sorry"]


# ── a disk that fails ────────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_put_back_is_a_tool_error_and_stays_for_the_next_run(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site.parent)
    run_and_be_killed(BETWEEN_TWO_RENAMES, site)

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(ToolError) as raised:
            recover(site)
    assert str(raised.value) == (f"what an interrupted build left beside {site} cannot be put back: Permission denied")

    recover(site)
    assert tree(site.parent) == before


def test_what_cannot_be_removed_now_is_removed_by_the_next_run(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object, **_options: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        build_files(site, {"index.html": "new"})
    assert len(names(site.parent)) == 2
    recover(site)

    assert names(site.parent) == ["site"]
    assert {"index.html", "CNAME", "grid/1/photo.jpg"} <= tree(site).keys()


def test_a_failing_build_after_a_killed_one_has_the_old_site(site: Path) -> None:
    before = tree(site.parent)
    run_and_be_killed(BETWEEN_TWO_RENAMES, site)
    with pytest.raises(ValueError, match="a bug"), staged(site):
        raise ValueError("a bug")

    assert tree(site.parent) == before
