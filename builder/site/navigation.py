"""The navigation follows the package: what a site has no page of is not in it, whatever mkdocs.yml names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.model import Kind, SiteConfig
from builder.site import shell

__all__ = ["named", "settings", "titles"]


def settings(
    config: SiteConfig, has: Sequence[Kind[Any]], lacks: Sequence[Kind[Any]], generated: Iterable[str] = ()
) -> Mapping[str, object]:
    """Return the engine's settings `nav` (where mkdocs.yml has one) and `not_in_nav`.

    Entries of pages that the site `lacks` are taken out, and so is a section that would be left empty. Pages that
    the build makes (of kinds, and the Markdown pages `generated`) and mkdocs.yml does not name are said to be left out
    on purpose, so that the engine complains of hand-written ones alone: a district that wrote its navigation before the
    program had a page need not change it.
    """
    absent = {shell.of(kind).source for kind in lacks}
    nav = kept(config.nav, absent) if config.nav is not None else None
    made = [*(shell.of(kind).source for kind in has), *sorted(generated)]
    unnamed = [f"/{name}" for name in made if name not in set(named(nav or ()))]
    not_in_nav = "\n".join([*config.not_in_nav.split(), *(unnamed if nav is not None else ())])
    return {"not_in_nav": not_in_nav, **({"nav": nav} if nav is not None else {})}


def kept(items: Sequence[object], absent: set[str]) -> list[object]:
    """Return the navigation without the pages in `absent`: an item is a page, {title: page} or {title: [items]}."""
    found: list[object] = []
    for item in items:
        if isinstance(item, dict):
            entries = {title: below(inner, absent) for title, inner in item.items()}
            if rest := {title: inner for title, inner in entries.items() if inner not in (None, [])}:
                found.append(rest)
        elif item not in absent:
            found.append(item)
    return found


def below(inner: object, absent: set[str]) -> object:
    """Return what stands under a title; None for a page that is absent."""
    if isinstance(inner, list):
        return kept(inner, absent)
    return None if inner in absent else inner


def named(items: Sequence[object]) -> list[str]:
    """Return every page that the navigation names."""
    found: list[str] = []
    for item in items:
        for inner in item.values() if isinstance(item, dict) else (item,):
            found += named(inner) if isinstance(inner, list) else [str(inner)]
    return found


def titles(items: Sequence[object]) -> dict[str, str]:
    """Return page → what the navigation calls it, of the pages for which it has a name."""
    found: dict[str, str] = {}
    for item in items:
        for title, inner in item.items() if isinstance(item, dict) else ():
            found |= titles(inner) if isinstance(inner, list) else {str(inner): str(title)}
    return found
