"""Show the site while it is being worked on. livereload is used here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from livereload import Server

__all__ = ["serve"]


def serve(site: Path, watched: Sequence[Path], rebuild: Callable[[], None], port: int) -> None:
    """Serve `site` on this machine until interrupted; call `rebuild` and reload browsers when `watched` change."""
    server = Server()
    for path in watched:
        server.watch(f"{path}/**/*" if path.is_dir() else str(path), rebuild)
    server.serve(root=str(site), host="127.0.0.1", port=port)
