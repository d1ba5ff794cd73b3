"""A night on each kind of target: over ssh, for Pages, beside another night, and stopped in the midst of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from builder import log
from builder.cli import app
from builder.cli.order import Order
from builder.cli.work import Built
from builder.log import new_key
from builder.publish import Folder, target
from builder.publish.disk import locked
from builder.publish.host import Host
from tests.console import ROOT, replace
from tests.hold.nights import arguments, built, night, seen
from tests.protect import canary
from tests.publish.sites import number
from tests.publish.test_host import CUTS, line
from tests.release.sites import names, tree

HOST = "open@example.org:www/grid"
STAYS = "What was published before is still served."


@pytest.fixture
def key(tmp_path: Path) -> Path:
    new_key(tmp_path / "log.key", "grid.example/log", log.LOG)
    return tmp_path / "log.key"


@pytest.fixture
def ssh(tmp_path: Path) -> Path:
    if not (shutil.which("rsync") and shutil.which("flock")):
        pytest.skip("no rsync or flock: apt-get install rsync util-linux")
    (tmp_path / "home").mkdir()
    return line(tmp_path, "ssh", "")


def verified(site: Path) -> list[str]:
    """Return what is wrong with a site and its log."""
    found: list[str] = []
    log.run(log.Asked(str(site), is_chinese=False), found.append)
    return [text for text in found if not text.startswith(("ok", "note"))]


# ── another machine ──────────────────────────────────────────────────────────────────────────────


def test_nights_over_ssh_are_served_logged_and_tidied(tmp_path: Path, ssh: Path, key: Path) -> None:
    options = ("--ssh", ssh, "--kept", tmp_path / "kept", "--log-key", key, "--keep", 2)
    for n in (1, 2, 3):
        code, text = night(tmp_path, n, HOST, *options)
        assert (code, text.splitlines()[-1].startswith("The night went well: ")) == (0, True), text
        there = tmp_path / "home" / "www" / "grid"
        assert (number(there), verified(there)) == (n, [])
    assert len(names(there / "releases")) == 2
    assert "kept" not in names(there)


def test_over_ssh_it_is_said_where_to_keep_what_may_be_held_back(tmp_path: Path, ssh: Path) -> None:
    code, text = night(tmp_path, 1, HOST, "--ssh", ssh)
    assert (code, "name one with --kept; it must outlast the build" in text) == (2, True)
    assert night(tmp_path, 1, HOST, "--ssh", ssh, "--on-error", "fail")[0] == 0


@pytest.mark.parametrize("when", CUTS)
def test_a_night_whose_line_is_cut_ends_with_3_and_the_next_one_publishes(
    when: str, tmp_path: Path, ssh: Path, key: Path
) -> None:
    options = ("--kept", tmp_path / "kept", "--log-key", key, "--known", tmp_path / "known.json")
    there = tmp_path / "home" / "www" / "grid"
    assert night(tmp_path, 1, HOST, "--ssh", ssh, *options)[0] == 0
    code, text = night(tmp_path, 2, HOST, "--ssh", line(tmp_path, "cut", CUTS[when]), *options)
    assert (code, text.splitlines()[-1].endswith(STAYS), number(there)) == (3, True, 1), text
    assert night(tmp_path, 3, HOST, "--ssh", ssh, *options)[0] == 0
    assert (number(there), verified(there)) == (3, [])


def test_a_night_is_compared_with_what_is_served_and_not_with_what_was_built(tmp_path: Path, ssh: Path) -> None:
    options, compared = ("--kept", tmp_path / "kept"), []

    def build(order: Order, *more: object) -> Built:
        if order.previous:
            compared.append({path: data for path, data in tree(order.previous).items() if not path.endswith("/")})
        return built(9)(order, *more)

    night(tmp_path, 1, HOST, "--ssh", ssh, *options)
    served = tree(tmp_path / "home" / "www" / "grid" / "current")
    night(tmp_path, 2, HOST, "--ssh", line(tmp_path, "cut", CUTS["after the files"]), *options)
    with patch("builder.cli.nightly.build_site", build), patch("builder.cli.nightly.kept_up", seen):
        done = CliRunner().invoke(app, arguments(tmp_path, HOST, "--ssh", ssh, *options))
    assert done.exit_code == 0, done.output
    wanted = ("release.json", "data/case.csv", "data/datapackage.json", "data/profile.json")
    (found,) = compared
    copies = [path for path in found if path.endswith((".gz", ".zst"))]
    assert {path: found[path] for path in found if path not in copies} == {path: served[path] for path in wanted}


def test_two_nights_over_ssh_at_once(tmp_path: Path, ssh: Path) -> None:
    options = ("--ssh", ssh, "--kept", tmp_path / "kept")
    night(tmp_path, 1, HOST, *options)
    far = target(HOST, str(ssh))
    assert isinstance(far, Host)
    with far.held():
        code, text = night(tmp_path, 2, HOST, *options)
    assert (code, "is being published to by another process" in text) == (3, True)
    assert number(tmp_path / "home" / "www" / "grid") == 1


CUT_AT_THE_END = r"""
case "$*" in rsync*) ;; *)
  while IFS= read -r text; do
    case "$text" in 'rm -rf .incoming/2026'*) break;; esac
    printf '%s\n' "$text"
  done | sh
  exit 255;;
esac"""


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def test_nights_for_pages_are_one_tree_with_the_log(tmp_path: Path, key: Path) -> None:
    public = tmp_path / "public"
    for n in (1, 2, 3):
        code, text = night(tmp_path, n, public, "--pages", "--kept", tmp_path / "kept", "--log-key", key)
        assert code == 0, text
        assert ((public / "index.html").read_text("utf-8")[3:9], verified(public)) == (f"{n:06}", [])
    assert not any(path.is_symlink() for path in public.rglob("*"))
    assert [name for name in names(public) if name.startswith(".")] == [".well-known"]


def test_on_a_first_night_as_well_nothing_is_kept_where_pages_will_be(tmp_path: Path) -> None:
    code, text = night(tmp_path, 1, tmp_path / "public", "--pages", "--kept", tmp_path / "public" / "kept")
    assert (code, "from which a site is served" in text, (tmp_path / "public").exists()) == (2, True, False)


def test_two_nights_for_the_same_pages_at_once(tmp_path: Path) -> None:
    public, options = tmp_path / "public", ("--pages", "--kept", tmp_path / "kept")
    night(tmp_path, 1, public, *options)
    before = tree(public)
    with locked(tmp_path / ".public.mingge-lock", public):
        code, text = night(tmp_path, 2, public, *options)
    assert (code, "is being published to by another process" in text, tree(public) == before) == (3, True, True)


# ── what fails when it is served already ─────────────────────────────────────────────────────────


SERVED = " is published, but the night did not end well: a program, the disk or a line failed then."


def test_a_night_that_fails_when_it_is_served_already_does_not_say_that_the_old_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, robot = tmp_path / "target", tmp_path / "night.json"
    for n in (1, 2):
        night(tmp_path, n, target, "--keep", 2)
    with monkeypatch.context() as patch:
        patch.setattr("builder.publish.folder.is_known", lambda _: (_ for _ in ()).throw(OSError(5, "I/O error")))
        code, text = night(tmp_path, 3, target, "--keep", 2, "--night", robot)
    current = (target / "current").readlink().name
    assert (code, number(target), text.splitlines()[-1]) == (3, 3, f"{current}{SERVED}")
    assert json.loads(robot.read_text("utf-8"))["release"] == current


def test_a_line_that_is_cut_when_it_is_served_already(tmp_path: Path, ssh: Path) -> None:
    options = ("--kept", tmp_path / "kept", "--keep", 2)
    for n in (1, 2):
        night(tmp_path, n, HOST, "--ssh", ssh, *options)
    code, text = night(tmp_path, 3, HOST, "--ssh", line(tmp_path, "cut", CUT_AT_THE_END), *options)
    there = tmp_path / "home" / "www" / "grid"
    assert (code, number(there), text.splitlines()[-1].endswith(SERVED)) == (3, 3, True), text
    assert night(tmp_path, 4, HOST, "--ssh", ssh, *options)[0] == 0
    assert len(names(there / "releases")) == 2


# ── two at once, and stopped ─────────────────────────────────────────────────────────────────────


def test_two_nights_on_the_same_folder_at_once(tmp_path: Path) -> None:
    night(tmp_path, 1, tmp_path / "target")
    with Folder(tmp_path / "target").held():
        code, text = night(tmp_path, 2, tmp_path / "target")
    assert (code, "is being published to by another process" in text) == (3, True)
    assert number(tmp_path / "target") == 1


@pytest.mark.nightly
def test_of_nights_that_run_side_by_side_each_publishes_whole_or_says_that_another_one_does(
    tmp_path: Path, key: Path
) -> None:
    shared, begun = tmp_path / "target", []
    night(tmp_path, 1, shared, "--log-key", key)
    for n in (2, 3, 4, 5):
        (tmp_path / f"{n}").mkdir()
        options = map(str, (tmp_path / f"{n}", n, shared, "--log-key", key))
        command = [sys.executable, "-m", "tests.hold.nights", *options]
        begun.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
    ends = [(process.communicate()[1], process.returncode) for process in begun]
    assert {code for _, code in ends} <= {0, 3}, ends
    assert [text for text, code in ends if code == 3 and "is being published to by another process" not in text] == []
    done = [n for n, (_, code) in enumerate(ends, 2) if code == 0]
    assert number(shared) in done
    assert verified(shared) == []
    assert len(names(shared / "releases")) == 1 + len(done)


@pytest.mark.parametrize(
    ("which", "stride"),
    [("SIGKILL", 173), ("SIGTERM", 131),
     *(pytest.param(which, 3, marks=pytest.mark.nightly) for which in ("SIGKILL", "SIGTERM"))],
)  # fmt: skip
def test_after_a_night_that_was_stopped_the_site_is_whole_and_the_next_one_publishes(
    which: str, stride: int, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.hold.kills", which, f"{stride}", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) * stride > 200


# ── a private package ────────────────────────────────────────────────────────────────────────────


def with_words(package: Path) -> int:
    """Give the cases that are listed nowhere a word for a name, in every table. Returns how many."""
    rows = canary.read(package / "case.csv")
    words = {rows[n][0]: f"QZ{n:05d}ZQ" for n in canary.hidden_rows(package, rows)}
    for path in package.glob("*.csv"):
        canary.write(path, [[words.get(cell, cell) for cell in row] for row in canary.read(path)])
    return len(words)


@pytest.mark.nightly
def test_the_rows_of_a_private_package_are_kept_and_neither_served_nor_told(
    key: Path, own_package: Path, tmp_path: Path
) -> None:
    count, target, mailbox = with_words(own_package), tmp_path / "target", tmp_path / "mailbox"
    (tmp_path / "sendmail").write_text(f"#!/bin/sh\ncat > {mailbox}\n", "utf-8")
    (tmp_path / "sendmail").chmod(0o755)
    command = [
        "nightly", own_package, "--target", target, "--output", tmp_path / "site", "--no-pull", "--config",
        ROOT / "mkdocs.yml", "--cache", tmp_path / "cache", "--log-key", key, "--night", tmp_path / "night.json",
        "--report", tmp_path / "report.json", "--mail", "a@example.org", "--sendmail", tmp_path / "sendmail",
        "--lang", "en",
    ]  # fmt: skip

    def run(*more: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(map(str, (*command, *more))))
        return done.exit_code, done.output

    code, text = run()
    assert code == 0, text
    replace(own_package / "case.csv", ",2025-11-19,2025-11-19,", ",2025-11-19,QZ99999ZQ,")
    code, held = run("--as-of", "2026-11-01")
    assert (code, "case.csv: held back since 2026-11-01" in held) == (4, True), held

    kept = target / "kept"
    assert len(canary.in_tree(kept)) == count > 5
    assert {path.stat().st_mode & 0o077 for path in (kept, *kept.rglob("*"))} == {0}
    assert "case.csv: held back" in mailbox.read_text("utf-8")
    shutil.rmtree(kept)
    assert canary.in_tree(tmp_path, but=own_package) == set()
    assert canary.found((text + held).encode()) == set()
    assert len(names(target / "releases")) == 2
