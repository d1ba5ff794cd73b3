"""Who does the work: this process, processes on every core, or any other `concurrent.futures.Executor`.

Always holds: results come in the order of the work, whoever does it and however many they are; no more than AHEAD
pieces of work for each worker are on their way, so that neither what is sent nor what comes back piles up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from builder.errors import ToolError
from builder.language import mark

__all__ = ["Crew", "Now", "here"]

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

DIED = mark("a worker process ended while it worked on {work}")
MEMORY = mark(
    "most often the memory did not suffice: close other programs, use fewer --workers, or a machine with more"
)

AHEAD = 3
"""How much work is on its way for each worker, so that none is idle while this process has work of its own."""


class Now(Executor):
    """Runs work at once in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn` and return its finished future; what it raises is raised here."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(frozen=True, slots=True)
class Crew:
    """`size`: how much work is done at the same time. `deaths`: what the executor raises when a worker has ended.

    `owned`: whether the workers are there for this build alone.
    """

    executor: Executor
    size: int
    deaths: tuple[type[Exception], ...] = (BrokenExecutor, CancelledError)
    owned: bool = False

    @property
    def is_here(self) -> bool:
        """Whether the work is done by this very process."""
        return isinstance(self.executor, Now)

    def map(self, function: Callable[[T], R], items: Iterable[tuple[str, T]]) -> Iterator[R]:
        """Begin at once, and return the results for every (name, item), in order.

        Raises ToolError, naming the work, when a worker ended before it was done.
        """
        waiting: deque[tuple[str, Future[R]]] = deque()
        rest = iter(items)
        self._fill(waiting, function, rest)
        return self._results(waiting, function, rest)

    def dismiss(self) -> None:
        """Say that there is no more work: workers of this build end and give their memory back."""
        if self.owned:
            self.executor.shutdown()

    def _fill(
        self, waiting: deque[tuple[str, Future[R]]], function: Callable[[T], R], items: Iterator[tuple[str, T]]
    ) -> None:
        most = 1 if self.is_here else AHEAD * self.size
        while len(waiting) < most and (item := next(items, None)):
            name, value = item
            try:
                waiting.append((name, self.executor.submit(function, value)))
            except self.deaths as error:
                raise self._died([*(name for name, _ in waiting), name]) from error

    def _results(
        self, waiting: deque[tuple[str, Future[R]]], function: Callable[[T], R], items: Iterator[tuple[str, T]]
    ) -> Iterator[R]:
        while waiting:
            names = [name for name, _ in waiting]
            _, future = waiting.popleft()
            try:
                result = future.result()
            except self.deaths as error:
                raise self._died(names) from error
            self._fill(waiting, function, items)
            yield result

    def _died(self, names: list[str]) -> ToolError:
        """Return the error that names what was being worked on: work is begun in order."""
        return ToolError(DIED, MEMORY, work=tuple(names[: self.size]))


def here() -> Crew:
    """Return the crew that is this process alone."""
    return Crew(Now(), 1)
