"""Pagefind as a service: records go in one after the other, the files of the index come out.

Always holds: the same requests in the same order give the same files, on any file system and with any number of
cores. Pagefind answers one request after the other, so the order of the requests is the order of the index. The
files are asked for and not left to Pagefind to write, because 1.5.2 answers before it has written the last of them
(Pagefind issue 1271) and tries for ever when a file cannot be created.
"""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple

from builder.errors import ToolError
from builder.language import mark
from builder.site.command import Program, failure, running

__all__ = ["Request", "page", "record", "talking"]

Request = Mapping[str, object]

UNASKED: Request = {"type": "nothing"}
"""What an answer without a question is an answer to."""

INDEX = 0  # a new service has no index, and numbers those it makes from 0
CHUNK = 1 << 16
REINSTALL = mark(
    "install the locked packages again: pip install --force-reinstall --require-hashes -r requirements.txt"
)


def record(url: str, content: str, language: str, meta: Mapping[str, str]) -> Request:
    """Return the request to index `content` as the page at `url`, which starts with a slash."""
    return {
        "type": "AddRecord", "index_id": INDEX, "url": url, "content": content, "language": language, "meta": meta,
    }  # fmt: skip


def page(path: str, html: str) -> Request:
    """Return the request to index an HTML page by its path from the site's root."""
    return {"type": "AddFile", "index_id": INDEX, "file_path": path, "file_contents": html}


@contextmanager
def talking(
    requests: Iterable[Request], scratch: Path, language: str = ""
) -> Iterator[Future[dict[str, bytes]]]:
    """Start Pagefind, hand it `requests` as they come, from other threads, and yield what will be the index: path →
    contents, or ToolError. `language`: that of everything, whatever a page says of itself; "" for the pages' own.

    At the end of the block Pagefind has ended, done or not; `requests` must end by then too.
    """
    program = service()
    config = {"force_language": language} if language else None
    # the pool outermost: its threads end when Pagefind has
    with ThreadPoolExecutor(2) as pool, running(program, scratch, subprocess.PIPE) as process:
        asked: deque[Request] = deque()
        every = chain([{"type": "NewIndex", "config": config}], requests, [{"type": "GetFiles", "index_id": INDEX}])
        assert process.stdin  # noqa: S101 - PIPE was asked for
        sending = pool.submit(send, process.stdin, every, asked)
        yield pool.submit(received, Talk(program, process, sending, scratch), asked)


class Talk(NamedTuple):
    """A running Pagefind, and the thread that asks it."""

    program: Program
    process: subprocess.Popen[bytes]
    sending: Future[None]
    scratch: Path


def received(talk: Talk, asked: deque[Request]) -> dict[str, bytes]:
    """Read every answer and return the files that the last one holds. Raises ToolError."""
    assert talk.process.stdout  # noqa: S101 - PIPE was asked for
    for raw in answers(talk.process.stdout):
        request = asked.popleft() if asked else UNASKED
        payload = accepted(request, raw)
        if request["type"] == "GetFiles":
            return {file["path"]: b64decode(file["content"]) for file in payload["files"]}
    talk.sending.result()
    raise failure(talk.program, talk.process.wait(), talk.scratch)


def service() -> Program:
    """Return Pagefind as a program that is talked to: the binary itself, without the Python that would start it."""
    try:
        from pagefind.service import get_executable

        path = str(get_executable() or "pagefind")
    except (ImportError, FileNotFoundError):
        path = "pagefind"
    return Program(
        (path, "--service"),
        f"{Path(path).name} --service",
        mark("Pagefind, which makes the search index, could not be started ({reason})"),
        REINSTALL,
        mark("Pagefind, which makes the search index, failed with exit code {exit_code}"),
    )


def encoded(number: int, request: Request) -> bytes:
    """Return a message of the service’s protocol: JSON in base64, ended by a comma."""
    message = {"message_id": number, "payload": request}
    return b64encode(json.dumps(message, ensure_ascii=False).encode()) + b","


def send(pipe: IO[bytes], requests: Iterable[Request], asked: deque[Request]) -> None:
    """Write `requests`, numbered, and note in `asked` what has been asked.

    The pipe stays open, because its end is that of Pagefind, done or not.
    """
    try:
        for number, request in enumerate(requests):
            asked.append(request)
            pipe.write(encoded(number, request))
        pipe.flush()
    except BrokenPipeError:
        pass  # whoever reads the answers says why
    except BaseException:
        pipe.close()  # nobody shall wait for answers to what was not asked
        raise


def answers(pipe: IO[bytes]) -> Iterator[bytes]:
    """Yield each answer without its comma, as soon as it is whole."""
    begun: list[bytes] = []
    assert isinstance(pipe, BufferedReader)  # noqa: S101 - so Popen makes it
    while chunk := pipe.read1(CHUNK):
        *ends, rest = chunk.split(b",")
        for end in ends:
            yield b"".join([*begun, end])
            begun = []
        begun.append(rest)


def accepted(request: Request, raw: bytes) -> Mapping[str, Any]:
    """Return the payload of an answer. Raises ToolError when it refuses `request` or is none."""
    try:
        payload: Mapping[str, Any] = json.loads(b64decode(raw, validate=True))["payload"]
        kind = payload["type"]
    except (ValueError, KeyError, TypeError) as error:
        raise ToolError(mark("Pagefind, which makes the search index, answered something else"), REINSTALL) from error
    if request is UNASKED:
        raise ToolError(mark("Pagefind, which makes the search index, answered something else"), REINSTALL)
    if kind == "Error":
        raise ToolError(
            mark("Pagefind, which makes the search index, refused {what} ({reason})"), REINSTALL,
            what=request.get("url") or request.get("file_path") or request["type"], reason=payload.get("message"),
        )  # fmt: skip
    return payload
