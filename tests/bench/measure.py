"""One command as a cold process: wall and processor time, and the memory of its whole process tree."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["ROOT", "Cost", "run", "warm"]

ROOT = Path(__file__).parents[2]
INTERVAL = 0.05
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 1_000_000


class Cost(NamedTuple):
    """What a command took. `tree_mb`: highest sum of resident memory over all its processes at one moment.

    `others`: processor time that everything else on the machine used meanwhile; it slows a run on few cores.
    `largest_mb`: highest resident memory of any single process. `samples`: (clock, tree MB) every 50 ms; the clock
    is CLOCK_MONOTONIC, the same in every process of the machine. `started`: that clock when the command began.
    """

    wall: float
    cpu: float
    others: float
    tree_mb: float
    largest_mb: float
    started: float
    samples: tuple[tuple[float, float], ...]
    output: str

    def peak(self, start: float, end: float) -> float:
        """Return the highest sample between two moments of the clock."""
        return max((memory for moment, memory in self.samples if start <= moment < end), default=0.0)


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return our own environment as an installed program has it: with compiled modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **extra}


def run(command: Sequence[str], extra: Mapping[str, str] | None = None) -> Cost:
    """Run `command` in the repository's root; RuntimeError with its last words when it fails."""
    samples: list[tuple[float, float]] = []
    done = threading.Event()
    started, busy = time.monotonic(), busy_seconds()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(extra or {}), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    watch = threading.Thread(target=sample, args=(process.pid, done, samples))
    watch.start()
    assert process.stdout is not None
    output = process.stdout.read()
    # wait4 counts the children that the process waited for, which is all of them
    _, status, usage = os.wait4(process.pid, 0)
    wall, busy = time.monotonic() - started, busy_seconds() - busy
    done.set()
    watch.join()
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output[-3000:]}")
    tree = max((memory for _, memory in samples), default=0.0)
    largest = usage.ru_maxrss * 1024 / MEGABYTE
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(wall, cpu, max(0.0, busy - cpu), max(tree, largest), largest, started, tuple(samples), output)


def busy_seconds() -> float:
    """Return the time all cores have spent on anything but waiting, time taken by other virtual machines included."""
    user, nice, system, _idle, _iowait, *rest = (
        Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:9]
    )
    return sum(map(int, (user, nice, system, *rest))) / os.sysconf("SC_CLK_TCK")


def sample(pid: int, done: threading.Event, samples: list[tuple[float, float]]) -> None:
    """Append the memory of the tree below `pid` until `done`."""
    while not done.wait(INTERVAL):
        samples.append((time.monotonic(), sum(map(resident, tree(pid))) / MEGABYTE))


def tree(pid: int) -> list[int]:
    """Return `pid` and all its descendants."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", "rb") as stat:
                    parent = stat.read().rpartition(b")")[2].split()[1]
            except OSError:  # it ended while we looked
                continue
            children[int(parent)].append(int(entry))
    found = [pid]
    for item in found:
        found.extend(children[item])
    return found


def resident(pid: int) -> int:
    """Return the resident memory of a process in bytes; pages shared by two processes count for both."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as statm:
            return int(statm.read().split()[1]) * PAGE_BYTES
    except OSError:
        return 0


def warm() -> None:
    """Run the program once, so that its modules are compiled, as they are after an installation by pip."""
    run([sys.executable, "-c", "import mkdocs.__main__, material, frictionless, builder.pipeline, builder.cli"])
