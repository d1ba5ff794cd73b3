"""The old site stays as it was until the new one is whole, and nothing that is not ours is ever replaced."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.release import staged, swap

ROOT = Path(__file__).parents[2]


def build(output: Path, text: str) -> None:
    """Write a small site that says `text`."""
    with staged(output) as staging:
        (staging / "grid" / "1").mkdir(parents=True)
        (staging / "index.html").write_text(text, encoding="utf-8")
        (staging / "grid" / "1" / "index.html").write_text(f"{text} 1", encoding="utf-8")


def build_half(output: Path, failure: BaseException) -> None:
    """Begin a site and fail."""
    with staged(output) as staging:
        (staging / "index.html").write_text("half", encoding="utf-8")
        raise failure


def tree(folder: Path) -> dict[str, bytes]:
    """Return what is below `folder`: files with their bytes, folders with a slash, links with where they lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = os.fsencode(path.readlink())
        elif path.is_dir():
            found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A finished site, alone in its folder."""
    build(tmp_path / "public" / "site", "old")
    return tmp_path / "public" / "site"


@pytest.fixture(params=["exchange", "two renames"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without a system that can exchange two folders in one step."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "exchange", lambda _first, _second: False)


# ── a build that ends well ───────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("_each_way")
def test_a_new_site_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(site: Path) -> None:
    build(site, "new")

    assert {path: text for path, text in tree(site).items() if path != swap.MARKER} == {
        "grid/": b"", "grid/1/": b"", "grid/1/index.html": b"new 1", "index.html": b"new",
    }  # fmt: skip
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_pages_that_the_new_site_does_not_have_are_gone(site: Path) -> None:
    with staged(site) as staging:
        (staging / "index.html").write_text("only", encoding="utf-8")

    assert set(tree(site)) == {"index.html", swap.MARKER}


def test_a_folder_in_a_folder_that_does_not_exist_yet_is_made(tmp_path: Path) -> None:
    build(tmp_path / "a" / "b" / "site", "new")

    assert (tmp_path / "a" / "b" / "site" / "index.html").read_text(encoding="utf-8") == "new"


def test_an_empty_folder_is_ours_to_fill(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build(tmp_path / "site", "new")

    assert (tmp_path / "site" / "index.html").is_file()


def test_a_relative_path_means_the_same_after_the_block_has_changed_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with staged(Path("site")) as staging:
        (staging / "index.html").write_text("new", encoding="utf-8")
        os.chdir("elsewhere")

    assert (tmp_path / "site" / "index.html").is_file()


# ── a build that does not ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "failure",
    [ValueError("a bug"), BuilderError("a template"), ToolError("mkdocs"), KeyboardInterrupt(), SystemExit(1)],
)
def test_a_build_that_fails_leaves_the_old_site_byte_for_byte(site: Path, failure: BaseException) -> None:
    before = tree(site.parent)
    with pytest.raises(type(failure)) as raised:
        build_half(site, failure)

    assert raised.value is failure
    assert tree(site.parent) == before


def test_a_first_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a bug"):
        build_half(tmp_path / "site", ValueError("a bug"))

    assert tree(tmp_path) == {}


def test_a_full_disk_is_a_tool_error_that_says_so(site: Path) -> None:
    before = tree(site.parent)
    with pytest.raises(ToolError) as raised, staged(site):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert raised.value.exit_code == 3
    assert str(raised.value) == "the site could not be written: No space left on device"
    assert raised.value.message.hint
    assert tree(site.parent) == before


@pytest.mark.usefixtures("_each_way")
def test_a_swap_that_the_system_refuses_leaves_the_old_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(site.parent)

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(swap, "exchange", lambda _first, _second: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(ToolError), staged(site):
        pass

    assert tree(site.parent) == before


def test_a_second_rename_that_the_system_refuses_puts_the_old_site_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site.parent)
    rename, calls = Path.rename, []

    def second_fails(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 2:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(swap, "exchange", lambda _first, _second: False)
    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(ToolError), staged(site):
        pass

    assert tree(site.parent) == before


# ── a build that is killed ───────────────────────────────────────────────────────────────────────

KILLED_INSIDE = """
import os, signal, sys
from pathlib import Path
from builder.release import staged
with staged(Path(sys.argv[1])) as staging:
    (staging / "index.html").write_text("half", encoding="utf-8")
    os.kill(os.getpid(), signal.SIGKILL)
"""

KILLED_BETWEEN_TWO_RENAMES = """
import os, signal, sys
from pathlib import Path
from builder.release import staged, swap
swap.exchange = lambda first, second: False
rename = Path.rename
def rename_and_die(self, target):
    rename(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
Path.rename = rename_and_die
with staged(Path(sys.argv[1])) as staging:
    (staging / "index.html").write_text("new", encoding="utf-8")
"""


def run_and_be_killed(script: str, output: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script, str(output)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_a_build_killed_inside_the_block_leaves_the_old_site_and_the_next_build_sweeps(site: Path) -> None:
    before = tree(site)
    run_and_be_killed(KILLED_INSIDE, site)
    assert tree(site) == before
    assert len(list(site.parent.iterdir())) == 2

    build(site, "new")

    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_build_killed_between_two_renames_has_its_old_site_put_back(site: Path) -> None:
    before = tree(site)
    run_and_be_killed(KILLED_BETWEEN_TWO_RENAMES, site)
    assert not site.exists()

    with pytest.raises(ValueError, match="a bug"), staged(site):
        raise ValueError("a bug")
    assert tree(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]

    build(site, "new")
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_build_that_still_runs_keeps_its_folder(site: Path) -> None:
    # process 1 always runs, and belongs to somebody else
    running = site.with_name(".site.building-1")
    running.mkdir()
    build(site, "new")

    assert running.is_dir()


def test_a_folder_left_by_a_process_whose_number_was_given_to_us_is_swept(site: Path) -> None:
    site.with_name(f".site.building-{os.getpid()}").mkdir()
    build(site, "new")

    assert [path.name for path in site.parent.iterdir()] == ["site"]


# ── what is not ours ─────────────────────────────────────────────────────────────────────────────


def test_a_folder_with_the_files_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear", encoding="utf-8")

    assert_refused(tmp_path, tmp_path / "home")


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("not a folder", encoding="utf-8")

    assert_refused(tmp_path, tmp_path / "site")


@pytest.mark.parametrize("target", ["ours", "nowhere"])
def test_a_link_is_refused_wherever_it_leads(tmp_path: Path, target: str) -> None:
    build(tmp_path / "ours", "old")
    (tmp_path / "site").symlink_to(tmp_path / target)

    assert_refused(tmp_path, tmp_path / "site")
    assert (tmp_path / "site").is_symlink()


def assert_refused(around: Path, output: Path) -> None:
    before = tree(around)
    with pytest.raises(BuilderError) as raised, staged(output):
        pytest.fail("the block must not be entered")

    assert (type(raised.value), raised.value.exit_code) == (BuilderError, 2)
    assert str(output) in str(raised.value)
    assert raised.value.message.hint
    assert tree(around) == before
