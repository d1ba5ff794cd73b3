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
from builder.load.yaml_file import Tagged, yaml_value

__all__ = ["sources"]

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
        # as MkDocs finds it
        parent = Path(os.path.normpath(found[-1].parent / str(value["INHERIT"])))
        if parent in found:
            break
        found.append(parent)
        try:
            value = yaml_value(parent)
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
