"""`mingge desk`: opens the desk, says where it is, and opens a browser. Starlette and uvicorn are loaded only here."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from builder.cli import bug, servers
from builder.cli.boundary import err, failures, optional_config, out, parsed, spoken, today
from builder.cli.order import AsOf, CacheFolder, Config, Datasets, KeyFile, Lang, NoCache, beside
from builder.cli.report import STAGES
from builder.cli.work import secret
from builder.language import fill, mark, translator

__all__ = ["desk"]


def desk(
    datasets: Datasets = Path("datasets"),
    config: Config = Path("mkdocs.yml"),
    as_of: AsOf = "",
    key: KeyFile = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on this machine; 0: any that is free.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser; the address is printed.")] = False,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    lang: Lang = None,
) -> None:
    """Check, mend, preview and save files on a page of this machine. Nothing is sent anywhere."""
    settings = optional_config(config)
    language = spoken(lang, config)
    translate = translator(language)

    def opened(printed: str, once: str) -> None:
        out.print(fill(translate, mark("The desk is open at {address}"), {"address": printed}))
        out.print(translate(mark("Keep this window open; close it, or press Ctrl+C, when you are done.")))
        if not no_browser:
            Thread(target=webbrowser.open, args=(once,), daemon=True).start()  # some wait for their browser's end

    with failures(translate):
        from builder.desk import Opened, run
        from builder.desk.work import Bench

        kept = None if no_cache else cache or beside(config)
        bench = Bench(
            Path(os.path.realpath(datasets)), language, today, settings, parsed(as_of), secret(key), kept
        )
        window = Opened(
            translate, STAGES, lambda site: servers.read(site).headers, bug.told,
            lambda text: err.print(text, markup=False), opened,
        )  # fmt: skip
        run(bench, window, port)
