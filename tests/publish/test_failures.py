"""A full disk, a folder that nobody may write to, somebody else: what is served stays, and one line says why."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.errors import ToolError
from builder.publish import Folder, Order, publish
from tests.publish.sites import number, site
from tests.release.sites import names

CALLS = ("write", "rename", "replace", "mkdir", "symlink", "utime", "fsync")


@pytest.mark.parametrize("nth", [1, 2, 5])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_fails_at_any_call_leaves_what_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int, code: int
) -> None:
    target, made = Folder(tmp_path / "target"), site(tmp_path / "two", 2)
    publish(site(tmp_path / "one", 1), target, Order())
    real, count = getattr(os, call), iter(range(1, 1000))

    def failing(*values: object, **named: object) -> object:
        if next(count) >= nth:
            raise OSError(code, os.strerror(code))
        return real(*values, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        told = failure(made, target)
    is_done = told is None  # it is not called so often
    assert is_done or os.strerror(code) in str(told)
    assert number(tmp_path / "target") in ((2,) if is_done else (1, 2))
    publish(made, target, Order())
    assert number(tmp_path / "target") == 2
    assert names(tmp_path / "target") == [".mingge-lock", ".mingge-target", "assets", "current", "releases"]


def failure(made: Path, target: Folder) -> ToolError | None:
    try:
        publish(made, target, Order())
    except ToolError as error:
        return error
    return None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, where the system lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def invoked(*arguments: object) -> tuple[int, list[str]]:
    done = CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"])
    return done.exit_code, done.output.splitlines()


def test_a_full_disk(tmp_path: Path, small_disk: Path) -> None:
    target = small_disk / "target"
    assert invoked("publish", target, "--site", site(tmp_path / "one", 1))[0] == 0
    large = site(tmp_path / "large", 2, more={f"{n}.txt": os.urandom(30_000).hex() for n in range(8)})
    code, lines = invoked("publish", target, "--site", large)
    assert (code, lines[0].startswith("the release could not be published: No space left on device")) == (3, True)
    assert len(lines) == 2
    assert number(target) == 1
    assert invoked("publish", target, "--site", site(tmp_path / "three", 3))[0] == 0
    assert number(target) == 3


def test_a_disk_that_may_only_be_read(tmp_path: Path, small_disk: Path) -> None:
    target = small_disk / "target"
    invoked("publish", target, "--site", site(tmp_path / "one", 1))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    code, lines = invoked("publish", target, "--site", site(tmp_path / "two", 2))
    assert (code, "Read-only file system" in lines[0], len(lines)) == (3, True, 2)
    assert number(target) == 1
    assert invoked("releases", target)[0] == 0


def test_a_file_that_is_larger_than_allowed(tmp_path: Path) -> None:
    large = site(tmp_path / "large", 2, more={"large.txt": "x" * 200_000})
    publish(site(tmp_path / "one", 1), Folder(tmp_path / "target"), Order())
    done = subprocess.run(
        [sys.executable, "-m", "builder", "publish", tmp_path / "target", "--site", large, "--lang", "en"],
        capture_output=True, check=False, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )  # fmt: skip
    assert (done.returncode, "File too large" in done.stderr, len(done.stderr.splitlines())) == (3, True, 2)
    assert number(tmp_path / "target") == 1


def test_two_at_once(tmp_path: Path) -> None:
    target = Folder(tmp_path / "target")
    publish(site(tmp_path / "one", 1), target, Order())
    made = site(tmp_path / "two", 2)
    with target.held(), pytest.raises(ToolError, match="is being published to by another process"):
        publish(made, target, Order())
    assert number(tmp_path / "target") == 1
    publish(made, target, Order())
    assert number(tmp_path / "target") == 2


def test_old_releases_that_cannot_go_are_told_after_the_switch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (1, 2):
        publish(site(tmp_path / f"{n}", n), Folder(tmp_path / "target"), Order(keep=2))
    made = site(tmp_path / "3", 3)
    with monkeypatch.context() as patch:
        patch.setattr("builder.publish.folder.is_known", lambda _: (_ for _ in ()).throw(OSError(5, "I/O error")))
        with pytest.raises(ToolError, match="is published, but old releases cannot be removed: I/O error"):
            publish(made, Folder(tmp_path / "target"), Order(keep=2))
    assert number(tmp_path / "target") == 3
    assert len(publish(made, Folder(tmp_path / "target"), Order(keep=2)).removed) == 1
