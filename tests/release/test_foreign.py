"""Nothing that a build did not write itself is deleted or overwritten: the manifest of the old site decides."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.release import staged, swap
from tests.release.sites import MANIFEST, build_files, names, put, tree

OLD = {"index.html": "old", "grid/1/index.html": "old 1", "grid/2/index.html": "old 2"}
NEW = {"index.html": "new", "grid/2/index.html": "new 2", "data/case.csv": "new data"}


@pytest.fixture(params=["exchange", "two renames"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished site, alone in its folder, on a system that can exchange two folders and on one that cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "exchange", lambda _first, _second: False)
    build_files(tmp_path / "public" / "site", OLD)
    return tmp_path / "public" / "site"


def link(site: Path) -> None:
    (site / "latest").symlink_to("grid/1")


def dangling_link(site: Path) -> None:
    (site / "grid" / "gone").symlink_to("/nowhere/at/all")


def empty_folder(site: Path) -> None:
    (site / "uploads" / "2026").mkdir(parents=True)


def fifo(site: Path) -> None:
    os.mkfifo(site / "pipe")


def folder_instead_of_pages(site: Path) -> None:
    shutil.rmtree(site / "grid" / "1")
    put(site, {"grid/1/notes/a.txt": "mine"})


PUT_THERE: list[tuple[str, Callable[[Path], None], set[str]]] = [
    ("a git work tree", lambda s: put(s, {".git/HEAD": "ref", "CNAME": "grid.example"}), {".git/HEAD", "CNAME"}),
    ("the data itself", lambda s: put(s, {"datasets/case.csv": "case_id\n"}), {"datasets/case.csv"}),
    ("a file beside a page", lambda s: put(s, {"grid/2/photo.jpg": "light"}), {"grid/2/photo.jpg"}),
    ("a file beside a page that goes", lambda s: put(s, {"grid/1/photo.jpg": "light"}), {"grid/1/photo.jpg"}),
    ("a folder that the new site has too", lambda s: put(s, {"data/mine.csv": "a,b\n"}), {"data/mine.csv"}),
    ("a folder in the place of a page’s", folder_instead_of_pages, {"grid/1/notes/a.txt"}),
    ("a hidden file of another name", lambda s: put(s, {".mingge-site.bak": "x"}), {".mingge-site.bak"}),
    ("a manifest in a folder of theirs", lambda s: put(s, {"other/.mingge-site": "x"}), {"other/.mingge-site"}),
    ("a link to a folder", link, {"latest"}),
    ("a link that leads nowhere", dangling_link, {"grid/gone"}),
    ("an empty folder", empty_folder, {"uploads/2026/"}),
    ("a fifo", fifo, {"pipe"}),
]


@pytest.mark.parametrize(("put_there", "paths"), [case[1:] for case in PUT_THERE], ids=[case[0] for case in PUT_THERE])
def test_what_people_put_into_a_site_is_in_the_next_one_and_in_the_one_after(
    site: Path, put_there: Callable[[Path], None], paths: set[str]
) -> None:
    put_there(site)
    before = tree(site)

    for files in (NEW, OLD, NEW):
        build_files(site, files)

        found = tree(site)
        assert {path: found[path] for path in paths} == {path: before[path] for path in paths}
        assert {path for path in found if not path.endswith("/")} - paths == {*files, MANIFEST}
        assert names(site.parent) == ["site"]


def test_what_people_put_there_is_moved_and_not_copied(site: Path) -> None:
    put(site, {".git/objects/00/a": "object", "grid/1/photo.jpg": "light"})
    (site / ".git").chmod(0o750)
    os.utime(site / ".git", (1, 1))
    before = [(site / path).lstat() for path in (".git", ".git/objects/00/a", "grid/1/photo.jpg")]

    build_files(site, NEW)

    after = [(site / path).lstat() for path in (".git", ".git/objects/00/a", "grid/1/photo.jpg")]
    assert [(s.st_ino, s.st_mode, s.st_mtime_ns) for s in after] == [
        (s.st_ino, s.st_mode, s.st_mtime_ns) for s in before
    ]


def test_a_file_that_people_put_there_during_the_build_is_kept_too(site: Path) -> None:
    with staged(site) as staging:
        put(staging.site, NEW)
        put(site, {"late.txt": "mine"})

    assert (site / "late.txt").read_text(encoding="utf-8") == "mine"


# ── two things for one place ─────────────────────────────────────────────────────────────────────


def linked(site: Path) -> None:
    shutil.move(site / "grid", site / "real")
    (site / "grid").symlink_to("real")


COLLISIONS: list[tuple[str, Callable[[Path], None], str]] = [
    ("a file for a file", lambda s: put(s, {"data/case.csv": "mine"}), "data/case.csv"),
    ("a file for a folder", lambda s: put(s, {"data": "mine"}), "data"),
    ("a folder for a file", lambda s: put(s, {"robots.txt/a": "mine"}), "robots.txt"),
    ("a file in a folder that is a file now", lambda s: put(s, {"grid/1/photo.jpg": "mine"}), "grid/1/photo.jpg"),
    ("a link for a folder", linked, "grid"),
]


@pytest.mark.parametrize(("put_there", "path"), [case[1:] for case in COLLISIONS], ids=[c[0] for c in COLLISIONS])
def test_a_place_that_the_new_site_wants_too_is_refused_before_anything_is_touched(
    site: Path, put_there: Callable[[Path], None], path: str
) -> None:
    put_there(site)
    before = tree(site.parent)
    with pytest.raises(BuilderError) as raised:
        build_files(site, {**NEW, "grid/1": "a file", "robots.txt": "new"})

    assert str(raised.value) == (f"mingge did not write {path} in {site}, and the new site has something at that place")
    assert (raised.value.exit_code, bool(raised.value.message.hint)) == (2, True)
    assert tree(site.parent) == before


# ── a file of ours that people changed ───────────────────────────────────────────────────────────


def same_size(site: Path) -> None:
    (site / "index.html").write_text("mine"[:3], encoding="utf-8")


def same_size_and_old_time(site: Path) -> None:
    before = (site / "index.html").stat()
    same_size(site)
    os.utime(site / "index.html", ns=(before.st_atime_ns, before.st_mtime_ns))


def link_for_a_file(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("grid/1/index.html")


def link_of_the_same_size_and_content(site: Path) -> None:
    (site / "index.html").rename(site / "abc")
    (site / "index.html").symlink_to("abc")


def folder_for_a_file(site: Path) -> None:
    (site / "index.html").unlink()
    put(site, {"index.html/a": "mine"})


def renamed_over(site: Path) -> None:
    put(site.parent, {"edited": "min"})
    os.utime(site.parent / "edited", (1, 1))
    (site.parent / "edited").rename(site / "index.html")


@pytest.mark.parametrize(
    "change",
    [
        lambda s: put(s, {"index.html": "a longer text"}),
        same_size, same_size_and_old_time, link_for_a_file, link_of_the_same_size_and_content,
        folder_for_a_file, renamed_over,
    ],
)  # fmt: skip
def test_a_file_that_was_changed_by_hand_is_refused_before_the_build(
    site: Path, change: Callable[[Path], None]
) -> None:
    change(site)
    before = tree(site.parent)
    with pytest.raises(BuilderError) as raised, staged(site):
        pytest.fail("the block must not be entered")

    assert raised.value.exit_code == 2
    assert raised.value.message.values == {"count": 1, "path": site, "names": ("index.html",)}
    assert raised.value.message.hint
    assert tree(site.parent) == before


def test_a_file_that_is_changed_by_hand_during_the_build_is_refused_after_it(site: Path) -> None:
    def build_and_edit() -> None:
        with staged(site) as staging:
            put(staging.site, NEW)
            put(site, {"index.html": "min"})

    with pytest.raises(BuilderError):
        build_and_edit()
    assert tree(site).keys() >= set(OLD)
    assert (site / "index.html").read_text(encoding="utf-8") == "min"
    assert names(site.parent) == ["site"]


def test_a_file_of_another_size_is_changed_whatever_its_time_says(site: Path) -> None:
    put(site, {"index.html": "a longer text"})
    while (site / MANIFEST).stat().st_ctime_ns <= (site / "index.html").stat().st_ctime_ns:
        (site / MANIFEST).touch()
    with pytest.raises(BuilderError), staged(site):
        pytest.fail("the block must not be entered")


def test_a_message_names_a_few_files_and_counts_all(site: Path) -> None:
    build_files(site, {f"{n}.html": "old" for n in range(9)})
    put(site, {f"{n}.html": "changed" for n in range(9)})
    with pytest.raises(BuilderError) as raised, staged(site):
        pytest.fail("the block must not be entered")

    assert raised.value.message.values["count"] == 9
    assert raised.value.message.values["names"] == ("0.html", "1.html", "2.html")


def test_a_file_that_was_removed_by_hand_is_nothing_to_lose(site: Path) -> None:
    (site / "index.html").unlink()
    build_files(site, NEW)

    assert (site / "index.html").read_text(encoding="utf-8") == "new"


def test_a_file_that_was_only_touched_is_still_ours(site: Path) -> None:
    (site / "index.html").chmod(0o600)
    (site / "index.html").touch()
    build_files(site, NEW)

    assert (site / "index.html").read_text(encoding="utf-8") == "new"


def test_a_site_that_was_copied_elsewhere_is_still_ours(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "copy")
    build_files(tmp_path / "copy", NEW)

    assert set(tree(tmp_path / "copy")) == {*NEW, "grid/", "grid/2/", "data/", MANIFEST}


def test_the_manifest_is_the_last_file_that_is_removed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_files(site, {f"{n}.html": "old" for n in range(30)})
    unlink, removed = os.unlink, []

    def note(path: str | Path) -> None:
        removed.append(Path(path).name)
        unlink(path)

    monkeypatch.setattr(os, "unlink", note)
    build_files(site, NEW)

    # the claim of the workspace goes after the site in it
    assert (len(removed), removed[-2:]) == (32, [MANIFEST, ".mingge-building"])


# ── folders of others beside the site ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [".site.old", ".site.building-1", ".site.building-mingge-1", ".site.building-mingge-x", ".site.building-mingge-2"],
)
@pytest.mark.parametrize(
    "files",
    [
        {"letter.txt": "dear"},
        {".mingge-building": "mine"},
        {".mingge-building": "", "site/letter.txt": "dear"},
        {".mingge-building": '{"mingge": "building", "output": "another", "pid": 1}'},
    ],
)
def test_a_folder_of_somebody_else_keeps_its_name_and_its_files(site: Path, name: str, files: dict[str, str]) -> None:
    put(site.with_name(name), files)
    before = tree(site.with_name(name))

    build_files(site, NEW)

    assert names(site.parent) == [name, "site"]
    assert tree(site.with_name(name)) == before


@pytest.mark.parametrize("name", [".site.building-mingge-1", ".site.old"])
def test_a_file_or_a_link_of_somebody_else_keeps_its_name(site: Path, name: str) -> None:
    put(site.parent / "elsewhere", {".mingge-building": '{"mingge": "building", "output": "site", "pid": 1}'})
    site.with_name(name).symlink_to("elsewhere")
    build_files(site, NEW)

    assert site.with_name(name).is_symlink()
    assert names(site.parent / "elsewhere") == [".mingge-building"]


def test_a_claim_that_is_a_fifo_does_not_hold_up_a_build(site: Path) -> None:
    site.with_name(".site.building-mingge-1").mkdir()
    os.mkfifo(site.with_name(".site.building-mingge-1") / ".mingge-building")
    build_files(site, NEW)

    assert names(site.parent) == [".site.building-mingge-1", "site"]


# ── two builds at once ───────────────────────────────────────────────────────────────────────────


def test_a_second_build_of_the_same_site_is_refused_and_the_first_one_ends_well(site: Path) -> None:
    with staged(site) as staging:
        put(staging.site, NEW)
        with pytest.raises(ToolError) as raised, staged(site):
            pytest.fail("the block must not be entered")
        assert str(raised.value) == f"another build of {site} is running (process {os.getpid()})"
        assert raised.value.message.hint

    assert set(tree(site)) >= set(NEW)
    assert names(site.parent) == ["site"]


def test_builds_of_two_sites_in_one_folder_do_not_know_each_other(site: Path) -> None:
    with staged(site) as staging:
        put(staging.site, NEW)
        build_files(site.with_name("site2"), OLD)

    assert names(site.parent) == ["site", "site2"]
