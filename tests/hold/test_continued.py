"""A night looks whether the public log is the one that it left: it says what differs, and signs no second history."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import log
from builder.cli import app
from builder.log import new_key
from builder.log.keys import read_key
from tests.hold.nights import night
from tests.log import made
from tests.publish.sites import number, site
from tests.publish.test_host import line
from tests.release.sites import tree

HOST = "open@example.org:www/grid"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    new_key(tmp_path / "log.key", "grid.example/log", log.LOG)
    return tmp_path / "log.key"


@pytest.fixture(params=["a folder", "another machine", "Pages"])
def run(request: pytest.FixtureRequest, tmp_path: Path, key: Path) -> Callable[[int], tuple[int, str]]:
    """Return what runs a night with the site of a number on one of the targets; the log lies in `tmp_path`/LOG."""
    target, more, place = str(tmp_path / "target"), [], tmp_path / "target"
    if request.param == "another machine":
        if not (shutil.which("rsync") and shutil.which("flock")):
            pytest.skip("no rsync or flock: apt-get install rsync util-linux")
        (tmp_path / "home").mkdir()
        target, more, place = HOST, ["--ssh", line(tmp_path, "ssh", "")], tmp_path / "home" / "www" / "grid"
    if request.param == "Pages":
        more = ["--pages"]
    (tmp_path / "there").symlink_to(place)
    options = ["--kept", tmp_path / "kept", "--log-key", key, "--known", tmp_path / "known.json", *more]
    return lambda n: night(tmp_path, n, target, *options)


def remembered(folder: Path) -> int:
    return len(json.loads((folder / "known.json").read_text("utf-8"))["checkpoints"])


def served(folder: Path) -> str:
    place = folder / "there"
    page = place / "current" if (place / "current").exists() else place
    return (page / "index.html").read_text("utf-8")[3:9]


# ── a log that was put back, rewritten or lost ───────────────────────────────────────────────────


def to_the_first(there: Path, copy: Path, _key: Path) -> None:
    shutil.rmtree(there / "log")
    shutil.copytree(copy, there / "log")


def away(there: Path, _copy: Path, _key: Path) -> None:
    shutil.rmtree(there / "log")


def another(there: Path, _copy: Path, key: Path) -> None:
    """As long as the old one, signed with the right key."""
    shutil.rmtree(there / "log")
    made.grown(there / "log", 0, 2, read_key(key, log.LOG))


@pytest.mark.parametrize("change", [to_the_first, away, pytest.param(another, marks=pytest.mark.nightly)])
def test_over_a_log_that_is_not_what_it_was_nothing_is_signed_and_the_old_release_stays(
    change: Callable[[Path, Path, Path], None], run: Callable[[int], tuple[int, str]], tmp_path: Path, key: Path
) -> None:
    there = tmp_path / "there"
    assert run(1)[0] == 0
    shutil.copytree(there / "log", tmp_path / "copy")
    assert run(2)[0] == 0
    shutil.copytree(there / "log", tmp_path / "last")
    change(there, tmp_path / "copy", key)
    before = tree(there / "log") if (there / "log").exists() else {}

    code, text = run(3)
    assert (code, "the public log does not go on from what" in text, served(tmp_path)) == (2, True, "000002"), text
    assert {path: data for path, data in tree(there / "log").items() if not path.endswith("/")} == {
        path: data for path, data in before.items() if not path.endswith("/")
    } if (there / "log").exists() else before == {}
    assert remembered(tmp_path) == 2

    shutil.rmtree(there / "log", ignore_errors=True)
    shutil.copytree(tmp_path / "last", there / "log")
    assert run(3)[0] == 0
    assert (served(tmp_path), remembered(tmp_path)) == ("000003", 3)


def test_without_a_memory_a_target_that_was_put_back_whole_is_not_noticed(tmp_path: Path, key: Path) -> None:
    """What --known is for."""
    options = ("--log-key", key)
    night(tmp_path, 1, tmp_path / "target", *options)
    shutil.copytree(tmp_path / "target", tmp_path / "copy", symlinks=True)
    night(tmp_path, 2, tmp_path / "target", *options)
    shutil.rmtree(tmp_path / "target")
    shutil.copytree(tmp_path / "copy", tmp_path / "target", symlinks=True)
    assert night(tmp_path, 3, tmp_path / "target", *options)[0] == 0


# ── a switch by hand ─────────────────────────────────────────────────────────────────────────────


def differs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("The public log ends with ")]


def test_a_switch_by_hand_is_told_in_one_line_and_the_night_goes_on(tmp_path: Path, key: Path) -> None:
    target = tmp_path / "target"
    ids = []
    for n in (1, 2):
        code, text = night(tmp_path, n, target, "--log-key", key)
        assert (code, differs(text)) == (0, [])
        ids.append((target / "current").readlink().name)
    (target / "current").unlink()
    (target / "current").symlink_to(f"releases/{ids[0]}")
    code, text = night(tmp_path, 3, target, "--log-key", key)
    assert (code, number(target)) == (0, 3)
    (told,) = differs(text)
    assert told.startswith(f"The public log ends with {ids[1]}, but {ids[0]} is served")
    assert text.index(told) < text.index("is served now")
    assert differs(night(tmp_path, 4, target, "--log-key", key)[1]) == []


def test_a_publish_that_was_killed_before_its_switch_is_no_switch_by_hand(tmp_path: Path, key: Path) -> None:
    target = tmp_path / "target"
    for n in (1, 2):
        night(tmp_path, n, target, "--log-key", key)
    first, second = sorted(path.name for path in (target / "releases").iterdir())
    if (target / "current").readlink().name == first:
        first, second = second, first
    (target / "current").unlink()
    (target / "current").symlink_to(f"releases/{first}")  # as if the second had been entered and not served
    assert differs(night(tmp_path, 2, target, "--log-key", key)[1]) == []


# ── who may publish without a key ────────────────────────────────────────────────────────────────


def test_what_is_published_where_a_log_is_has_to_be_entered_in_it(
    run: Callable[[int], tuple[int, str]], tmp_path: Path
) -> None:
    assert run(1)[0] == 0
    options = ["--kept", tmp_path / "kept"]
    target = str(tmp_path / "target")
    if (tmp_path / "ssh").exists():
        target, options = HOST, [*options, "--ssh", tmp_path / "ssh"]
    if (tmp_path / "there" / "release.json").exists():
        options.append("--pages")
    code, text = night(tmp_path, 2, target, *options)
    assert (code, "the target has a public log" in text, served(tmp_path)) == (2, True, "000001"), text


def test_whoever_was_woken_up_rolls_back_without_the_key_and_the_next_night_says_so(tmp_path: Path, key: Path) -> None:
    target = tmp_path / "target"
    ids = []
    for n in (1, 2):
        night(tmp_path, n, target, "--log-key", key)
        ids.append((target / "current").readlink().name)
    assert CliRunner().invoke(app, ["rollback", str(target), ids[0]]).exit_code == 0
    assert number(target) == 1
    code, text = night(tmp_path, 3, target, "--log-key", key)
    assert (code, len(differs(text)), number(target)) == (0, 1, 3)


# ── the file that remembers ──────────────────────────────────────────────────────────────────────


def published(folder: Path, *options: object) -> tuple[int, str]:
    made_site = site(folder / "made", 5)
    done = CliRunner().invoke(
        app, ["publish", str(folder / "target"), "--site", str(made_site), "--lang", "en", *map(str, options)]
    )
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("known.json", "{", 2, "is not a file that remembers a log"), ("none/known.json", None, 2, "lies in no folder"),
        (".", None, 3, "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_remember_is_told_before_anything_is_published(
    name: str, text: str | None, code: int, said: str, tmp_path: Path, key: Path
) -> None:
    if text:
        (tmp_path / name).write_text(text, "utf-8")
    found = published(tmp_path, "--log-key", key, "--known", tmp_path / name)
    assert (found[0], said in found[1]) == (code, True), found[1]
    assert not (tmp_path / "target").exists()


def test_without_a_log_there_is_nothing_to_remember(tmp_path: Path) -> None:
    code, text = published(tmp_path, "--known", tmp_path / "known.json")
    assert (code, "there is no log that" in text) == (2, True)


def test_what_is_remembered_can_be_given_to_verify(tmp_path: Path, key: Path) -> None:
    known = tmp_path / "known.json"
    assert published(tmp_path, "--log-key", key, "--known", known)[0] == 0
    assert published(tmp_path, "--log-key", key, "--known", known)[0] == 0
    assert remembered(tmp_path) == 1
    done = CliRunner().invoke(app, ["verify", str(tmp_path / "target"), "--known", str(known), "--lang", "en"])
    assert (done.exit_code, "has grown from each of 1 older checkpoints" in done.output) == (0, True), done.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_memory_that_cannot_be_written_is_told_when_it_is_served(tmp_path: Path, key: Path) -> None:
    (tmp_path / "state").mkdir(0o500)
    code, text = published(tmp_path, "--log-key", key, "--known", tmp_path / "state" / "known.json")
    assert (code, "is published, but" in text, number(tmp_path / "target")) == (3, True, 5)
