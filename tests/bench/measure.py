"""One command as a cold process: wall and processor time, and the memory of its whole process tree."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from resource import struct_rusage
from typing import NamedTuple

from tests.bench.memory import MEGABYTE, Memory, Sample, highest, watch

__all__ = ["ROOT", "Cost", "run", "speed", "warm"]

ROOT = Path(__file__).parents[2]
NOTHING: Mapping[str, str] = {}
LOOPS = 2_000_000


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
        output, status, usage = ended(process)
    wall, busy = time.monotonic() - started, busy_seconds() - busy
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {status}:\n{output[-3000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    largest = usage.ru_maxrss * 1024 / MEGABYTE
    return Cost(wall, cpu, max(0.0, busy - cpu), largest, started, tuple(samples), output)


def ended(process: subprocess.Popen[str]) -> tuple[str, int, struct_rusage]:
    """Return what a process said, its exit code, and what it and its children used."""
    assert process.stdout is not None
    try:
        with process.stdout:
            output = process.stdout.read()
        # wait4 counts the children that the process waited for, which is all of them
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.terminate()  # the builder ends what it has started
        process.wait()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    return output, process.returncode, usage


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
