"""A real nginx on a site or a target, with the settings that `mingge headers` prints, below a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.cli import servers

__all__ = ["caddy_on_target", "free_port", "nginx", "nginx_on_target"]

DEPLOY = Path(__file__).parents[2] / "deploy"

SETTINGS = """daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/1;
    proxy_temp_path {folder}/2;
    fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4;
    scgi_temp_path {folder}/5;
    {server}
}}
"""


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """Serve `site`, keep all else in `folder`, and yield the address. Without nginx: skipped, or failed in CI."""
    server = f"server {{\nlisten 127.0.0.1:80;\nroot {site};\ninclude {folder}/mingge.conf;\n}}"
    with running(server, site, folder) as address:
        yield address


@contextmanager
def nginx_on_target(target: Path, folder: Path, site: Path) -> Iterator[str]:
    """Serve a target by deploy/nginx.conf as it is, but for the places that it names. `site`: what states headers."""
    with running(placed("nginx.conf", target, folder), site, folder) as address:
        yield address


def placed(name: str, target: Path, folder: Path) -> str:
    """Return a file of deploy/ with the places of a test in it."""
    text = (DEPLOY / name).read_text(encoding="utf-8").replace("/srv/mingge", str(target))
    return text.replace("/etc/nginx/mingge-headers.conf", f"{folder}/mingge.conf")


@contextmanager
def caddy_on_target(target: Path, folder: Path, site: Path) -> Iterator[str]:
    """Serve a target by deploy/Caddyfile, over HTTP and without the port of its administration."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("no caddy: apt-get install caddy")
    port = free_port()
    (folder / "headers").write_text(servers.caddy(servers.read(site)), encoding="utf-8")
    text = placed("Caddyfile", target, folder).replace("/etc/caddy/mingge-headers", f"{folder}/headers")
    text = text.replace("example.org {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", encoding="utf-8")
    home = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said").open("wb") as said, subprocess.Popen(
        [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], env=home, stderr=said
    ) as process:
        try:
            wait(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait(port: int) -> None:
    """Wait until somebody listens on a port."""
    for _ in range(200):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


@contextmanager
def running(server: str, site: Path, folder: Path) -> Iterator[str]:
    """Run nginx with a `server` block, which listens on a free port of this machine alone."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        if os.environ.get("MINGGE_BROWSER") == "required":
            pytest.fail("the tests of server settings are required here, but there is no nginx")
        pytest.skip("no nginx: apt-get install nginx")
    port = free_port()
    server = re.sub(r"listen \[::\]:80;|server_name example.org;", "", server)
    server = re.sub(r"listen (127.0.0.1:)?80;", f"listen 127.0.0.1:{port};", server)
    folder.chmod(0o755)
    (folder / "mingge.conf").write_text(servers.nginx(servers.read(site)), encoding="utf-8")
    settings = SETTINGS.format(folder=folder, server=server)
    if os.geteuid() == 0:
        settings = f"user root;\n{settings}"  # whose folders pytest makes
    (folder / "nginx.conf").write_text(settings, encoding="utf-8")
    with subprocess.Popen([program, "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]) as process:
        try:
            wait(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
