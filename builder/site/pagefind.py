"""Pagefind as a service: records go in one after the other, the files of the index come out.

Always holds: the same requests in the same order give the same files, on any file system and with any number of
cores. Pagefind answers one request after the other, so the order of the requests is the order of the index. The
files are asked for and not left to Pagefind to write, because 1.5.2 answers before it has written the last of them
(Pagefind issue 1271) and tries for ever when a file cannot be created.
"""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from builder.errors import ToolError
from builder.language import mark
from builder.site.command import Program, failure, running

__all__ = ["files", "page", "record"]

Request = Mapping[str, object]

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


def files(requests: Sequence[Request], scratch: Path) -> dict[str, bytes]:
    """Return the index of `requests`: the contents of every file by its path. Raises ToolError."""
    every = [{"type": "NewIndex", "config": None}, *requests, {"type": "GetFiles", "index_id": INDEX}]
    program = service()
    # the pool outermost: its thread ends when Pagefind has
    with ThreadPoolExecutor(1) as pool, running(program, scratch, subprocess.PIPE) as process:
        assert process.stdin  # noqa: S101 - PIPE was asked for
        assert process.stdout  # noqa: S101
        sending = pool.submit(send, process.stdin, every)
        received = answers(process.stdout.fileno())

        def answer() -> bytes:
            for raw in received:
                return raw
            sending.result()
            raise failure(program, process.wait(), scratch)

        for request in every[:-1]:
            accepted(request, answer())
        last = answer()
    # the longest answer only now that Pagefind has ended and given its memory back
    return {file["path"]: b64decode(file["content"]) for file in accepted(every[-1], last)["files"]}


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


def send(pipe: IO[bytes], requests: Sequence[Request]) -> None:
    """Write `requests`, numbered; the pipe stays open, because its end is that of Pagefind, done or not."""
    try:
        pipe.writelines(encoded(number, request) for number, request in enumerate(requests))
        pipe.flush()
    except BrokenPipeError:
        pass  # whoever reads the answers says why
    except BaseException:
        pipe.close()  # nobody shall wait for answers to what was not asked
        raise


def answers(pipe: int) -> Iterator[bytes]:
    """Yield each answer without its comma, as soon as it is whole."""
    begun: list[bytes] = []
    while chunk := os.read(pipe, CHUNK):
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
    if kind == "Error":
        raise ToolError(
            mark("Pagefind, which makes the search index, refused {what} ({reason})"), REINSTALL,
            what=request.get("url") or request.get("file_path") or request["type"], reason=payload.get("message"),
        )  # fmt: skip
    return payload
