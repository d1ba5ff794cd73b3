"""Long work, one after the other, each in a process of its own: the page stays responsive, and work can be ended.

A process is killed where a thread could only be asked. With it end the workers and programs that it has started
(builder/processes).
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from threading import Condition, Thread
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Message
from builder.processes import end_with_parent

__all__ = ["BUG", "Job", "Lane", "Say"]

Say = Callable[[str, int], None]
"""Called with a stage's name and the number of pages so far."""

ENDED = Message(
    mark("the work was ended by the system"),
    mark("most often the memory did not suffice: close other programs, then try again"),
)
UNBEGUN = mark("the work cannot be begun: {error}")
ROOM = mark("start the desk again with TMPDIR set to a folder that has room and a short name, such as /tmp")
BUG = Message(
    mark("the program has a defect of its own"),
    mark("send what stands in the window in which the desk was started to whoever looks after the program"),
)


class Job:
    """One piece of work. `state`: waiting, running, done, failed or cancelled; `value`: what came of it, when done.

    Read by the pages while the lane's thread writes it: each is set once and whole, `state` last.
    """

    def __init__(self, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
        self.work, self.arguments = work, arguments
        self.state, self.stage, self.count = "waiting", "", 0
        self.value: Any = None
        self.error: Message | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is not over yet."""
        return self.state in ("waiting", "running")


class Lane:
    """Does the work. `told`: how a bug is said; `tell`: where to. `modules`: what most work needs, loaded at once."""

    def __init__(
        self, told: Callable[[BaseException], str], tell: Callable[[str], None], modules: Sequence[str]
    ) -> None:
        self.told, self.tell = told, tell
        # no fork of this process: a child would inherit its threads in an unknown state
        if sys.platform != "win32":
            self.context: SpawnContext | ForkServerContext = multiprocessing.get_context("forkserver")
            self.context.set_forkserver_preload(list(modules))
        else:
            self.context = multiprocessing.get_context("spawn")
        self.waiting: deque[Job] = deque()
        self.changed = Condition()
        self.current: tuple[Job, BaseProcess] | None = None
        self.is_closed = False
        Thread(target=self._run, daemon=True).start()

    def put(self, work: Callable[..., object], *arguments: object) -> Job:
        """Have `work(say, *arguments)` done when its turn comes; both travel to another process."""
        job = Job(work, arguments)
        with self.changed:
            self.waiting.append(job)
            self.changed.notify_all()
        return job

    def cancel(self, job: Job) -> None:
        """End a job at once, wherever it is."""
        with self.changed:
            if job in self.waiting:
                self.waiting.remove(job)
            if job.is_open:
                job.state = "cancelled"
            if self.current and self.current[0] is job:
                self.current[1].kill()

    def close(self) -> None:
        """End everything."""
        with self.changed:
            self.is_closed = True
            self.waiting.clear()
            if self.current:
                self.current[1].kill()
            self.changed.notify_all()

    def _run(self) -> None:
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.waiting or self.is_closed)
                if self.is_closed:
                    return
                job = self.waiting.popleft()
                job.state = "running"
            ours, theirs = self.context.Pipe(duplex=False)
            process = self.context.Process(target=begin, args=(theirs, self.told, job.work, job.arguments))
            try:
                process.start()  # the first takes a second or two
            except OSError as error:  # no room, no more processes, or a socket's name that is too long
                theirs.close()
                ours.close()
                self._end(job, "failed", Message(UNBEGUN, ROOM, {"error": error.strerror or str(error)}))
                continue
            theirs.close()
            with self.changed:
                self.current = job, process
                if self.is_closed or not job.is_open:
                    process.kill()
            self._follow(job, ours)
            process.join()
            with self.changed:
                self.current = None

    def _follow(self, job: Job, line: Connection) -> None:
        """Note what a process says until it has ended."""
        state, error = "failed", ENDED
        while True:
            try:
                kind, value = line.recv()
            except (EOFError, OSError):
                break
            if kind == "stage":
                job.stage, job.count = value
            elif kind == "done":
                job.value, state = value, "done"
            elif kind == "refused":
                error = value
            else:
                error = BUG
                self.tell(value)
        line.close()
        self._end(job, state, None if state == "done" else error)

    def _end(self, job: Job, state: str, error: Message | None) -> None:
        with self.changed:
            if job.state == "running":
                job.error, job.state = error, state


def begin(
    line: Connection, told: Callable[[BaseException], str], work: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    """Do one piece of work, in a process of its own, and say what came of it."""
    end_with_parent()

    def say(stage: str, count: int) -> None:
        line.send(("stage", (stage, count)))

    try:
        line.send(("done", work(say, *arguments)))
    except BuilderError as error:
        line.send(("refused", error.message))
    except Exception as error:  # the last boundary of this process: what it says must not quote a cell
        line.send(("bug", told(error)))
