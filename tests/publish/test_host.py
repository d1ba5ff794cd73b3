"""A target on another machine: the same, over a stand-in for ssh that runs here, and over a line that is cut."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.publish import Folder, Order, publish, reading, rollback, target
from builder.publish.host import Host
from tests.publish.sites import number, site
from tests.release.sites import names, tree

pytestmark = pytest.mark.skipif(
    not (shutil.which("rsync") and shutil.which("flock")), reason="no rsync or flock: apt-get install rsync util-linux"
)

SSH = """#!/bin/sh
# drops the options and the host, as ssh does, and runs the rest
while [ $# -gt 0 ]; do case "$1" in -o|-l|-p|-i) shift 2;; -*) shift;; *) break;; esac; done
shift
cd {home}
{cut}
exec sh -c "$*"
"""
CUTS = {
    "at once": 'echo "ssh: connect to host: Connection refused" >&2; exit 255',
    "while files are copied": (
        'case "$*" in *--sender*) ;; rsync*) dd bs=64 count=60 2>/dev/null | sh -c "$*"; exit 255;; esac'
    ),
    "after the files": (
        'case "$*" in *--sender*) ;; rsync*) sh -c "$*"; kill $(cat shell); exit 0;; *) echo $$ >shell; exec sh;; esac'
    ),
}


@pytest.fixture
def far(tmp_path: Path) -> Host:
    (tmp_path / "home").mkdir()
    found = target("open@example.org:www/grid", str(line(tmp_path, "ssh", "")))
    assert isinstance(found, Host)
    return found


def line(tmp_path: Path, name: str, cut: str) -> Path:
    path = tmp_path / name
    path.write_text(SSH.format(home=tmp_path / "home", cut=cut), encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_target_on_another_machine_has_the_same_layout(tmp_path: Path, far: Host) -> None:
    there, here = tmp_path / "home" / "www" / "grid", tmp_path / "here"
    log = []
    for n in range(4):
        made = site(tmp_path / f"{n}", n)
        order = Order(keep=2, record=lambda folder, *said: log.append(said))
        done = publish(made, far, order)
        assert done == publish(made, Folder(here), Order(keep=2))
        assert number(there) == n
    found, expected = tree(there), tree(here)
    assert {path: text for path, text in found.items() if path != "log/"} == expected
    assert far.state() == Folder(here).state()
    assert [previous for _, _, previous in log] == ["", *(key for key, _, _ in log[:-1])]
    assert not publish(site(tmp_path / "again", 3), far, Order(keep=2)).is_new
    first = log[2][0]
    assert rollback(far, first, Order()).previous == log[3][0]
    assert number(there) == 2
    assert all((there / "releases" / key / "index.html").stat().st_mode & 0o777 == 0o644 for key in far.state().there)


def test_the_log_goes_there_and_back(tmp_path: Path, far: Host) -> None:
    seen = []

    def record(folder: Path, key: str, *_: str) -> None:
        seen.append(names(folder))
        (folder / "tile").mkdir(exist_ok=True)
        (folder / "tile" / key).write_text("leaf", encoding="utf-8")
        (folder / "checkpoint").write_text(key, encoding="utf-8")

    keys = [publish(site(tmp_path / f"{n}", n), far, Order(record=record)).release.id for n in (1, 2)]
    assert seen == [[], ["checkpoint", "tile"]]
    there = tmp_path / "home" / "www" / "grid" / "log"
    assert (there / "checkpoint").read_text() == keys[1]
    assert names(there / "tile") == sorted(keys)


@pytest.mark.parametrize("when", CUTS)
def test_a_line_that_is_cut_leaves_what_is_served(tmp_path: Path, far: Host, when: str) -> None:
    publish(site(tmp_path / "1", 1), far, Order())
    cut = target("open@example.org:www/grid", str(line(tmp_path, "cut", CUTS[when])))
    made = site(tmp_path / "2", 2, more={f"{n}.bin": os.urandom(9000).hex() for n in range(9)})
    with pytest.raises(ToolError) as caught:
        publish(made, cut, Order())
    assert caught.value.exit_code == 3
    assert number(tmp_path / "home" / "www" / "grid") == 1
    publish(made, far, Order())
    assert number(tmp_path / "home" / "www" / "grid") == 2
    assert len(names(tmp_path / "home" / "www" / "grid" / "releases")) == 2
    assert not (tmp_path / "home" / "www" / "grid" / ".incoming").exists()


def test_two_at_once_over_ssh(tmp_path: Path, far: Host) -> None:
    publish(site(tmp_path / "1", 1), far, Order())
    with far.held(), pytest.raises(ToolError, match="is being published to by another process"):
        publish(site(tmp_path / "2", 2), far, Order())
    publish(site(tmp_path / "3", 3), far, Order())
    assert number(tmp_path / "home" / "www" / "grid") == 3


def test_the_lock_of_a_publish_that_was_killed_is_gone(tmp_path: Path, far: Host) -> None:
    publish(site(tmp_path / "1", 1), far, Order())
    slow = line(tmp_path, "slow", 'case "$*" in rsync*) sleep 5;; esac')
    command = [sys.executable, "-m", "builder", "publish", far.name, "--ssh", str(slow), "--site"]
    command.append(str(site(tmp_path / "2", 2)))
    with subprocess.Popen(command) as process:
        while not (tmp_path / "home/www/grid/.incoming").exists():
            time.sleep(0.05)
        process.kill()
    for _ in range(100):  # the far shell ends when its line has
        try:
            publish(site(tmp_path / "3", 3), far, Order())
            break
        except ToolError:
            time.sleep(0.1)
    assert number(tmp_path / "home" / "www" / "grid") == 3


def test_a_folder_of_somebody_there_is_no_target(tmp_path: Path, far: Host) -> None:
    folder = tmp_path / "home" / "www" / "grid"
    folder.mkdir(parents=True)
    (folder / "thesis.txt").write_text("years", encoding="utf-8")
    with pytest.raises(BuilderError, match="holds files that `mingge publish` did not put there"):
        publish(site(tmp_path / "1", 1), far, Order())
    assert names(folder) == ["thesis.txt"]


def test_what_is_missing_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    bare = target("open@example.org:www", str(line(tmp_path, "ssh", "PATH=/nowhere; exec /bin/sh")))
    with pytest.raises(ToolError, match=r"open@example\.org could not do it"):
        publish(site(tmp_path / "1", 1), bare, Order())


def test_no_ssh_at_all(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="/nowhere/ssh cannot be started"):
        reading("open@example.org:www", "/nowhere/ssh")


@pytest.mark.parametrize(
    "name", ["open@example.org:", "open@example.org:~/www", "open@example.org:a b", "open@example.org:$(id)",
             "open@example.org:www/../..", "open@example.org:-rf", "open@example.org:www;id", "open@example.org:a\nb"],
)  # fmt: skip
def test_a_far_folder_has_a_plain_name(name: str) -> None:
    with pytest.raises(BuilderError, match="cannot be the folder of a target"):
        target(name)


def test_what_is_no_host_is_a_folder() -> None:
    assert target("-oProxyCommand=id@example.org:www") == Folder(Path("-oProxyCommand=id@example.org:www"))
    assert target("www") == Folder(Path("www"))
    with pytest.raises(BuilderError, match="no name"):
        target(" ")
