"""A desk in a process of its own, as a clerk has it, and a browser's bare requests to it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.console import ROOT

__all__ = ["Answer", "Opened", "git", "opened", "repository"]

ADDRESS = re.compile(r"http://127\.0\.0\.1:([0-9]+)/enter/(\S+)")


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str


class Opened(NamedTuple):
    process: subprocess.Popen[str]
    port: int
    key: str
    temporary: Path
    said: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/enter/{self.key}"

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, dict(headers or {}))
            found = line.getresponse()
            return Answer(found.status, found.msg, found.read().decode("utf-8", "replace"))
        finally:
            line.close()

    def enter(self) -> tuple[str, dict[str, str]]:
        """Return the desk's own path and the headers with which it answers."""
        answer = self.ask("GET", f"/enter/{self.key}")
        room = re.search(r"url=(/[^/\"]+/)", answer.text)
        assert room is not None, answer
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return room[1], {"Cookie": cookie, "Origin": f"http://127.0.0.1:{self.port}"}

    def bring(self, room: str, headers: Mapping[str, str], files: Mapping[str, bytes]) -> Answer:
        """Send files as a form does."""
        parts = [
            b'--edge\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n%s\r\n" % (name.encode(), data)
            for name, data in files.items()
        ]
        sent = {**headers, "Content-Type": "multipart/form-data; boundary=edge"}
        return self.ask("POST", f"{room}files", sent, b"".join(parts) + b"--edge--\r\n")

    def settled(self, path: str, headers: Mapping[str, str]) -> str:
        """Return a page when the work that it waits for is done."""
        for _ in range(600):
            answer = self.ask("GET", path, headers)
            if answer.status != 200 or "data-progress" not in answer.text:
                return answer.text
            time.sleep(0.1)
        raise AssertionError(answer.text)


@contextmanager
def opened(package: Path, folder: Path, *options: str) -> Iterator[Opened]:
    """Open a desk on `package`; `folder`: where its temporary files lie. Kill it at the end."""
    temporary, said = folder / "tmp", folder / "said.txt"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "builder", "desk", str(package), "--no-browser", "--lang", "en", *options]
    surroundings = {**os.environ, "TMPDIR": str(temporary)}
    with said.open("w+") as window, subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=window, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            for _ in range(400):
                if (found := ADDRESS.search(said.read_text(encoding="utf-8"))) or process.poll() is not None:
                    break
                time.sleep(0.05)
            assert found, said.read_text(encoding="utf-8")
            yield Opened(process, int(found[1]), found[2], temporary, said)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                finally:
                    process.kill()


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Tester", "-c", "user.email=t@example.org", *words],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def repository(package: Path, *, author: bool = True) -> Path:
    """Make the folder of a package a repository in which all is committed."""
    git(package, "init", "--quiet", "--initial-branch=main")
    if author:
        git(package, "config", "user.name", "王芳")
        git(package, "config", "user.email", "wang@example.org")
    git(package, "add", "--all")
    git(package, "commit", "--quiet", "--message=start")
    return package


