"""One shell on another machine, over ssh, that holds the lock of the target as long as it lives.

When the line is cut, or this process is killed, the shell ends, and with it the lock. It runs one small script after
the other; each says how it ended.
"""

from __future__ import annotations

import secrets
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from builder.errors import ToolError
from builder.language import mark

__all__ = ["OPTIONS", "Session", "last_line", "session"]

OPTIONS = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15")
"""Nobody sits there at night to type a password, and a line that says nothing for a minute is cut."""

GRACE_SECONDS = 10


class Session:
    """A shell in the folder of the target. `said`: where ssh itself writes what went wrong."""

    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes], host: str) -> None:
        self.process, self.said, self.host = process, said, host

    def run(self, script: str) -> str:
        """Run a script, in a shell of its own, and return what it prints. Raises ToolError with its last line."""
        found, status = self.asked(f"( set -eu\n{script}\n) </dev/null 2>&1")
        if status:
            raise ToolError(
                mark("{host} could not do it: {output}"),
                mark("free some space or check the permissions there; the release of before is still served"),
                host=self.host, output=last_line(found) or status,
            )  # fmt: skip
        return found

    def enter(self, line: str) -> bool:
        """Run a line in the shell itself, whose folder and open files stay. Returns whether it went well."""
        return self.asked(line)[1] == 0

    def asked(self, lines: str) -> tuple[str, int]:
        """Return what is printed, and the status at the end. Raises ToolError when the line is cut."""
        end = secrets.token_hex(8)
        assert self.process.stdin  # noqa: S101 - a pipe
        assert self.process.stdout  # noqa: S101
        try:
            self.process.stdin.write(f"{lines}\nprintf '\\n%s %s\\n' {end} $?\n".encode())
            self.process.stdin.flush()
        except OSError:
            raise self.cut() from None
        found: list[str] = []
        for raw in self.process.stdout:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            if line.startswith(f"{end} "):
                return "\n".join(found).rstrip("\n"), int(line.split()[1])
            found.append(line)
        raise self.cut()

    def cut(self) -> ToolError:
        """Return the error of a line that was cut, or was never there."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE_SECONDS)
        self.said.seek(0)
        return ToolError(
            mark("the line to {host} was cut: {output}"),
            mark("see that `ssh {host}` works without a password, then publish again; what is served is as it was"),
            host=self.host, output=last_line(self.said.read().decode("utf-8", "replace")) or "-",
        )  # fmt: skip


@contextmanager
def session(ssh: Sequence[str], host: str) -> Iterator[Session]:
    """Yield a shell of `host`. Raises ToolError."""
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                [*ssh, *OPTIONS, host, "sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            )
        except OSError as error:
            raise ToolError(
                mark("{program} cannot be started ({error})"), mark("install it, or name it with --ssh"),
                program=ssh[0], error=error.strerror or error,
            ) from error  # fmt: skip
        with process:
            try:
                yield Session(process, said, host)
            finally:
                with suppress(OSError):
                    if process.stdin:
                        process.stdin.close()
                try:
                    process.wait(GRACE_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def last_line(text: str) -> str:
    """Return the last line with something in it."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
