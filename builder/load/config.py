"""What the build needs from mkdocs.yml; an empty property is one that is not there, as it is to the engine."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.language import mark
from builder.load.document import Document, Pointer, Position
from builder.load.extensions import extensions, frame, is_tagged
from builder.load.inherited import copies, parent, sources
from builder.load.mistakes import Mistakes
from builder.load.names import shown
from builder.load.near import nearest
from builder.load.properties import Properties, of
from builder.load.written import refuse_odd
from builder.load.yaml_file import yaml_document
from builder.model import SiteConfig
from builder.model.legible import reserved
from builder.shipped import shipped

__all__ = ["site_config"]

LONGEST = 300
HINT = mark("see mkdocs.yml of the project; what the build reads must be written out")


def site_config(path: Path) -> SiteConfig:
    """Parse the site's configuration. Raises BuilderError naming the file and what is missing."""
    path = Path(os.path.realpath(path))
    own, mistakes = yaml_document(path), Mistakes()
    whole = with_inherited(path, own, (path,)) if isinstance(own.value, dict) else replaced(own, {})
    source = present(of(whole, mistakes, HINT))
    refuse_misspelt(source, ENGINE, ENGINE)
    # theme: material, the short form, names no folder
    theme = replace(source, source={}) if is_text(source, "theme") else present(source.inner("theme"))
    refuse_misspelt(theme, THEME, THEME)
    custom = source.attempt(partial(theme_folder, source, theme, path))
    docs = source.attempt(partial(folder, source, "docs_dir", path, "docs"))
    if docs:
        source.attempt(partial(refuse_odd, docs))
    check_name(source)
    ours = present(present(source.inner("extra")).inner("mingge"))
    refuse_misspelt(ours, OURS, frozenset())
    rewritten = copies(path, own.value)
    nowhere = Path()  # noted, so it is of no use any more
    found = SiteConfig(
        path=path,
        language=language(theme),
        name=source.line("site_name"),
        url=source.line("site_url"),
        docs=docs or nowhere,
        theme=custom or nowhere,
        templates=(custom or nowhere).parent,
        engine=(sys.executable, "-m", engine(ours)),
        nav=nav(source),
        not_in_nav=source.passage("not_in_nav"),
        sources=sources(path, own.value),
        security=security(ours),
        reminders=reminders(ours),
        rewritten=rewritten,
        lender=shipped("docs") if rewritten else None,
        description=source.line("site_description"),
        exclude_docs=source.passage("exclude_docs"),
        extensions=extensions(source),
        frame=frame(whole.value),
    )
    mistakes.settle()
    return found


ENGINE = frozenset({
    "site_name", "site_url", "site_description", "site_author", "nav", "not_in_nav", "exclude_docs", "draft_docs",
    "theme", "docs_dir", "site_dir", "copyright", "dev_addr", "use_directory_urls", "repo_url", "repo_name", "edit_uri",
    "edit_uri_template", "extra_css", "extra_javascript", "extra_templates", "markdown_extensions", "mdx_configs",
    "strict", "remote_branch", "remote_name", "extra", "plugins", "hooks", "watch", "validation", "INHERIT",
})  # fmt: skip
"""The settings of the engine."""

THEME = frozenset({
    "name", "custom_dir", "static_templates", "locale", "language", "direction", "features", "palette", "font", "icon",
    "favicon", "logo", "include_search_page", "search_index_only",
})  # fmt: skip
OURS = frozenset({"engine", "security", "reminders"})


def refuse_misspelt(source: Properties, known: frozenset[str], also: frozenset[str]) -> None:
    """Note a setting that is nearly one that is known, or that is ours in a wrong place; the engine may have more.

    `also`: what a name is held against once more; none: nothing but what is known may stand there.
    """
    for key in source.source:
        if key in known or not isinstance(key, str):
            continue
        near = nearest(key, known, 0.8 if also else 0.6)
        if key == "mingge" or (also and key in OURS):
            source.refuse(
                key, mark("{where}: “{key}” stands in the wrong place"), mark("it belongs into {home}"),
                home="extra: mingge",
            )  # fmt: skip
        elif near or not also:
            source.refuse(
                key, mark("{where}: there is no property “{key}”"),
                mark("did you mean “{near}”?") if near else mark("known are: {known}"),
                near=near, known=", ".join(sorted(known)),
            )  # fmt: skip


def theme_folder(source: Properties, theme: Properties, path: Path) -> Path:
    """Return the folder of the theme, which must be named. Raises BuilderError."""
    if not theme.source.get("custom_dir"):
        raise BuilderError(
            mark("{path}: theme.custom_dir is missing"), mark("set it to templates/theme"), path=source.at("theme")
        )
    return folder(theme, "custom_dir", path, "")


def check_name(source: Properties) -> None:
    """Refuse a name or an address of the site that a page would take for something else than text, or a web address."""
    for key in ("site_name", "site_url", "site_description"):
        if word := reserved(source.line(key)):
            source.refuse(
                key, mark("{where}: “{key}” holds {word}, which only the build may write"), mark("write it otherwise"),
                word=word,
            )  # fmt: skip
        if len(source.line(key)) > LONGEST or set(source.line(key)) & set("<>"):
            source.refuse(
                key, mark("{where}: “{key}” must be at most {longest} characters without < and >, but is {found}"),
                longest=LONGEST,
            )  # fmt: skip
    if not re.fullmatch(r"(https?://[^\s\"'\\]+)?", source.line("site_url")):
        source.refuse(
            "site_url", mark("{where}: “{key}” must be a web address, but is {found}"),
            mark("write it like https://grid.example.org/"),
        )  # fmt: skip


def with_inherited(path: Path, own: Document, seen: tuple[Path, ...]) -> Document:
    """Return the configuration at `path` with what it takes from the files that it INHERITs, as MkDocs merges them.

    A folder is where the file that names it says, which MkDocs would look for beside the first file of all.
    """
    name = own.value.get("INHERIT")
    above = parent(path, name)
    if not isinstance(name, str) or above in seen:
        return own
    try:
        inherited = yaml_document(above)
    except BuilderError:  # the engine says what is wrong with it
        return own
    whole = with_inherited(above, replaced(inherited, placed(above, inherited.value)), (*seen, above))
    return Document(own.name, merged(whole.value, own.value), lambda: {**elsewhere(whole), **own.positions})


def replaced(document: Document, value: dict[str, Any]) -> Document:
    """Return a document that holds something else in the same places."""
    return Document(document.name, value, lambda: document.positions)


def elsewhere(document: Document) -> dict[Pointer, Position]:
    """Return the places of a document as they are told from another file."""
    return {way: at._replace(path=at.path or document.name) for way, at in document.positions.items()}


def placed(path: Path, value: object) -> dict[str, Any]:
    """Return an inherited configuration with its folders written out from the root."""
    found = dict(value) if isinstance(value, dict) else {}
    theme = found.get("theme")
    if isinstance(found.get("docs_dir"), str):
        found["docs_dir"] = str(path.parent / found["docs_dir"])
    if isinstance(theme, dict) and isinstance(theme.get("custom_dir"), str) and theme["custom_dir"]:
        found["theme"] = {**theme, "custom_dir": str(path.parent / theme["custom_dir"])}
    return found


def merged(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return both configurations together, object by object; what is said twice is as `own` says."""
    found = {**inherited, **own}
    for key in inherited.keys() & own.keys():
        if isinstance(inherited[key], dict) and isinstance(own[key], dict):
            found[key] = merged(inherited[key], own[key])
    return found


def present(source: Properties) -> Properties:
    return replace(source, source={key: v for key, v in source.source.items() if v is not None})


def is_text(source: Properties, key: str) -> bool:
    return isinstance(source.source.get(key), str)


def folder(source: Properties, key: str, path: Path, default: str) -> Path:
    """Return the folder that a property names, relative to the configuration at `path`."""
    found = Path(os.path.realpath(path.parent / source.line(key, default)))
    try:
        is_there = found.is_dir()
    except OSError:  # a name that is too long, a folder without permission
        is_there = False
    if not is_there:
        raise BuilderError(
            mark("{path}: the folder {folder} does not exist"),
            mark("correct {key}; it is relative to the configuration"),
            path=source.at(key), folder=shown(found), key=key,
        )  # fmt: skip
    return found


def language(theme: Properties) -> str:
    code = theme.line("language", "en")
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", code):
        return theme.instead(
            "en", "language", mark("{where}: “{key}” must be the code of a language, but is {found}"),
            mark("write it like zh or en"),
        )  # fmt: skip
    return code


def engine(ours: Properties) -> str:
    """Return the module that is run as the engine: a name with dots, so no path and no option can stand there."""
    module = ours.line("engine", "mkdocs")
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*", module):
        return ours.instead(
            "mkdocs", "engine", mark("{where}: “{key}” must be the name of a Python module, but is {found}"),
            mark("write mkdocs or properdocs"),
        )  # fmt: skip
    return module


def security(ours: Properties) -> str:
    """Return the address at which somebody hears of a hole in the site: one line of security.txt."""
    address = ours.line("security")
    if not re.fullmatch(r"((https://|mailto:|tel:)[!-~]+)?", address):
        return ours.instead(
            "", "security", mark("{where}: “{key}” must be an address, but is {found}"),
            mark("write it like mailto:security@example.org or https://example.org/contact"),
        )  # fmt: skip
    return address


def reminders(ours: Properties) -> tuple[tuple[str, date], ...]:
    """Return name and last day of each thing to be reminded of."""
    found = {}
    for name, value in ours.inner("reminders").source.items():
        try:
            found[str(name)] = day(name, value)
        except ValueError:
            ours.refuse_at(
                (*ours.pointer, "reminders", name), mark("{where}: “{name}: {value}” is no name with a date"),
                mark("write it like: the domain: 2026-10-31"), name=shown(name), value=shown(value),
            )  # fmt: skip
    return tuple(found.items())


def day(name: object, value: object) -> date:
    """Return the day of a reminder. Raises ValueError for a day that is none, and for one of nothing."""
    if not isinstance(name, str) or not name.strip() or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        raise ValueError(name)
    return date.fromisoformat(str(value))


def nav(source: Properties) -> tuple[object, ...] | None:
    if "nav" not in source or is_tagged(source.source["nav"]):
        return None
    return tuple(source.items("nav"))
