"""Runs the command that builds the shell: MkDocs, or any program with its command line.

Always holds: the program is a separate process and is never imported; the docs tree and mkdocs.yml are
only read; the same docs tree, configuration and settings give the same bytes. The one thing MkDocs dates is
the sitemap, which is deleted: `site` writes its own, with dates from the data.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.errors import ToolError
from builder.language import Translator, mark, translator
from builder.model import SiteConfig

__all__ = ["WORDS", "run", "words"]

# Every word of templates/theme that is not the theme's own, by its name in `config.extra.mingge_words`.
WORDS: Mapping[str, str] = {
    "areas": mark("All areas"),
    "as_of": mark("Data as of"),
    "close": mark("Close"),
    "demonstration": mark("Demonstration data"),
    "demonstration_note": mark(
        "Areas are real; everything else on this site was made up to show how it works and describes nobody."
    ),
    "menu": mark("Menu"),
    "not_found": mark("This page does not exist"),
    "not_found_note": mark("The address may be mistyped, or the grid may have been closed."),
    "pages": mark("All pages"),
    "search": mark("Search"),
    "search_count": mark("Results: {count}"),
    "search_failed": mark("The search could not be loaded. The list of areas leads to every grid."),
    "search_hint": mark("Name of the grid, estate, road or branch, or the code"),
    "search_label": mark("Find my grid"),
    "search_more": mark("More results"),
    "search_none": mark("Nothing found. Try fewer or other words."),
    "searching": mark("Searching …"),
}

# Quiet, and independent of the machine: no advertisement, UTF-8 everywhere, sets in one order, one build date.
ENVIRONMENT: Mapping[str, str] = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
}

# What the theme ships and the site does not use: source maps, Material's own search, an undated sitemap.
UNPUBLISHED = (
    "**/*.map",
    "sitemap.xml",
    "sitemap.xml.gz",
    "search/search_index.json",
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
)

LAST_LINES = 8

OUTPUT = mark("the command and the end of what it wrote:\n{output}")


def words(translate: Translator) -> dict[str, str]:
    """Return the theme's words in the language of `translate`."""
    return {name: translate(message) for name, message in WORDS.items()}


def run(config: SiteConfig, docs: Path, output: Path, settings: Mapping[str, object]) -> None:
    """Build the tree `docs` into `output`, which is emptied first.

    `settings` take the place of those of mkdocs.yml; its `extra` joins theirs, where `mingge_as_of` (ISO date) and
    `mingge_demonstration` (bool) are shown on every page. Raises ToolError when the program is missing or does not
    accept the tree.
    """
    with TemporaryDirectory(prefix="mingge-") as folder:
        child = Path(folder) / "mkdocs.yml"
        child_settings = inherited(config, docs.resolve(), settings)
        child.write_text(json.dumps(child_settings, ensure_ascii=False, indent=1), encoding="utf-8")
        options = ("-f", str(child), "-d", str(output.resolve()))
        execute((*config.engine, "build", "--strict"), options, Path(folder))
    prune(output)


def inherited(config: SiteConfig, docs: Path, settings: Mapping[str, object]) -> dict[str, object]:
    """Return the child configuration; written as JSON, which every YAML reader understands."""
    extra = settings.get("extra", {})
    assert isinstance(extra, Mapping)  # noqa: S101 - the build's own words
    return {
        "INHERIT": str(config.path.resolve()),
        "site_url": config.url,
        "docs_dir": str(docs),
        "use_directory_urls": True,
        "theme": {"custom_dir": str(config.theme.resolve())},
        **settings,
        "extra": {"mingge_words": words(translator(config.language)), **extra},
    }


def execute(command: Sequence[str], options: Sequence[str], folder: Path) -> None:
    """Run `command` with `options` in `folder`; only `command` is worth showing when it fails.

    The folder is empty but for the configuration, so that no file of ours can pass for a module of the program.
    """
    shown = shlex.join([Path(command[0]).name, *command[1:]])
    try:
        done = subprocess.run(
            [*command, *options],
            cwd=folder,
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise ToolError(
            mark("the site’s engine could not be started ({reason})"),
            mark("correct extra.mingge.engine in mkdocs.yml, or install the program: {command}"),
            reason=error.strerror, command=shown,
        ) from error  # fmt: skip
    if done.returncode:
        said = [line.rstrip() for line in done.stdout.splitlines() if line.strip()]
        message = mark("the site’s engine failed with exit code {exit_code}")
        raise ToolError(message, OUTPUT, exit_code=done.returncode, output=tail(shown, said))


def tail(shown: str, said: Sequence[str]) -> str:
    """Return the command and the last lines of what it said."""
    return "\n".join([f"$ {shown}", *said[-LAST_LINES:]])


def prune(output: Path) -> None:
    """Delete what the engine wrote and the site does not publish."""
    for pattern in UNPUBLISHED:
        for path in sorted(output.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
