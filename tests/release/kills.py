"""`python -m tests.release.kills WAY FOLDER` kills builds and recoveries at every step and looks at what is left.

A child is forked for each kill, so that hundreds take seconds; a process of its own has no threads that a fork would
cut off. Prints how many kills there were; ends with a traceback when anything was lost.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

from builder.release import recover, swap
from tests.release.sites import MANIFEST, build_files, names, put, tree

OLD = {"index.html": "old", "grid/1/index.html": "old 1", "grid/2/index.html": "old 2"}
NEW = {"index.html": "new", "grid/2/index.html": "new 2", "data/case.csv": "new data"}
THEIRS = {".git/HEAD": "ref", "CNAME": "grid.example", "grid/1/photo.jpg": "light", "data/mine.csv": "a,b"}
LINK, EMPTY = "latest", "uploads/2026/"
RANDOM_SECONDS = 2


def begin(output: Path) -> None:
    """Put an old site with the files of people into an otherwise empty folder."""
    shutil.rmtree(output.parent, ignore_errors=True)
    build_files(output, OLD)
    put(output, THEIRS)
    (output / LINK).symlink_to("grid/1")
    (output / EMPTY).mkdir(parents=True)


def run_and_kill(action: Callable[[], object], step: int) -> bool:
    """Do something in a child that is killed before the `step`th time it asks the system for something.

    Returns whether it was killed; False means that it ended before that.
    """
    child = os.fork()
    if child == 0:
        left = iter(range(step))

        def die(_event: str, _values: object) -> None:
            if next(left, None) is None:
                signal.raise_signal(signal.SIGKILL)  # os.kill would ask the hook again

        sys.addaudithook(die)
        try:
            action()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"failed before step {step}"
    return status != 0


def ours(output: Path) -> set[tuple[str, bytes]]:
    """Return the files of the build in a site, its manifest not among them."""
    return {(path, text) for path, text in tree(output).items() if path in {**OLD, **NEW}}


def assert_whole(output: Path) -> None:
    """Look that the old site or the new one is there, and every file of theirs, and nothing beside it."""
    found = tree(output)
    sites = [{(path, text.encode()) for path, text in files.items()} for files in (OLD, NEW)]
    assert ours(output) in sites, found
    assert {path: found.get(path) for path in THEIRS} == {path: text.encode() for path, text in THEIRS.items()}
    assert (found[LINK], found[EMPTY]) == (b"grid/1", b"")
    assert {path for path in found if not path.endswith("/")} <= {*OLD, *NEW, *THEIRS, LINK, MANIFEST}
    assert names(output.parent) == [output.name]


def kill_builds(output: Path, has_exchange: bool) -> int:
    """Kill a build at every step. Returns how many steps it has."""
    step = 0
    while True:
        begin(output)
        if not run_and_kill(lambda: build_files(output, NEW), step):
            return step
        if has_exchange:
            assert ours(output) in [{(p, t.encode()) for p, t in files.items()} for files in (OLD, NEW)], step
        recover(output)
        assert_whole(output)
        step += 1


def kill_first_builds(output: Path) -> int:
    """Kill the first build of a site at every step: there is nothing then, or the site."""
    step = 0
    while True:
        shutil.rmtree(output.parent, ignore_errors=True)
        output.parent.mkdir(parents=True)
        if not run_and_kill(lambda: build_files(output, NEW), step):
            return step
        recover(output)
        assert names(output.parent) == [] or tree(output).keys() >= {*NEW, MANIFEST}
        step += 1


def kill_recoveries(output: Path, steps: int, count: int) -> int:
    """Kill a build at some step, then recoveries from it until one comes through. Returns the kills of recoveries."""
    random = Random(1)  # noqa: S311 - which steps are tried is no secret
    kills = 0
    for _ in range(count):
        begin(output)
        run_and_kill(lambda: build_files(output, NEW), random.randrange(steps))
        while run_and_kill(lambda: recover(output), random.randrange(50)):
            kills += 1
        assert_whole(output)
    return kills


def kill_at_any_moment(output: Path) -> int:
    """Kill builds by the clock. Returns how many were killed."""
    random = Random(1)  # noqa: S311 - when to kill is no secret
    begin(output)
    kills, until = 0, time.monotonic() + RANDOM_SECONDS
    while time.monotonic() < until:
        child = os.fork()
        if child == 0:
            try:
                while True:
                    build_files(output, random.choice((OLD, NEW)))
            finally:
                traceback.print_exc()
                os._exit(1)
        time.sleep(random.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        recover(output)
        assert_whole(output)
        kills += 1
    return kills


def no_exchange(first: Path, second: Path) -> bool:
    """Stand in for a system that cannot exchange two folders."""
    return first == second


def main(way: str, folder: Path) -> None:
    if way == "renames":
        swap.exchange = no_exchange
    output = folder / "public" / "site"
    first = kill_first_builds(output)
    steps = kill_builds(output, way == "exchange")
    sys.stdout.write(f"{first} {steps} {kill_recoveries(output, steps, 60)} {kill_at_any_moment(output)}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
