"""What a build without an engine must know of mkdocs.yml: the extensions of Markdown, and what makes the frame."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from builder.load.properties import Properties
from builder.load.yaml_file import Tagged

__all__ = ["extensions", "frame", "is_tagged"]

Options = Mapping[str, object] | None
"""None: only the engine can read them."""


def extensions(source: Properties) -> tuple[tuple[str, Options], ...]:
    """Return name and options of each extension; what is no name is the engine's to refuse."""
    listed = source.source.get("markdown_extensions") or []
    more = source.source.get("mdx_configs") or {}
    found = dict(entries(listed))
    return tuple((name, options(more.get(name) if isinstance(more, dict) else None, given))
                 for name, given in found.items())  # fmt: skip


def entries(listed: object) -> Iterator[tuple[str, object]]:
    """Yield what a list of names and {name: options}, or an object of them, says."""
    if isinstance(listed, dict):
        yield from ((str(name), given) for name, given in listed.items())
    for item in listed if isinstance(listed, list) else ():
        yield from entries(item) if isinstance(item, dict) else [(str(item), None)]


def options(*given: object) -> Options:
    found: dict[str, object] = {}
    for each in given:
        if is_tagged(each):
            return None
        found |= each if isinstance(each, dict) else {}
    return found


def is_tagged(value: object) -> bool:
    """Return whether a tag stands anywhere in `value`."""
    if isinstance(value, dict):
        return any(is_tagged(item) for pair in value.items() for item in pair)
    return any(map(is_tagged, value)) if isinstance(value, list) else isinstance(value, Tagged)


FRAME = ("copyright", "extra", "extra_css", "extra_javascript", "markdown_extensions", "mdx_configs", "nav", "theme")
"""The settings that the frame of a page, or a page that has not changed, is made from."""


def frame(whole: Mapping[str, object]) -> str:
    """Return a digest of what a configuration says of the frame of a page; `extra.mingge` is the build's own."""
    found = {name: whole.get(name) for name in FRAME}
    found["extra"] = {name: value for name, value in items(found["extra"]) if name != "mingge"}
    found["theme"] = {name: value for name, value in items(found["theme"]) if name != "custom_dir"}
    return hashlib.sha256(repr(found).encode("utf-8", "surrogatepass")).hexdigest()


def items(value: object) -> list[tuple[object, object]]:
    return list(value.items()) if isinstance(value, dict) else [("", value)]
