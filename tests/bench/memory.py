"""The memory of a tree of processes, looked at again and again while it runs.

PSS is the honest sum: a page that n processes share counts 1/n for each of them, so forked workers do not count what
they share. RSS counts it for every one of them; it is measured beside it because older figures are sums of RSS.
"""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Memory", "Sample", "children", "highest", "parsed", "total", "tree", "watch"]

INTERVAL = 0.1
SHARE = 0.1
"""Of one core, for looking: to read the PSS of 2 GB takes the system 20 ms."""
MEGABYTE = 1_000_000


class Memory(NamedTuple):
    """Megabytes (of a million bytes) of all processes together."""

    pss: float = 0.0
    rss: float = 0.0


class Sample(NamedTuple):
    """Memory at one moment of CLOCK_MONOTONIC, which is the same in every process of the machine."""

    clock: float
    memory: Memory


def highest(samples: Iterable[Sample], start: float = float("-inf"), end: float = float("inf")) -> Memory:
    """Return the highest PSS and the highest RSS from `start` until just before `end`; the moments may differ."""
    found = [sample.memory for sample in samples if start <= sample.clock < end]
    return Memory(max((item.pss for item in found), default=0.0), max((item.rss for item in found), default=0.0))


def watch(pid: int, done: threading.Event, samples: list[Sample]) -> None:
    """Append the memory of the tree below `pid` until `done`."""
    pause = INTERVAL
    while not done.wait(pause):
        began = time.monotonic()
        samples.append(Sample(began, total(memory(each) for each in tree(pid))))
        pause = max(INTERVAL, (time.monotonic() - began) / SHARE)


def total(items: Iterable[Memory]) -> Memory:
    """Return the sum of PSS and of RSS."""
    found = list(items)
    return Memory(sum(item.pss for item in found), sum(item.rss for item in found))


def memory(pid: int) -> Memory:
    """Return the memory of one process; nothing when it has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii", errors="replace") as rollup:
            return parsed(rollup.read())
    except OSError:  # it ended while we looked
        return Memory()


def parsed(rollup: str) -> Memory:
    """Return what the text of a smaps_rollup says; it gives kibibytes."""
    lines = (line.split() for line in rollup.splitlines())
    sizes = {line[0]: int(line[1]) * 1024 / MEGABYTE for line in lines if len(line) == 3 and line[2] == "kB"}
    return Memory(sizes.get("Pss:", 0.0), sizes.get("Rss:", 0.0))


def tree(pid: int) -> list[int]:
    """Return `pid` and all its descendants."""
    below = children()
    found = [pid]
    for item in found:
        found.extend(below[item])
    return found


def children() -> defaultdict[int, list[int]]:
    """Return every process of the machine that has children, and these."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", "rb") as stat:
                    parent = stat.read().rpartition(b")")[2].split()[1]
            except OSError:  # it ended while we looked
                continue
            found[int(parent)].append(int(entry))
    return found
