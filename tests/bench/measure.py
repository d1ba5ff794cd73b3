"""One command as a cold process: wall and processor time, and the memory of its whole process tree."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.memory import MEGABYTE, Memory, Sample, children, highest, tree, watch

__all__ = ["ROOT", "Cost", "processor", "run", "speed", "warm"]

ROOT = Path(__file__).parents[2]
NOTHING: Mapping[str, str] = {}
LOOPS = 2_000_000
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


class Cost(NamedTuple):
    """What a command took.

    `cpu`: user and system time of all its processes. `others`: processor time that everything else on the machine
    used meanwhile; it slows a run on few cores. `largest_mb`: highest resident memory of any single process.
    `started`: CLOCK_MONOTONIC when the command began.
    """

    wall: float
    cpu: float
    others: float
    largest_mb: float
    started: float
    samples: tuple[Sample, ...]
    output: str

    @property
    def memory(self) -> Memory:
        """The highest PSS and the highest RSS of all processes together."""
        return highest(self.samples)


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return our own environment as an installed program has it: with compiled modules, from the folder it runs in."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | dict(extra)


def run(command: Sequence[str], folder: Path = ROOT, extra: Mapping[str, str] = NOTHING) -> Cost:
    """Run `command` in `folder`; RuntimeError with its last words when it fails. Interrupted, it ends the command."""
    os.sync()  # what the last command wrote is not this one's work
    started, busy = time.monotonic(), busy_seconds()
    process = subprocess.Popen(
        command, cwd=folder, env=environment(extra), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    with watched(process.pid) as samples:
        output, status, cpu, largest = ended(process)
    wall, busy = time.monotonic() - started, busy_seconds() - busy
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {status}:\n{output[-3000:]}")
    return Cost(wall, cpu, max(0.0, busy - cpu), largest * 1024 / MEGABYTE, started, tuple(samples), output)


def ended(process: subprocess.Popen[str]) -> tuple[str, int, float, int]:
    """Return what a process said, its exit code, processor seconds of all below it, highest memory of one (KiB)."""
    assert process.stdout is not None
    before = frozenset(children()[os.getpid()])
    adopt(True)
    try:
        with process.stdout:
            output = process.stdout.read()
        # wait4 counts the children that the process waited for
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = usage.ru_utime + usage.ru_stime + left_behind(before)
    except BaseException:
        process.terminate()  # the builder ends what it has started
        process.wait()
        raise
    finally:
        adopt(False)
    return output, process.returncode, seconds, usage.ru_maxrss


def adopt(wanted: bool) -> None:
    """Become the parent of every descendant whose own parent ends, so that its processor time is not lost; or not."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def left_behind(before: frozenset[int]) -> float:
    """Wait for what a command left behind, such as a fork server: every child of ours but those that were here before.

    Returns their processor seconds.
    """
    seconds = 0.0
    while left := set(children()[os.getpid()]) - before:
        for pid in left:
            usage = os.wait4(pid, 0)[2]
            seconds += usage.ru_utime + usage.ru_stime
    return seconds


def processor(pid: int) -> float:
    """Return the processor seconds of a process, all its descendants, and those of them that have ended."""
    return sum(map(ticks, tree(pid))) / os.sysconf("SC_CLK_TCK")


def ticks(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            fields = stat.read().rpartition(b")")[2].split()
    except OSError:  # it ended while we looked
        return 0
    return sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime


@contextmanager
def watched(pid: int) -> Iterator[list[Sample]]:
    """Yield the list to which the memory of the tree below `pid` is appended until the end of the block."""
    samples: list[Sample] = []
    done = threading.Event()
    watching = threading.Thread(target=watch, args=(pid, done, samples))
    watching.start()
    try:
        yield samples
    finally:
        done.set()
        watching.join()


def busy_seconds() -> float:
    """Return the time all cores have spent on anything but waiting, time taken by other virtual machines included."""
    user, nice, system, _idle, _iowait, *rest = (
        Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:9]
    )
    return sum(map(int, (user, nice, system, *rest))) / os.sysconf("SC_CLK_TCK")


def speed() -> float:
    """Return the seconds of a fixed piece of work: where they change during a run, so did the machine."""
    began, total = time.perf_counter(), 0
    for number in range(LOOPS):
        total += number % 7
    return time.perf_counter() - began


def warm(root: Path = ROOT) -> None:
    """Run the program in `root` once, so that its modules are compiled, as they are after an installation by pip."""
    modules = "import mkdocs.__main__, material, frictionless, builder.pipeline, builder.cli"
    run([sys.executable, "-c", modules], root)
