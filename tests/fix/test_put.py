"""A file that is replaced is the old one or the new one, whole, at every moment."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder import fix
from builder.errors import ToolError
from tests.console import ROOT

OLD, NEW = b"old\n", b"new\n" * 50_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "package" / "case.csv"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def beside(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir())


def test_permissions_stay_and_nothing_is_left_beside(file: Path) -> None:
    file.chmod(0o640)

    fix.put(file, NEW, OLD)

    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o640
    assert beside(file) == ["case.csv"]


def test_a_link_stays_a_link_and_its_file_is_replaced(file: Path) -> None:
    link = file.with_name("link.csv")
    link.symlink_to("case.csv")

    fix.put(link, NEW, OLD)

    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_a_new_file_is_written_where_there_was_none(file: Path) -> None:
    fix.put(file.with_name("new.csv"), NEW, None)

    assert file.with_name("new.csv").read_bytes() == NEW


@pytest.mark.parametrize("before", [b"other", None])
def test_a_file_that_was_changed_meanwhile_is_left_alone(file: Path, before: bytes | None) -> None:
    with pytest.raises(ToolError, match=r"case\.csv was changed in the meantime"):
        fix.put(file, NEW, before)

    assert file.read_bytes() == OLD


@pytest.mark.parametrize("lock", [".~lock.case.csv#", "~$case.csv"])
def test_a_file_that_is_open_in_a_spreadsheet_is_left_alone(file: Path, lock: str) -> None:
    file.with_name(lock).touch()

    with pytest.raises(ToolError, match="is open in Excel, WPS or LibreOffice"):
        fix.put(file, NEW, OLD)

    assert file.read_bytes() == OLD


def test_a_file_that_may_not_be_written_is_left_alone(file: Path) -> None:
    file.chmod(0o444)

    with pytest.raises(ToolError, match="Permission denied"):
        fix.put(file, NEW, OLD)

    assert file.read_bytes() == OLD
    assert beside(file) == ["case.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into every folder")
def test_a_folder_that_may_not_be_written_is_said(file: Path) -> None:
    file.parent.chmod(0o555)
    try:
        with pytest.raises(ToolError, match="Permission denied"):
            fix.put(file, NEW, OLD)
    finally:
        file.parent.chmod(0o755)


def put_in_a_process(file: Path, before: str) -> subprocess.CompletedProcess[str]:
    code = (
        f"{before}\nfrom pathlib import Path\nfrom builder import fix\n"
        f"fix.put(Path({str(file)!r}), b'new\\n' * 50_000, b'old\\n')"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_the_old_file_whole(file: Path) -> None:
    ignore = f"import resource, signal; signal.signal({int(signal.SIGXFSZ)}, signal.SIG_IGN)"
    limit = f"resource.setrlimit({resource.RLIMIT_FSIZE}, (1000, 1000))"

    done = put_in_a_process(file, f"{ignore}; {limit}")

    assert "ToolError" in done.stderr
    assert file.read_bytes() == OLD
    assert beside(file) == ["case.csv"]


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.chmod", "pathlib.Path.replace"])
def test_a_process_that_is_killed_on_the_way_leaves_the_old_file_and_the_next_run_writes(file: Path, call: str) -> None:
    kill = f"lambda *_: os.kill(os.getpid(), {int(signal.SIGKILL)})"

    done = put_in_a_process(file, f"import os, pathlib; {call} = {kill}")

    assert done.returncode == -signal.SIGKILL
    assert file.read_bytes() == OLD
    fix.put(file, NEW, OLD)
    assert file.read_bytes() == NEW
    assert beside(file) == ["case.csv"]
