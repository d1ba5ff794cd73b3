"""A bug as it is told: where it happened and of what kind, without its words.

Always holds: what an exception says is never printed. pandas, Arrow and Python's own `KeyError` quote the cell that
they stumbled over, and a log may be read by anybody; files, lines and types are enough to find a bug with. Words stay
where nothing of the data can be among them.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator

__all__ = ["told"]

HARMLESS = (ImportError, MemoryError, NameError, RecursionError)
"""What these say is of the program, not of the data."""

FRAME = re.compile(r' *File "[^"\n]*\.py", line [0-9]+, in [\w<>.]+')
KIND = re.compile(r"(?:[a-z_]\w*\.)*([A-Z]\w*)(?=:|$)")

LEFT_OUT = "(what it says is left out: it may quote a cell)"


def told(error: BaseException) -> str:
    """Return the traceback of `error` and of those that led to it, the first of them first."""
    return "\n".join(lines(error, set())) + "\n"


def lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from lines(earlier, seen)
        yield ""
    for inner in getattr(error, "exceptions", ()):
        yield from lines(inner, seen)
        yield ""
    yield "Traceback (most recent call last):"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        if frame.line:
            yield f"    {frame.line}"
    yield from elsewhere(error)
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    yield f"{name}: {error if isinstance(error, HARMLESS) else LEFT_OUT}"


def elsewhere(error: BaseException) -> Iterator[str]:
    """Yield places and types of what happened in another process, which sends its traceback as text.

    A line of it may be a cell as well, so only names of exceptions that Python or a loaded module has are repeated.
    """
    known = {kind.__name__ for kind in kinds(BaseException)}
    for line in str(getattr(error, "tb", "")).splitlines():
        if FRAME.fullmatch(line):
            yield line
        elif (found := KIND.match(line)) and found[1] in known:
            yield f"{found[1]}: {LEFT_OUT}"


def kinds(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)
