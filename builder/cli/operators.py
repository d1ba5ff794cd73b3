"""Commands for whoever runs a site: what its server is to send, and what the program is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.cli import servers
from builder.cli.boundary import failures, out, spoken
from builder.cli.order import Lang
from builder.errors import BuilderError
from builder.language import fill, mark, translator
from builder.shipped import shipped

__all__ = ["headers", "sbom"]


def headers(
    site: Annotated[Path, typer.Argument(help="The folder of a site that was built.")] = Path("site"),
    server: Annotated[str, typer.Argument(help="nginx or caddy.")] = "nginx",
    lang: Lang = None,
) -> None:
    """Print settings for a web server, with the headers that the build of a site states in its headers.json."""
    with failures(translator(spoken(lang))):
        if server not in servers.SERVERS:
            raise BuilderError(
                mark("there are no settings for the server {server}"), mark("use one of: {known}"),
                server=server, known=", ".join(sorted(servers.SERVERS)),
            )  # fmt: skip
        text = servers.SERVERS[server](servers.read(site))
    out.print(text, markup=False, end="")


def sbom(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A folder for bom.json and licences.txt.")],
    lock: Annotated[Path | None, typer.Option("--lock", help="The lock file, with hashes; else the program's.")] = None,
    lang: Lang = None,
) -> None:
    """Write a bill of materials (CycloneDX 1.6) and the licences of everything that the program is made of."""
    from builder import supply
    translate = translator(spoken(lang))
    with failures(translate):
        parts = (*supply.parts(lock or shipped("requirements.txt")), *supply.vendored())
        texts = {"bom.json": supply.bill(parts), "licences.txt": supply.licences(parts)}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in texts.items():
                (folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise BuilderError(
                mark("{path}: cannot be written ({error})"), mark("name another folder"),
                path=folder, error=error.strerror,
            ) from error  # fmt: skip
    out.print(fill(translate, mark("{count} parts in {path}"), {"count": len(parts), "path": folder}), markup=False)
