"""Show the site while it is being worked on. livereload and tornado are used here and nowhere else.

Always holds: only a browser on this machine that was given our own address gets an answer. A page of another host
reaches 127.0.0.1 too, by a name that it points there (DNS rebinding), by a form, a picture or a websocket; its Host or
its Origin gives it away. What is sent carries the headers of the real site, read anew for each file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.server import LiveScriptInjector
from tornado import web
from tornado.httputil import HTTPServerRequest

from builder.cli import servers
from builder.errors import BuilderError

__all__ = ["serve"]

NAMES = ("127.0.0.1", "localhost", "[::1]")
"""What this machine calls itself."""

STRANGER, FORBIDDEN = 421, 403  # misdirected request (RFC 9110, 15.5.20)

SCRIPT = b'<script src="/livereload.js" defer></script>'
"""A file of this server, as the content security policy has it; livereload's own way is a script in the page."""


def serve(site: Path, watched: Sequence[Path], rebuild: Callable[[], None], port: int) -> None:
    """Serve `site` on this machine until interrupted; call `rebuild` and reload browsers when `watched` change."""
    server = Closed(port, Stated(site))
    for path in watched:
        server.watch(f"{path}/**/*" if path.is_dir() else str(path), rebuild)
    server.serve(root=str(site), host="127.0.0.1", port=port)


def hosts(port: int) -> frozenset[str]:
    """Return what may stand in the Host of a request."""
    own = {f"{name}:{port}" for name in NAMES}
    return frozenset(own | set(NAMES)) if port == 80 else frozenset(own)


class Closed(Server):  # type: ignore[misc]  # livereload has no types
    """livereload's server for its own names alone, and without the address at which anybody may reload everybody."""

    def __init__(self, port: int, stated: Stated) -> None:
        super().__init__()
        self.hosts, self.stated = hosts(port), stated

    def application(self, port: int, host: str, *_: object, live_css: bool = True, **__: object) -> None:
        """Listen. livereload's own would also listen for /forcereload, and ask nobody who they are."""
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, live_css
        shown = {"path": self.root, "default_filename": self.default_filename, "stated": self.stated}
        handlers = [
            ("/livereload", Socket, {"hosts": self.hosts}),
            ("/livereload.js", Script),
            ("/(.*)", File, shown),
        ]
        OwnNames(self.hosts, handlers, transforms=[Injector]).listen(port, address=host)


class OwnNames(web.Application):
    """Answers requests whose Host is one of `hosts`."""

    def __init__(self, hosts: frozenset[str], handlers: Sequence[Any], **settings: Any) -> None:
        super().__init__(list(handlers), **settings)
        self.hosts = hosts

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        """Return what answers a request; it is asked before anything else is read."""
        if request.headers.get_list("Host") and request.host.lower() in self.hosts:
            return super().find_handler(request, **kwargs)
        return self.get_handler_delegate(request, web.ErrorHandler, {"status_code": STRANGER})


class Injector(LiveScriptInjector):  # type: ignore[misc]
    """Adds SCRIPT to each page."""

    script = SCRIPT


class Socket(LiveReloadHandler):  # type: ignore[misc]
    """The websocket that tells a page of ours to load itself again."""

    def initialize(self, hosts: frozenset[str]) -> None:
        self.hosts = hosts

    def prepare(self) -> None:
        """Refuse whoever does not say that it is a page of ours: browsers always say whose page asks."""
        if self.request.headers.get("Origin", "").lower() not in {f"http://{host}" for host in self.hosts}:
            raise web.HTTPError(FORBIDDEN)

    def check_origin(self, origin: str) -> bool:
        """Agree to what `prepare` let through."""
        return origin.lower() == f"http://{self.request.host}".lower()


class Script(LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script, for pages of ours."""

    def set_default_headers(self) -> None:
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")


class Stated:
    """The headers that the build of `site` states, as they are now."""

    def __init__(self, site: Path) -> None:
        self.site, self.last = site, servers.read(site)

    def headers(self, path: str) -> Mapping[str, str]:
        """Return the headers of the file at `path`; while a build swaps the site, those of the one before."""
        with suppress(BuilderError):
            self.last = servers.read(self.site)
        return self.last.headers(path)


class File(StaticFileHandler):  # type: ignore[misc]
    """A file of the site with the headers that the build states for it, an error with those of a page."""

    stated: Stated | None = None

    def initialize(self, path: str, default_filename: str, stated: Stated) -> None:
        super().initialize(path, default_filename)
        self.stated = stated
        self.set_default_headers()

    def set_default_headers(self) -> None:
        """Set the headers; tornado asks before it initializes, too, and once more for an error."""
        for name, value in self.stated.headers(self.request.path).items() if self.stated else ():
            self.set_header(name, value)
