"""Who is answered: this machine's own browser, under its own names, when it was let in by the address in the window.

Always holds, before anything else is read of a request: its Host is 127.0.0.1 or localhost with our port, so that no
name of others leads here (DNS rebinding); it carries our cookie, which only `/enter/<key>` gives, and which is sent to
our own path alone, so that no other server of this machine sees it; whatever changes something comes from a page of
ours (Origin, Sec-Fetch-Site). Nothing that is answered may load, send or be framed elsewhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGEST", "Guard", "Keys", "new_keys"]

LARGEST = 200 * 10**6
"""Bytes of one file, and of all that is brought at a time, without what a form puts around them."""

ROOM = 10**6
SMALL = 10**6
"""Bytes of any other form."""

COOKIE = "mingge-desk"

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer would have browsers send a form without its Origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

MISDIRECTED, FORBIDDEN, NOT_ALLOWED, TOO_LARGE = 421, 403, 405, 413


class Keys(NamedTuple):
    """The secrets of one desk. `printed`: what the window shows; `opened`: for the browser that we open ourselves.

    Whoever else works on this machine can read in the list of processes what a browser is opened with, so `opened` is
    taken once. `room`: the first part of every path, to which alone the cookie is sent.
    """

    printed: str
    opened: str
    room: str
    cookie: str


def new_keys() -> Keys:
    """Return secrets that nobody guesses."""
    return Keys(*(secrets.token_urlsafe(24) for _ in Keys._fields))


class Guard:
    """Stands before the application. `refuse`: the page for a status; `complain`: says a bug in the window."""

    def __init__(
        self, app: ASGIApp, keys: Keys, port: int, refuse: Callable[[int], Response],
        complain: Callable[[BaseException], None],
    ) -> None:  # fmt: skip
        self.app, self.keys, self.refuse, self.complain = app, keys, refuse, complain
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:
            self.hosts |= {"127.0.0.1", "localhost"}
        self.unused = {keys.opened}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            status, entered = self._judged(scope)
            app: ASGIApp = self.refuse(status) if status else self.app
            try:
                await app(scope, limited(scope, receive), stated(send, self._cookie() if entered else ""))
            except Exception as error:  # answered with 500 by now; the server's own log would quote its words
                self.complain(error)

    def _judged(self, scope: Scope) -> tuple[int, bool]:
        """Return the status of a refusal, 0 for none, and whether a key was given."""
        headers = Headers(scope=scope)
        hosts, path, method = headers.getlist("host"), scope["path"], scope["method"]
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return MISDIRECTED, False
        if method not in ("GET", "HEAD", "POST"):
            return NOT_ALLOWED, False
        if path.startswith("/static/") and method != "POST":  # the same on every machine
            return 0, False
        if path.startswith("/enter/"):
            entered = method == "GET" and self._enters(path.removeprefix("/enter/"))
            return (0 if entered else FORBIDDEN), entered
        is_known = any(same(value, self.keys.cookie) for value in cookies(headers.getlist("cookie")))
        if not is_known or not path.startswith(f"/{self.keys.room}/"):
            return FORBIDDEN, False
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return FORBIDDEN, False
        if method == "POST" and headers.getlist("origin") != [f"http://{hosts[0]}"]:
            return FORBIDDEN, False
        if declared(headers) > limit(scope):
            return TOO_LARGE, False
        return 0, False

    def _enters(self, key: str) -> bool:
        if same(key, self.keys.printed):
            return True
        if any(same(key, known) for known in self.unused):
            self.unused.clear()
            return True
        return False

    def _cookie(self) -> str:
        return f"{COOKIE}={self.keys.cookie}; Path=/{self.keys.room}/; HttpOnly; SameSite=Strict"


def same(given: str, known: str) -> bool:
    return secrets.compare_digest(given.encode(), known.encode())


def cookies(lines: Iterable[str]) -> list[str]:
    found = []
    for line in lines:
        try:
            morsel = SimpleCookie(line).get(COOKIE)
        except CookieError:
            continue
        found += [morsel.value] if morsel else []
    return found


def limit(scope: Scope) -> int:
    return LARGEST + ROOM if scope["path"].endswith("/files") else SMALL


def declared(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def limited(scope: Scope, receive: Receive) -> Receive:
    """Return `receive` for a body that may not be larger than it may, whatever it says of itself."""
    most, seen = limit(scope), 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(TOO_LARGE)
        return message

    return counted


def stated(send: Send, cookie: str) -> Send:
    """Return `send` for a response with our headers; a page of a site that was built brings a policy of its own."""

    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if cookie:
                headers.append("Set-Cookie", cookie)
        await send(message)

    return headed
