"""The old site stays as it was until the new one is whole, and nothing that is not ours is ever replaced."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.release import staged, swap
from builder.release.workspace import Workspace
from tests.release.sites import MANIFEST, build, build_files, names, tree


def build_half(output: Path, failure: BaseException) -> None:
    """Begin a site and fail."""
    with staged(output) as staging:
        (staging.site / "index.html").write_text("half", encoding="utf-8")
        (staging.scratch / "notes.txt").write_text("half", encoding="utf-8")
        raise failure


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

    assert {path: text for path, text in tree(site).items() if path != MANIFEST} == {
        "grid/": b"", "grid/1/": b"", "grid/1/index.html": b"new 1", "index.html": b"new",
    }  # fmt: skip
    assert names(site.parent) == ["site"]


@pytest.mark.usefixtures("_each_way")
def test_pages_that_the_new_site_does_not_have_are_gone_and_so_are_their_folders(site: Path) -> None:
    build_files(site, {"index.html": "only"})

    assert set(tree(site)) == {"index.html", MANIFEST}


def test_a_folder_in_a_folder_that_does_not_exist_yet_is_made(tmp_path: Path) -> None:
    build(tmp_path / "a" / "b" / "site", "new")

    assert (tmp_path / "a" / "b" / "site" / "index.html").read_text(encoding="utf-8") == "new"


@pytest.mark.usefixtures("_each_way")
def test_an_empty_folder_is_ours_to_fill(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build(tmp_path / "site", "new")

    assert (tmp_path / "site" / "index.html").is_file()
    assert names(tmp_path) == ["site"]


def test_a_relative_path_means_the_same_after_the_block_has_changed_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with staged(Path("site")) as staging:
        (staging.site / "index.html").write_text("new", encoding="utf-8")
        os.chdir("elsewhere")

    assert (tmp_path / "site" / "index.html").is_file()


def test_scratch_is_empty_on_the_same_file_system_and_no_part_of_the_site(site: Path) -> None:
    with staged(site) as staging:
        assert names(staging.site) == names(staging.scratch) == []
        assert staging.scratch.stat().st_dev == site.stat().st_dev
        (staging.scratch / "docs").mkdir()
        (staging.scratch / "docs" / "index.md").write_text("temporary", encoding="utf-8")

    assert tree(site.parent).keys() == {"site/", f"site/{MANIFEST}"}


@pytest.mark.usefixtures("_each_way")
def test_scratch_is_gone_before_the_new_site_is_public(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, seen = swap.replace, []

    def look(work: Workspace, output: Path) -> None:
        seen.append(work.scratch.exists())
        replace(work, output)

    monkeypatch.setattr(swap, "replace", look)
    build(site, "new")

    assert seen == [False]


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


def test_a_disk_that_is_full_when_the_folder_is_claimed_leaves_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = tree(site.parent)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(ToolError), staged(site):
            pytest.fail("the block must not be entered")

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


@pytest.mark.parametrize("failing", range(1, 5))
def test_a_rename_that_the_system_refuses_puts_everything_back(
    site: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    (site / "CNAME").write_text("grid.example", encoding="utf-8")
    before = tree(site.parent)
    rename, calls = Path.rename, []

    def fails_once(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == failing:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(swap, "exchange", lambda _first, _second: False)
    monkeypatch.setattr(Path, "rename", fails_once)
    with pytest.raises(ToolError), staged(site):
        pass

    assert tree(site.parent) == before


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


@pytest.mark.parametrize("parent", ["a file", "a folder that nobody may write to"])
def test_a_folder_that_cannot_be_made_is_a_tool_error(tmp_path: Path, parent: str) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    output = tmp_path / "file" / "site" if parent == "a file" else Path("/proc/mingge/site")

    with pytest.raises(ToolError) as raised, staged(output):
        pytest.fail("the block must not be entered")
    assert raised.value.message.hint
    assert names(tmp_path) == ["file"]
