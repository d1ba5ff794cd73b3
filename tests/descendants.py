"""Processes that a test started, told from all others by a mark in the environment that they inherit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parents[1]
MARK = "MINGGE_TEST_MARK"
ATTENTIVE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""A shell has what it starts in the background ignore Ctrl-C, and that is inherited."""


@contextmanager
def builder(code: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], Callable[[], set[int]]]]:
    """Run Python `code`; yield it and the function that returns which of its descendants are alive."""
    mark = uuid4().hex
    parent = subprocess.Popen(
        [sys.executable, "-c", ATTENTIVE + code], cwd=ROOT, env={**os.environ, **environment, MARK: mark},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip

    def alive() -> set[int]:
        return marked(mark) - {parent.pid}

    try:
        yield parent, alive
    finally:
        for pid in marked(mark):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        parent.communicate()


def marked(mark: str) -> set[int]:
    """Return the processes with `mark` that run; one that has ended and waits to be asked for has no environment."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"{MARK}={mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.add(int(folder.name))
    return found


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Return whether `condition` comes true in time."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return met
