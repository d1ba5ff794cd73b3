"""The local server answers this machine's own browser under its own names, and nobody else."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from builder.site import headers
from tests.packages import ROOT

GET = "GET {path} HTTP/1.1\r\nHost: localhost:{{port}}\r\nConnection: close\r\n\r\n"
HELLO = "GET /livereload HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{origin}"
HELLO += "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
ICON = "<link rel=icon href='data:image/svg+xml,'>"
PAGE = f"<!doctype html><html><head><title>t</title>{ICON}</head><body>a page</body></html>"


class Local(NamedTuple):
    port: int
    folder: Path

    def says(self, request: str) -> str:
        """Return the first bytes of the answer to raw bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(request.replace("{port}", str(self.port)).encode())
            found = b""
            while b"\r\n\r\n" not in found and (part := line.recv(65536)):
                found += part
            line.settimeout(0.2)
            try:
                while part := line.recv(65536):
                    found += part
            except TimeoutError:
                pass
        return found.decode("utf-8", "replace")

    def status(self, request: str) -> int:
        return int(self.says(request).split()[1])


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    folder = tmp_path_factory.mktemp("served")
    for path in ("", "about"):
        (folder / path).mkdir(exist_ok=True)
        (folder / path / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "data.csv").write_text("a\n1\n", encoding="utf-8")
    policy = headers.of([PAGE])
    headers.guard(folder, policy)
    headers.write(folder, policy, "")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys, pathlib; from builder.cli.serve import serve; site = pathlib.Path(sys.argv[1]); "
    code += "serve(site, [site], lambda: None, int(sys.argv[2]))"
    command = [sys.executable, "-c", code, str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                with socket.socket() as line:
                    if line.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield Local(port, folder)
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LocalHost:{port}", 200),
        ("[::1]:{port}", 200),
        ("evil.example:{port}", 421),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:{port}", 421),
        ("localhost.evil.example:{port}", 421),
        ("evil.example@127.0.0.1:{port}", 400),
        ("127.0.0.1", 421),
        ("localhost:1", 421),
        ("127.1:{port}", 421),
        ("0.0.0.0:{port}", 421),
    ],
)
@pytest.mark.parametrize("path", ["/", "/data.csv", "/livereload.js", "/nowhere"])
def test_a_name_that_is_not_our_own_is_not_answered(local: Local, host: str, status: int, path: str) -> None:
    expected = 404 if (path, status) == ("/nowhere", 200) else status
    assert local.status(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") == expected


def test_who_names_no_host_is_not_answered(local: Local) -> None:
    assert local.status("GET / HTTP/1.0\r\n\r\n") == 421
    assert "a page" not in local.says("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert "a page" not in local.says("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n")


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}", 101),
        ("localhost:{port}", "http://localhost:{port}", 101),
        ("127.0.0.1:{port}", "http://evil.example", 403),
        ("127.0.0.1:{port}", "http://127.0.0.1", 403),
        ("127.0.0.1:{port}", "https://127.0.0.1:{port}", 403),
        ("127.0.0.1:{port}", "http://localhost:{port}", 403),
        ("127.0.0.1:{port}", "null", 403),
        ("127.0.0.1:{port}", "", 403),
        ("evil.example:{port}", "http://evil.example:{port}", 421),
    ],
)
def test_the_websocket_talks_to_pages_of_its_own_origin(local: Local, host: str, origin: str, status: int) -> None:
    line = f"Origin: {origin}\r\n" if origin else ""
    assert local.status(HELLO.format(host=host, origin=line)) == status


def test_nobody_can_make_others_reload(local: Local) -> None:
    assert local.status(GET.format(path="/forcereload?path=*")) == 404


@pytest.mark.parametrize("path", ["/", "/about/", "/nowhere"])
def test_pages_and_errors_carry_the_headers_of_the_real_site(local: Local, path: str) -> None:
    head = local.says(GET.format(path=path)).split("\r\n\r\n")[0]
    assert "Content-Security-Policy: default-src 'none'; script-src 'self'" in head
    assert "frame-ancestors 'none'" in head
    assert "X-Content-Type-Options: nosniff" in head


def test_a_data_file_is_saved_and_not_shown(local: Local) -> None:
    head = local.says(GET.format(path="/data.csv"))
    assert "Content-Disposition: attachment" in head
    assert re.search("Content-Security-Policy: [^\r]*sandbox", head)


def test_the_script_that_reloads_is_a_file(local: Local) -> None:
    page = local.says(GET.format(path="/"))
    assert '<script src="/livereload.js" defer></script></head>' in page
    assert "<script type" not in page


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt", "//etc/passwd"])
def test_nothing_outside_the_site_is_served(local: Local, path: str) -> None:
    (local.folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    answer = local.says(GET.format(path=path))
    assert (answer.split()[1] in ("403", "404"), "secret\n" in answer) == (True, False)
