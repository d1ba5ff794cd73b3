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
