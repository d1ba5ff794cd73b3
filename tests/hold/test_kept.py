"""What is kept is whole whatever ends a build, belongs to one build at a time, and is never guessed."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.hold import Kept, kept
from tests.console import ROOT
from tests.hold.packages import Nights, duties, duty


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_versions_that_nothing_names_any_more_go(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    for count in (30, 31, 32):
        nights.write("duty.csv", duties(count))
        nights.night()
    assert len(list((nights.kept / "files").iterdir())) == 5  # one a table


def test_a_build_that_fails_keeps_nothing(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    nights.night()
    before = files(nights.kept)
    nights.write("duty.csv", duties(31))
    nights.settled(is_kept=False)
    assert files(nights.kept) == before


def test_two_builds_at_once_do_not_share_it(tmp_path: Path) -> None:
    with kept(tmp_path / "kept"), pytest.raises(ToolError, match="used by another build"), kept(tmp_path / "kept"):
        pass
    with kept(tmp_path / "kept"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(ToolError, match="cannot be used"), kept(folder):
        pass


def test_a_file_where_the_folder_should_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("", "utf-8")
    with pytest.raises(ToolError, match="cannot be used"), kept(tmp_path / "kept"):
        pass


def test_a_folder_of_somebody_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("", "utf-8")
    with pytest.raises(BuilderError, match="did not keep there"), kept(tmp_path):
        pass


# ── who may read it ──────────────────────────────────────────────────────────────────────────────


def modes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_nobody_else_reads_what_is_kept_whatever_the_umask(mask: int, tmp_path: Path) -> None:
    nights, before = Nights(tmp_path), os.umask(mask)
    try:
        nights.night()
    finally:
        os.umask(before)
    found = modes(nights.kept)
    assert {found.pop(name) for name in (".", "files")} == {0o700}
    assert set(found.values()) == {0o600}
    assert len(found) == 7  # the lock, the state, five tables


def test_what_a_checkout_or_an_older_program_lets_others_read_is_closed_again(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    nights.night()
    expected = modes(nights.kept)
    for path in (nights.kept, *nights.kept.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with kept(nights.kept):
        assert nights.kept.stat().st_mode & 0o777 == 0o700
    nights.night()
    assert modes(nights.kept) == expected


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("site/.mingge-site", "site/kept"), ("site/.mingge-site", "site"), ("public/release.json", "public/a/kept"),
        ("t/.mingge-target", "t/log/kept"), ("t/.mingge-target", "t/releases/x/kept"), ("t/.mingge-target", "t"),
        ("t/.mingge-target", "link"),
    ],
)  # fmt: skip
def test_it_lies_in_nothing_that_is_served(marked: str, place: str, tmp_path: Path) -> None:
    (tmp_path / marked).parent.mkdir()
    (tmp_path / marked).touch()
    (tmp_path / "link").symlink_to(tmp_path / "t" / "log")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BuilderError, match="from which a site is served"), kept(tmp_path / place):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_its_own_place_in_a_target_is_served_by_nobody(tmp_path: Path) -> None:
    (tmp_path / ".mingge-target").touch()
    with kept(tmp_path / "kept"):
        pass


STATE = {"mingge": "kept", "format": 1, "files": {"a.csv": {
    "sha256": "0" * 64, "as_of": "2026-10-31", "rows": 1, "since": "", "kinds": {}}}}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"mingge": "kept", "format": 2, "files": {}}',
        json.dumps(STATE).replace("0" * 64, "../../x"), json.dumps(STATE).replace("a.csv", "../a.csv"),
        json.dumps(STATE).replace("2026-10-31", "<b>"), json.dumps(STATE).replace("a.csv", "/etc/passwd"),
    ],
)
def test_a_state_that_is_none_is_not_begun_anew(text: str, tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(text, "utf-8")
    with pytest.raises(BuilderError, match="no state of kept files"), kept(tmp_path):
        pass


def test_a_version_that_is_damaged_is_not_published(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    nights.night()
    for path in (nights.kept / "files").iterdir():
        path.write_bytes(path.read_bytes() + b"\n")
    nights.write("duty.csv", "")
    with pytest.raises(ToolError, match="damaged"):
        nights.settled()


def test_a_file_that_changed_while_it_was_built_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.csv").write_bytes(b"new")
    with kept(tmp_path / "kept") as folder:
        folder.keep({"a.csv": Kept("0" * 64, "2026-10-31", 1)}, tmp_path / "package")
        assert folder.files == {}


KILLED = """
import os, sys
from pathlib import Path
from tests.hold.packages import Nights, duties
calls = 0
def killing(event, arguments):
    global calls
    if event in ("open", "os.rename", "os.remove", "os.mkdir") and "kept" in str(arguments[0]):
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), 9)
nights = Nights.__new__(Nights)
from builder import hold
from builder.hold.kept import Kept, digest
root = Path(sys.argv[1])
data = (root / "package" / "duty.csv").read_bytes()
sys.addaudithook(killing)
with hold.kept(root / "kept") as folder:
    folder.keep({**folder.files, "duty.csv": Kept(digest(data), "2026-11-01", 31)}, root / "package")
"""


@pytest.mark.nightly
def test_a_kill_at_any_moment_leaves_the_state_of_before_or_after(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    nights.night()
    nights.write("duty.csv", duties(30, duty(31)))
    seen = set()
    for number in range(1, 40):
        done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(number)], cwd=ROOT, check=False)
        with kept(nights.kept) as folder:
            seen.add(folder.files["duty.csv"].rows)
            for path in folder.files:
                folder.content(path)  # whole
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert done.returncode == 0
    assert seen == {30, 31}
    assert not [path.name for path in (nights.kept / "files").iterdir() if path.name.startswith(".")]
