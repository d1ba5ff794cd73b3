"""The files that make up the configuration of the engine, and whether the engine reads nothing besides.

MkDocs takes what a configuration INHERITs from another file, and so on. Hooks, plugins, some Markdown extensions and
the tag !ENV let it read anything: files elsewhere, the network, the environment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.load.yaml_file import Tagged, with_top, yaml_value
from builder.shipped import shipped

__all__ = ["copies", "parent", "sources"]

OURS = "mingge"
"""What INHERIT names where it means the configuration that comes with the program, wherever that is installed."""

CONFIGURATION = "mkdocs.yml"
COPY = "inherited-{}.yml"
"""What the copies for the engine are called."""

# Named one by one: what is not known to read nothing else is taken to read everything.
PLUGINS = {"search"}
STANDARD = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks"
)
EXTENSION = re.compile(
    rf"(markdown\.extensions\.)?({STANDARD.replace(' ', '|')})|pymdownx\.(?!snippets$|b64$)[a-z0-9_.]+"
)
ICONS = "custom_icons"  # a folder of pymdownx.emoji
TAG = re.compile(r"tag:yaml\.org,2002:python/(name|object/apply):(markdown|material|pymdownx)\..+")


def sources(path: Path, value: object) -> tuple[Path, ...]:
    """Return `path`, which holds `value`, and every file that it inherits from, the nearest first.

    () when the engine may read more than these and its folders, or when only the engine can say what is wrong.
    """
    found = [path]
    while isinstance(value, dict) and is_closed(value):
        if "INHERIT" not in value:
            return tuple(found)
        above = parent(found[-1], value["INHERIT"])
        if above in found:
            break
        found.append(above)
        try:
            value = yaml_value(above)
        except BuilderError:
            break
    return ()


def parent(path: Path, name: object) -> Path:
    """Return the file that the one at `path` means by `INHERIT: name`: ours, or as MkDocs finds it."""
    return shipped(CONFIGURATION) if name == OURS else Path(os.path.normpath(path.parent / str(name)))


def copies(path: Path, value: object) -> tuple[tuple[str, str], ...]:
    """Return name and text of `path`, which holds `value`, and of what it inherits, down to what inherits ours.

    The engine does not know what INHERIT: mingge means. In these texts it names files, which are to lie in one folder:
    the next of them, and at last ours. () where nothing inherits ours and the engine can read the files themselves.
    """
    seen = [path]
    while isinstance(value, dict) and isinstance(value.get("INHERIT"), str):
        above = parent(seen[-1], value["INHERIT"])
        if value["INHERIT"] == OURS:
            names = [COPY.format(number) for number in range(len(seen))]
            follow = zip(names, seen, [*names[1:], str(above)], strict=True)
            return tuple((name, with_top(it, "INHERIT", then)) for name, it, then in follow)
        if above in seen:
            break
        seen.append(above)
        try:
            value = yaml_value(above)
        except BuilderError:
            break
    return ()


def is_closed(value: Mapping[Any, Any]) -> bool:
    """Say whether nothing in a configuration lets the engine read other files, the network or the environment."""
    extensions = value.get("markdown_extensions")
    return (
        not value.get("hooks")
        and set(named(value.get("plugins"))) <= PLUGINS
        and all(EXTENSION.fullmatch(name) for name in named(extensions))
        and all(TAG.fullmatch(leaf.tag) for leaf in leaves(value) if isinstance(leaf, Tagged))
        and ICONS not in leaves(extensions)
    )


def named(items: object) -> list[str]:
    """Return the names of plugins or extensions: a list of names and {name: options}, or an object of them."""
    if isinstance(items, dict):
        return [str(name) for name in items]
    if isinstance(items, list):
        return [name for item in items for name in (named(item) if isinstance(item, dict) else [str(item)])]
    return [] if items is None else [str(items)]


def leaves(value: object) -> Iterator[object]:
    """Yield every key and every single value, at any depth."""
    if isinstance(value, dict):
        for pair in value.items():
            for item in pair:
                yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value
