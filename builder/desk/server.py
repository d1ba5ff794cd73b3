"""Opens the desk and closes it: its folder, its hold on the package, its port, and all that it has started."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from builder.desk import save
from builder.desk.app import Face, Headers, application
from builder.desk.folder import folder, hold
from builder.desk.guard import Guard, Keys, new_keys
from builder.desk.lane import Lane
from builder.desk.trial import Desk
from builder.desk.work import Bench
from builder.errors import BuilderError
from builder.language import Translator, mark

__all__ = ["Opened", "run"]

ADDRESS = "127.0.0.1"
PRELOADED = ("builder.desk.work", "builder.cli.boundary")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the command line gives: words, and how to speak in the window. `told`: how a bug is said.

    `opened`: called with the address that is printed and the one that a browser may be opened with, once.
    """

    translate: Translator
    stages: dict[str, str]
    headers: Headers
    told: Callable[[BaseException], str]
    tell: Callable[[str], None]
    opened: Callable[[str, str], None]


def run(bench: Bench, window: Opened, port: int) -> None:
    """Serve a desk until it is told to stop. `port` 0: any that is free. Raises BuilderError."""
    with hold(bench.package), folder() as own, bound(port) as line:
        save.finish(bench.package)
        lane = Lane(window.told, window.tell, PRELOADED)
        try:
            desk, keys, number = Desk(bench, own, lane), new_keys(), line.getsockname()[1]
            served(desk, window, keys, number, line)
        finally:
            lane.close()


def served(desk: Desk, window: Opened, keys: Keys, port: int, line: socket.socket) -> None:
    def stop() -> None:
        server.should_exit = True

    def complain(error: BaseException) -> None:
        window.tell(window.told(error))

    face = Face(window.translate, desk.bench.language, window.stages, window.headers, stop, complain)
    server = uvicorn.Server(configured(application(desk, face, keys, port)))
    desk.look()
    base = f"http://{ADDRESS}:{port}/enter/"
    window.opened(base + keys.printed, base + keys.opened)
    server.run(sockets=[line])


def configured(app: Guard) -> uvicorn.Config:
    return uvicorn.Config(
        app, log_config=None, log_level="critical", access_log=False, lifespan="off", ws="none", server_header=False,
        proxy_headers=False,  # there is none, and what a client says of itself is not believed
        timeout_graceful_shutdown=1,
    )  # fmt: skip


def bound(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone. Raises BuilderError."""
    line = socket.socket()
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((ADDRESS, port))
        line.listen(128)
    except (OSError, OverflowError) as error:
        line.close()
        raise BuilderError(
            mark("port {port} cannot be used"), mark("leave --port out: a free one is found then"), port=port
        ) from error
    return line
