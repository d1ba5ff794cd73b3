"""A real nginx on a site, with the settings that `mingge headers` prints, below a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.cli import servers

__all__ = ["nginx"]

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
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {folder}/mingge.conf;
    }}
}}
"""


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """Serve `site`, keep all else in `folder`, and yield the address. Without nginx: skipped, or failed in CI."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        if os.environ.get("MINGGE_BROWSER") == "required":
            pytest.fail("the tests of server settings are required here, but there is no nginx")
        pytest.skip("no nginx: apt-get install nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.chmod(0o755)
    (folder / "mingge.conf").write_text(servers.nginx(servers.read(site)), encoding="utf-8")
    settings = SETTINGS.format(folder=folder, port=port, root=site)
    if os.geteuid() == 0:
        settings = f"user root;\n{settings}"  # whose folders pytest makes
    (folder / "nginx.conf").write_text(settings, encoding="utf-8")
    with subprocess.Popen([program, "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]) as process:
        try:
            for _ in range(200):
                with socket.socket() as line:
                    if line.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
