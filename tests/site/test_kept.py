"""What is kept comes back whole or not at all, whoever writes, dies or runs out of space meanwhile."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import pytest

from builder.site import kept
from builder.site.kept import MOST, Tree

TREE: Tree = {
    "index.html": b"<p>\xe4\xb8\x80",
    "a/empty.css": b"",
    "a/\u4e00 b.js": b"\0\r\n",
    "a/b/c.png": bytes(range(256)) * 9,
}
DAY_SECONDS = 86_400


def aged(folder: Path, name: str, seconds: float) -> None:
    """Say that an entry was used that long ago."""
    path = folder / name
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_tree_comes_back_as_it_was(tmp_path: Path) -> None:
    kept.keep(tmp_path / "new" / "cache", "ab-1", TREE)
    assert kept.found(tmp_path / "new" / "cache", ["ab-1"]) == TREE


def test_the_first_that_is_there_is_found(tmp_path: Path) -> None:
    kept.keep(tmp_path, "b", TREE)
    kept.keep(tmp_path, "c", {})
    assert [kept.found(tmp_path, wanted) for wanted in (["a", "b", "c"], ["c"], ["a"], [])] == [TREE, {}, None, None]


def test_a_folder_that_is_not_there_has_nothing(tmp_path: Path) -> None:
    assert (kept.names(tmp_path / "none"), kept.found(tmp_path / "none", ["a"])) == ([], None)


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    kept.keep(tmp_path, "a", TREE)
    kept.keep(tmp_path, "b", dict(sorted(TREE.items(), reverse=True)))
    assert (tmp_path / "a.tree").read_bytes() == (tmp_path / "b.tree").read_bytes()


def test_a_damaged_entry_is_none_wherever_the_damage_is(tmp_path: Path) -> None:
    kept.keep(tmp_path, "a", TREE)
    path = tmp_path / "a.tree"
    whole = path.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), 7)] + [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)
    ]
    came_back = []
    for content in (*damaged, whole + b"x", b"not ours"):
        path.write_bytes(content)
        came_back.append(kept.found(tmp_path, ["a"]))
    assert len(came_back) > 700
    assert set(map(type, came_back)) == {type(None)}


def test_a_damaged_entry_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.tree").write_bytes(b"half")
    kept.keep(tmp_path, "a", TREE)
    assert kept.found(tmp_path, ["a"]) == TREE


@pytest.mark.parametrize("path", ["../outside", "a/../../outside", "/outside"])
def test_no_entry_leaves_the_folder_it_is_written_to(path: str, tmp_path: Path) -> None:
    body = io.BytesIO()
    with ZipFile(body, "w") as archive:
        archive.writestr(path, b"")
    digest = hashlib.sha256(body.getvalue()).hexdigest().encode()
    (tmp_path / "a.tree").write_bytes(digest + b"\n" + body.getvalue())
    assert kept.found(tmp_path, ["a"]) is None


def test_what_was_not_used_for_longest_goes(tmp_path: Path) -> None:
    names = [f"a-{number}" for number in range(MOST)]
    for age, name in enumerate(names):
        kept.keep(tmp_path, name, {})
        aged(tmp_path, f"{name}.tree", 60 * (MOST - age))
    assert kept.names(tmp_path) == names[::-1]
    assert kept.found(tmp_path, ["a-0"]) == {}
    kept.keep(tmp_path, "b", {})
    assert set(kept.names(tmp_path)) == {"b", *names} - {"a-1"}


def test_what_was_used_last_is_not_touched_again(tmp_path: Path) -> None:
    kept.keep(tmp_path, "a", {})
    aged(tmp_path, "a.tree", 60)
    before = (tmp_path / "a.tree").stat().st_mtime_ns
    kept.found(tmp_path, ["a"])
    assert (tmp_path / "a.tree").stat().st_mtime_ns == before


def test_nothing_else_in_the_folder_is_removed_or_taken_for_an_entry(tmp_path: Path) -> None:
    theirs = ["README", "other.tree", "data.zip"]
    for name in theirs:
        (tmp_path / name).write_text("theirs", encoding="utf-8")
        aged(tmp_path, name, 99 * DAY_SECONDS)
    for number in range(MOST + 3):
        kept.keep(tmp_path, str(number), {})
    assert len(kept.names(tmp_path)) == MOST
    assert set(theirs) < set(entries(tmp_path))


def test_what_a_killed_build_left_goes_after_a_day_and_what_a_running_one_writes_stays(tmp_path: Path) -> None:
    for name in (".unfinished-old", ".unfinished-new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_bytes(b"half")
    aged(tmp_path, ".unfinished-old", DAY_SECONDS + 60)
    kept.keep(tmp_path, "a", {})
    assert entries(tmp_path) == [".gitignore", ".unfinished-new", "CACHEDIR.TAG", "a.tree"]


def test_the_folder_keeps_itself_out_of_version_control_and_backups(tmp_path: Path) -> None:
    kept.keep(tmp_path, "a", {})
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*\n"
    # https://bford.info/cachedir/
    assert (
        (tmp_path / "CACHEDIR.TAG")
        .read_text(encoding="utf-8")
        .startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )


def test_builds_at_the_same_time_do_no_harm(tmp_path: Path) -> None:
    def build(number: int) -> Sequence[Tree | None]:
        kept.keep(tmp_path, "a", TREE)
        return [kept.found(tmp_path, ["a"]) for _ in range(number % 3)]

    with ThreadPoolExecutor(8) as pool:
        came_back = [tree for trees in pool.map(build, range(60)) for tree in trees]
    assert len(came_back) == 60
    assert all(tree == TREE for tree in came_back)
    assert entries(tmp_path) == [".gitignore", "CACHEDIR.TAG", "a.tree"]


def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        kept.keep(tmp_path / "file" / "cache", "a", TREE)
    assert kept.found(tmp_path / "file", ["a"]) is None
