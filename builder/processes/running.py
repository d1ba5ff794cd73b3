"""Processes that end with the build: programs, workers, and the build itself when it is told to stop.

Always holds: whatever is started here has ended soon after the builder has, however that ended: done, with an
exception, by Ctrl-C, SIGTERM or SIGHUP, or by SIGKILL, which nobody can answer. POSIX.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import IO

from builder.errors import ToolError
from builder.language import mark
from builder.processes.crew import Crew, here

__all__ = ["Stopped", "Streams", "child", "crew", "end_with_parent", "seldom_collect", "stoppable"]

GUARDIAN = Path(__file__).with_name("guardian.py")
SIGNALS = (signal.SIGTERM, signal.SIGHUP)
KNOCK = 0.2
"""Seconds after which a signal that nobody has answered is repeated."""

Streams = tuple[int | IO[bytes], int | IO[bytes], int | IO[bytes]]
"""Standard input, output and error, each as `subprocess` takes it."""


class Stopped(SystemExit):
    """The build was told to stop: like Ctrl-C it unwinds, and the exit code is 128 + signal."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped in the block when SIGTERM or SIGHUP comes, so that it cleans up. In the main thread only.

    A signal that was ignored at the start stays so: `nohup` means it.
    """
    before = {number: signal.getsignal(number) for number in (*SIGNALS, signal.SIGINT)}
    taken = [number for number in SIGNALS if before[number] is not signal.SIG_IGN]
    with heard():
        for number in taken:
            signal.signal(number, stop)
        if before[signal.SIGINT] is signal.default_int_handler:
            taken.append(signal.SIGINT)
            signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            for number in taken:
                signal.signal(number, before[number])


ANSWERED = Event()
"""Set when the main thread has begun to answer a signal."""


@contextmanager
def heard() -> Iterator[None]:
    """Have the main thread answer signals in the block, also those that come while it waits in the kernel.

    The kernel gives a signal to any thread, and just before a wait begins it interrupts none: Python notes it, and the
    main thread would sleep on (seen once in 500 times on a busy machine). A thread hears of each signal and knocks.
    """
    ears, mouth = os.pipe()
    os.set_blocking(mouth, False)
    listener = Thread(target=knock, args=(ears, threading.get_ident()), daemon=True)
    before = signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        ANSWERED.set()
        os.close(mouth)  # the listener's reading ends
        listener.join()
        os.close(ears)
        ANSWERED.clear()


def knock(ears: int, main: int) -> None:
    """Repeat each signal to the thread `main` until it is answered."""
    while heard := os.read(ears, 1):
        while heard[0] in (*SIGNALS, signal.SIGINT) and not ANSWERED.wait(KNOCK):
            signal.pthread_kill(main, heard[0])


def stop(number: int, _frame: FrameType | None) -> None:
    """Raise Stopped; a second signal must not interrupt the cleaning up."""
    ANSWERED.set()
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(128 + number)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Answer Ctrl-C as Python does."""
    ANSWERED.set()
    signal.default_int_handler(number, frame)


@contextmanager
def child(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Streams
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` in `folder`; at the end of the block it has ended, and so has everything it started.

    Its exit code is that of a shell: 126 or 127 when it could not be started, 128 + signal when one ended it.
    """
    stdin, stdout, stderr = streams
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as lifeline:
        with os.fdopen(reading, "rb"):
            # a session of its own: Ctrl-C is for the builder, which ends the program by closing the lifeline
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(GUARDIAN), str(reading), *command], cwd=folder, env=environment,
                stdin=stdin, stdout=stdout, stderr=stderr, pass_fds=[reading], start_new_session=True,
            )  # fmt: skip
        try:
            yield process
        finally:
            lifeline.close()
            process.wait()
            for pipe in filter(None, (process.stdin, process.stdout)):
                with suppress(BrokenPipeError):  # what the program did not read any more
                    pipe.close()


@contextmanager
def crew(size: int, modules: Sequence[str]) -> Iterator[Crew]:
    """Yield `size` processes that run Python functions; an exception in the block ends them at once.

    `modules` are what the work will need: they are being loaded, once for all processes, while this one goes on.
    Without any, nothing is started before there is work.
    Raises ToolError when one of the processes was killed.
    """
    if size < 2:
        yield here()
        return
    # no fork of this process: a child would inherit pyarrow's threads in an unknown state
    context = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
    if sys.platform != "win32":
        context.set_forkserver_preload(list(modules))
        if modules:
            forkserver.ensure_running()
    with ProcessPoolExecutor(size, mp_context=context, initializer=end_with_parent) as pool:
        try:
            yield Crew(pool, size, owned=True)
        except BrokenProcessPool as error:
            raise ToolError(
                mark("a process of the check was killed"),
                mark("most often the memory did not suffice: close other programs, or use a machine with more"),
            ) from error
        except BaseException:
            for worker in multiprocessing.active_children():
                worker.kill()
            raise


def end_with_parent() -> None:
    """Make this worker end as soon as the process that started it has, and leave Ctrl-C to that one.

    The `initializer` of a ProcessPoolExecutor.
    """
    seldom_collect()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=follow, daemon=True).start()


def seldom_collect() -> None:
    """Have Python look for cycles less often: a build makes millions of values that live to its end, and few cycles.

    Looking through them again and again took a twentieth of the time of pages.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def follow() -> None:
    """Wait for the end of the parent, then end this process."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)
