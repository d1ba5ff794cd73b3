"""Runs one external program and tells its failure in words that name this program.

Always holds: the program works in the folder `scratch` that it is given, writes nothing to the machine's own
temporary folder, and has ended at the end of the block. However it fails, with a code, by a signal, missing, with
megabytes of output or with bytes that are no text, the failure is one ToolError.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from builder.errors import ToolError
from builder.language import mark
from builder.model.legible import Passage
from builder.processes import child

__all__ = ["OUTPUT", "Program", "failure", "finish", "running"]

# Quiet, and independent of the machine: no advertisement, UTF-8 everywhere, sets in one order, one build date.
ENVIRONMENT: Mapping[str, str] = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
}
# Pagefind takes settings from variables of this name; the site's index has one set of settings on every machine.
FOREIGN = "PAGEFIND_"

LAST_LINES, LINE_LENGTH, LAST_BYTES = 8, 300, 20_000
CANNOT_RUN, NOT_FOUND, SIGNALLED = 126, 127, 128  # exit codes of a shell, and of builder/processes/guardian.py

OUTPUT = mark("the command and the end of what it wrote:\n{output}")
KILLED = mark("{command} was ended by {signal}")
KILLED_HINT = mark("if nobody ended it, the memory did not suffice: close other programs, or use a machine with more")


class Program(NamedTuple):
    """A program and the words for its failures: message ids, with {reason} and {command}, or with {exit_code}."""

    command: tuple[str, ...]
    shown: str
    """The command as it is quoted: without paths that are ours and tell nobody anything."""
    not_started: str
    not_started_hint: str
    failed: str


@contextmanager
def running(program: Program, scratch: Path, stream: int) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the running program; with `stream` PIPE it can be talked to, with DEVNULL its output is kept for `failure`.

    `scratch` is new or empty. The working folder `scratch`/work holds no file of ours that could pass for a module of
    the program.
    """
    for folder in (work(scratch), scratch / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment = {**own, **ENVIRONMENT, "TMPDIR": str(scratch.resolve() / "tmp")}
    # a file and not a pipe: what the program leaves running cannot keep a file from ending
    with said(scratch).open("wb") as output:
        streams = (stream, stream if stream == subprocess.PIPE else output, output)
        with child(program.command, work(scratch), environment, streams) as process:
            yield process


def finish(program: Program, process: subprocess.Popen[bytes], scratch: Path) -> None:
    """Wait for the end of a running program. Raises ToolError when it failed."""
    if code := process.wait():
        raise failure(program, code, scratch)


def work(scratch: Path) -> Path:
    """Return the folder that the program runs in."""
    return scratch / "work"


def said(scratch: Path) -> Path:
    """Return the file that keeps what the program writes."""
    return scratch / "said.txt"


def failure(program: Program, code: int, scratch: Path) -> ToolError:
    """Return the error for a program that ended with `code`, as a shell gives it."""
    lines = last_lines(said(scratch))
    if code in (CANNOT_RUN, NOT_FOUND):
        reason = lines[-1] if lines else code
        return ToolError(program.not_started, program.not_started_hint, reason=reason, command=program.shown)
    if code - SIGNALLED in set(signal.Signals):
        return ToolError(KILLED, KILLED_HINT, command=program.shown, signal=signal.Signals(code - SIGNALLED).name)
    return ToolError(program.failed, OUTPUT, exit_code=code, output=Passage("\n".join([f"$ {program.shown}", *lines])))


def last_lines(file: Path) -> list[str]:
    """Return the last lines of text that are not empty; what a terminal could take for a command is replaced."""
    with file.open("rb") as source:
        source.seek(max(0, file.stat().st_size - LAST_BYTES))
        text = source.read().decode("utf-8", errors="replace")
    lines = [line.rstrip()[:LINE_LENGTH] for line in text.splitlines() if line.strip()]
    return ["".join(sign if sign.isprintable() else "\ufffd" for sign in line) for line in lines[-LAST_LINES:]]
