"""Pagefind as a service: the same requests give the same files, and whatever else it does is one error."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from builder.errors import ToolError
from builder.site import pagefind

REQUESTS = [pagefind.record(f"/grid/{n}/", f"柴 米 {n}", "zh", {"title": f"柴米{n}"}) for n in range(300)]

# what a program in Pagefind's place does: the protocol as far as it goes, then what is wrong
FAKE = """#!{python}
import base64, json, os, signal, sys
def say(message):
    sys.stdout.buffer.write(base64.b64encode(json.dumps(message).encode()) + b",")
    sys.stdout.buffer.flush()
def answer():
    message = b""
    while not message.endswith(b","):
        message += sys.stdin.buffer.read(1)
    return json.loads(base64.b64decode(message[:-1]))
def accept():
    say({{"message_id": answer()["message_id"], "payload": {{"type": "NewIndex", "index_id": 0}}}})
{code}
"""


@pytest.fixture
def put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return the function that makes a program with this code the one that is taken for Pagefind."""

    def put(code: str) -> None:
        path = tmp_path / "pagefind"
        path.write_text(FAKE.format(python=sys.executable, code=code), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(path))

    return put


def files(requests: Iterable[pagefind.Request], scratch: Path) -> dict[str, bytes]:
    """Return the files of the index of `requests`."""
    with pagefind.talking(requests, scratch) as answer:
        return answer.result()


def fail(folder: Path, requests: list[pagefind.Request]) -> ToolError:
    with pytest.raises(ToolError) as caught:
        files(requests, folder / "scratch")
    return caught.value


def test_the_same_requests_give_the_same_files(tmp_path: Path) -> None:
    first, second = (files(REQUESTS, tmp_path / name) for name in ("first", "second"))
    assert {"pagefind.js", "pagefind-entry.json"} <= set(first)
    assert len([path for path in first if path.startswith("fragment/")]) == len(REQUESTS)
    assert first == second


def test_the_number_of_cores_does_not_change_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = files(REQUESTS, tmp_path / "many")
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    assert files(REQUESTS, tmp_path / "one") == many


def test_a_request_that_pagefind_refuses_is_named(tmp_path: Path) -> None:
    error = fail(tmp_path, [*REQUESTS, {**REQUESTS[0], "index_id": 5}])
    assert str(error) == (
        "Pagefind, which makes the search index, refused /grid/0/ "
        "(Invalid index, does not yet exist in the Pagefind service)"
    )
    assert error.message.hint == pagefind.REINSTALL


WAIT = "sys.stdout.flush(); sys.stdin.read()"
BROKEN = {
    "a code": ("sys.stderr.write('no memory\\n'); sys.exit(3)", "failed with exit code 3"),
    "a code after the first answer": ("accept(); sys.exit(101)", "failed with exit code 101"),
    "an early end": ("accept()", "failed with exit code 0"),
    "no base64": (f"sys.stdout.buffer.write(b'\\xff!,'); {WAIT}", "answered something else"),
    "no object": (f"say([1]); {WAIT}", "answered something else"),
    "no payload": (f"say({{'message_id': 0}}); {WAIT}", "answered something else"),
    "megabytes": ("sys.stdout.buffer.write(b'x' * 50_000_000)", "failed with exit code 0"),
    "megabytes of answers": (f"sys.stdout.buffer.write(b',' * 5_000_000); {WAIT}", "answered something else"),
}
"""What a program in Pagefind's place does, and what its error says."""


@pytest.mark.parametrize(("code", "said"), BROKEN.values(), ids=BROKEN)
def test_a_pagefind_that_goes_wrong_is_one_error(
    code: str, said: str, tmp_path: Path, put_in_place: Callable[[str], None]
) -> None:
    put_in_place(code)
    assert str(fail(tmp_path, REQUESTS)) == f"Pagefind, which makes the search index, {said}"


def test_what_pagefind_said_is_quoted(tmp_path: Path, put_in_place: Callable[[str], None]) -> None:
    put_in_place(BROKEN["a code"][0])
    assert fail(tmp_path, REQUESTS).message.values["output"] == "$ pagefind --service\nno memory"


def test_a_pagefind_that_is_killed_is_named(tmp_path: Path, put_in_place: Callable[[str], None]) -> None:
    put_in_place("accept(); signal.raise_signal(signal.SIGKILL)")
    assert str(fail(tmp_path, REQUESTS)) == "pagefind --service was ended by SIGKILL"


def test_a_pagefind_that_is_not_there_can_be_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "pagefind"))
    error = fail(tmp_path, REQUESTS)
    assert str(error) == ("Pagefind, which makes the search index, could not be started (No such file or directory)")
    assert error.message.hint == pagefind.REINSTALL


def test_a_request_that_cannot_be_sent_is_an_error_and_no_endless_wait(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        files([*REQUESTS, pagefind.page("about/index.html", "\ud800")], tmp_path)
