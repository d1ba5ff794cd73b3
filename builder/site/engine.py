"""Runs the command that builds the shell: MkDocs, or any program with its command line.

Always holds: the program is a separate process and is never imported; the docs tree and mkdocs.yml are
only read; the same docs tree, configuration and settings give the same bytes. The one thing MkDocs dates is
the sitemap, which is deleted: `site` writes its own, with dates from the data.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builder.language import Translator, fill, mark, translator
from builder.model import SiteConfig
from builder.site import command
from builder.site.command import Program

__all__ = ["WORDS", "started", "stated", "words"]

# Every word of templates/theme that is not the theme's own, by its name in `config.extra.mingge_words`.
WORDS: Mapping[str, str] = {
    "areas": mark("All areas"),
    "as_of": mark("Data as of"),
    "close": mark("Close"),
    "colours": mark("Dark or light"),
    "contents": mark("On this page"),
    "demonstration": mark("Demonstration data"),
    "demonstration_note": mark(
        "Areas are real; everything else on this site was made up to show how it works and describes nobody."
    ),
    "elder": mark("Large type"),
    "elder_18": mark("Large"),
    "elder_22": mark("Larger"),
    "elder_26": mark("Very large"),
    "elder_30": mark("Largest"),
    "elder_note": mark("Large letters, strong contrast and large buttons on every page of this site."),
    "elder_short": mark("Large letters"),
    "elder_usual": mark("As usual"),
    "menu": mark("Menu"),
    "not_found": mark("This page does not exist"),
    "not_found_note": mark("The address may be mistyped, or the page may have been closed."),
    "pages": mark("All pages"),
    "pages_wide": mark("Site"),
    "read": mark("Read this page to me"),
    "read_failed": mark("This device has no voice for this language."),
    "read_pause": mark("Pause"),
    "read_stop": mark("Stop reading"),
    "reading": mark("Reading aloud"),
    "search": mark("Search"),
    "search_all": mark("List by area and initial"),
    "search_count": mark("Results: {count}"),
    "search_failed": mark("The search could not be loaded. The list by area and initial leads to every page."),
    "search_hint": mark("Name or code: {places}"),
    "search_label": mark("Find: {grid}"),
    "search_more": mark("More results"),
    "search_none": mark("Nothing found. Try fewer or other words."),
    "search_prose": mark("Texts"),
    "search_prose_more": mark("Look in texts and disclosures too"),
    "search_reason": mark("{name}: {text}"),
    "searching": mark("Searching …"),
    "skip": mark("Skip to the text"),
    "stale": mark("Nothing newer than of {day} is shown, {days} days ago. It may have changed since then."),
    "stale_title": mark("Not up to date"),
    "updated": mark("Last new data on"),
}

# What the theme ships and the site does not use: source maps, Material's own search, an undated sitemap.
UNPUBLISHED = (
    "**/*.map",
    "sitemap.xml",
    "sitemap.xml.gz",
    "search/search_index.json",
    "assets/javascripts/bundle.*.js",
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
    "assets/images/favicon.png",
)


PLACES = ("area", "grid", "branch")
"""The tables whose rows have pages that are looked up."""

NAMING = ("search_label", "search_hint")
"""The words that name places as the package does."""

NO_TITLES: Mapping[str, str] = {}


def words(translate: Translator, titles: Mapping[str, str] = NO_TITLES) -> dict[str, str]:
    """Return the theme's words in the language of `translate`; `titles`: what the package calls its tables of places.

    Without titles what names places is left to the theme.
    """
    places = tuple(titles[name] for name in PLACES if name in titles)
    values = {"grid": titles.get("grid", ""), "places": places}
    kept = {name: text for name, text in WORDS.items() if places or name not in NAMING}
    return {name: fill(translate, text, values if name in NAMING else {}) for name, text in kept.items()}


@contextmanager
def started(
    config: SiteConfig, docs: Path, output: Path, settings: Mapping[str, object], scratch: Path
) -> Iterator[Callable[[], None]]:
    """Begin to build the tree `docs` into `output`, which is emptied first, and yield what waits until it is built.

    `scratch` is a folder to work in, new or used. `settings` take the place of those of mkdocs.yml; its `extra` joins
    theirs, where `mingge_as_of` (text) and `mingge_demonstration` (bool) are shown on every page. The engine runs
    beside the block and ends with it. What waits raises ToolError when the program is missing or does not accept the
    tree.
    """
    folder = scratch.resolve() / "engine"
    folder.mkdir(parents=True, exist_ok=True)
    child = inherited(config, docs.resolve(), settings)
    for name, text in config.rewritten:
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(json.dumps(child, ensure_ascii=False, indent=1), encoding="utf-8")
    engine = program(config, folder / "mkdocs.yml", output.resolve())
    with command.running(engine, folder, subprocess.DEVNULL) as process:

        def finish() -> None:
            command.finish(engine, process, folder)
            prune(output)

        yield finish


def program(config: SiteConfig, settings: Path, output: Path) -> Program:
    """Return the engine with its command line and the words for its failures."""
    build = (*config.engine, "build", "--strict")
    return Program(
        (*build, "-f", str(settings), "-d", str(output)),
        shlex.join([Path(build[0]).name, *build[1:]]),
        mark("the site’s engine could not be started ({reason})"),
        mark("correct extra.mingge.engine in mkdocs.yml, or install the program: {command}"),
        mark("the site’s engine failed with exit code {exit_code}"),
    )


def inherited(config: SiteConfig, docs: Path, settings: Mapping[str, object]) -> dict[str, object]:
    """Return the child configuration; written as JSON, which every YAML reader understands."""
    return {
        "INHERIT": config.rewritten[0][0] if config.rewritten else str(config.path.resolve()),
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(config.theme.resolve())},
        **stated(config, settings),
    }


def stated(config: SiteConfig, settings: Mapping[str, object]) -> dict[str, object]:
    """Return what the child configuration states besides its folders."""
    extra = settings.get("extra", {})
    assert isinstance(extra, Mapping)  # noqa: S101 - the build's own words
    return {
        "site_url": config.url,
        "use_directory_urls": True,
        **settings,
        "extra": {"mingge_words": words(translator(config.language)), **extra},
    }


def prune(output: Path) -> None:
    """Delete what the engine wrote and the site does not publish."""
    for pattern in UNPUBLISHED:
        for path in sorted(output.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
