"""`python -m tests.bench.staged FILE build …` is `python -m builder build …` that also writes when each stage began.

Only the progress bar is another one: it notes the clock instead of drawing, so the stages add up to the whole command.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MARKS: list[tuple[str, float]] = []


def note(stage: str, count: int) -> None:
    if count == 0:
        MARKS.append((stage, time.monotonic()))


@contextmanager
def progress(translate: Callable[[str], str]) -> Iterator[Callable[[str, int], None]]:
    yield note


def main() -> None:
    """Run the program's own command line with our listener, and write the marks at its end."""
    app, work = (importlib.import_module(f"builder.cli.{name}") for name in ("app", "work"))
    target = Path(sys.argv.pop(1))
    work.progress = progress  # type: ignore[attr-defined]  # its own bar draws, ours notes
    try:
        app.main()
    finally:
        target.write_text(json.dumps([*MARKS, ("end", time.monotonic())]), encoding="utf-8")


if __name__ == "__main__":
    main()
