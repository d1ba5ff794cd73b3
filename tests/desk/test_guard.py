"""Who is answered and who is not: the guard alone, before any page."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from builder.desk.guard import LARGEST, Guard, Keys

KEYS = Keys("printed", "opened", "room", "secret")
OURS = {"host": "127.0.0.1:8000", "cookie": "mingge-desk=secret", "origin": "http://127.0.0.1:8000"}
PAGE = "/room/"


def refuse(status: int) -> Response:
    return PlainTextResponse("refused", status)


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"answered {len(body)}")(scope, receive, send)


def asked(
    guard: Guard, method: str, path: str, headers: Sequence[tuple[str, str]], body: Sequence[bytes] = (b"",)
) -> tuple[int, dict[str, str]]:
    sent: list[MutableMapping[str, Any]] = []
    waiting = list(body)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope = {"type": "http", "method": method, "path": path, "headers": raw, "query_string": b"", "root_path": ""}
    with ThreadPoolExecutor(1) as pool:  # a browser of other tests may have a loop running in this thread
        pool.submit(asyncio.run, guard(scope, receive, send)).result()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.fixture
def guard() -> Guard:
    def complain(error: BaseException) -> None:
        raise error

    return Guard(answer, KEYS, 8000, refuse, complain)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, 200),
        ({"host": "LOCALHOST:8000", "origin": "http://LOCALHOST:8000"}, 200),
        ({"host": "evil.example:8000"}, 421),
        ({"host": "127.0.0.1"}, 421),
        ({"host": "127.0.0.1:8001"}, 421),
        ({"host": "localhost.evil.example:8000"}, 421),
        ({"host": "127.0.0.1.evil.example:8000"}, 421),
        ({"host": "0.0.0.0:8000"}, 421),
        ({"host": ""}, 421),
        ({"cookie": ""}, 403),
        ({"cookie": "mingge-desk=other"}, 403),
        ({"cookie": "mingge-desk="}, 403),
        ({"cookie": "other=secret"}, 403),
        ({"cookie": "a=b; mingge-desk=secret"}, 200),
        ({"origin": ""}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "https://127.0.0.1:8000"}, 403),
        ({"origin": "http://localhost:8000"}, 403),
        ({"origin": "http://127.0.0.1:8001"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": str(2 * 10**6)}, 413),
    ],
)
def test_only_a_page_of_ours_in_the_browser_that_was_let_in_changes_anything(
    changed: dict[str, str], status: int, guard: Guard
) -> None:
    headers = [(name, value) for name, value in {**OURS, **changed}.items() if value]
    assert asked(guard, "POST", "/room/undo", headers)[0] == status


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (PAGE, OURS, 200),
        (PAGE, {**OURS, "origin": "http://evil.example"}, 200),  # what is read is read by its own page alone: no CORS
        (PAGE, {"host": "127.0.0.1:8000"}, 403),
        (PAGE, {**OURS, "sec-fetch-site": "cross-site"}, 403),
        (PAGE, {**OURS, "sec-fetch-site": "same-site"}, 403),
        (PAGE, {**OURS, "sec-fetch-site": "none"}, 200),
        ("/", OURS, 403),
        ("/other/", OURS, 403),
        ("/enter/printed", {"host": "127.0.0.1:8000", "sec-fetch-site": "cross-site"}, 200),
        ("/enter/", {"host": "127.0.0.1:8000"}, 403),
        ("/enter/secret", {"host": "127.0.0.1:8000"}, 403),
        ("/enter/printed", {"host": "evil.example:8000"}, 421),
        ("/static/desk.css", {"host": "127.0.0.1:8000"}, 200),
        ("/static/desk.css", {"host": "evil.example:8000"}, 421),
    ],
)
def test_nobody_reads_who_was_not_let_in(path: str, headers: dict[str, str], status: int, guard: Guard) -> None:
    assert asked(guard, "GET", path, list(headers.items()))[0] == status


def test_two_hosts_or_two_origins_are_none(guard: Guard) -> None:
    twice = [*OURS.items(), ("host", "evil.example:8000")]
    assert asked(guard, "GET", PAGE, twice)[0] == 421
    assert asked(guard, "POST", "/room/undo", [*OURS.items(), ("origin", "http://evil.example")])[0] == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_other_ways_of_asking_are_unknown(method: str, guard: Guard) -> None:
    status, headers = asked(guard, method, PAGE, list(OURS.items()))
    assert (status, "access-control-allow-origin" in headers) == (405, False)


def test_the_key_gives_a_cookie_for_our_own_path_that_no_script_and_no_other_site_sees(guard: Guard) -> None:
    _, headers = asked(guard, "GET", "/enter/printed", [("host", "127.0.0.1:8000")])
    assert headers["set-cookie"] == "mingge-desk=secret; Path=/room/; HttpOnly; SameSite=Strict"
    assert asked(guard, "GET", "/enter/printed", [("host", "127.0.0.1:8000")])[0] == 200, "the window's own, again"
    assert "set-cookie" not in asked(guard, "GET", PAGE, list(OURS.items()))[1]


def test_the_key_that_others_may_read_in_the_list_of_processes_opens_once(guard: Guard) -> None:
    statuses = [asked(guard, "GET", "/enter/opened", [("host", "127.0.0.1:8000")])[0] for _ in range(2)]
    assert statuses == [200, 403]


@pytest.mark.parametrize("path", [PAGE, "/elsewhere", "/enter/printed"])
def test_whatever_is_answered_may_load_nothing_from_elsewhere_and_is_kept_nowhere(path: str, guard: Guard) -> None:
    _, headers = asked(guard, "GET", path, list(OURS.items()))
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert (headers["cache-control"], headers["x-content-type-options"], headers["referrer-policy"]) == (
        "no-store", "nosniff", "same-origin",
    )  # fmt: skip


def test_a_body_that_does_not_say_how_long_it_is_ends_where_it_is_too_long() -> None:
    told: list[BaseException] = []
    guard = Guard(answer, KEYS, 8000, refuse, told.append)
    with pytest.raises(IndexError):  # nothing was answered
        asked(guard, "POST", "/room/undo", list(OURS.items()), [b"x" * 400_000] * 3)
    assert [getattr(error, "status_code", 0) for error in told] == [413]


def test_files_may_be_larger_than_other_forms(guard: Guard) -> None:
    for length, status in ((LARGEST, 200), (LARGEST + 2 * 10**6, 413)):
        headers = [*OURS.items(), ("content-length", str(length))]
        assert asked(guard, "POST", "/room/files", headers)[0] == status
