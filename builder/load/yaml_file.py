"""A YAML file as plain values. PyYAML is used here and nowhere else.

Always holds: nothing that a tag names is ever run, the values are a tree of bounded size and depth whatever
anchors the file uses, and no exception of PyYAML's leaves this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from builder.errors import BuilderError
from builder.language import mark
from builder.load.files import text
from builder.load.names import shown

__all__ = ["Tagged", "yaml_value"]

LARGEST = 10**6
"""Bytes."""

DEEPEST = 32
"""Levels of lists and objects."""

MOST = 20_000
"""Values, each counted as often as an alias repeats it: a few aliases of aliases write billions."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value with a tag such as !ENV, which only the engine understands."""

    tag: str

    def __str__(self) -> str:
        return self.tag


class OddError(yaml.YAMLError):
    """YAML that PyYAML takes and we do not: a message id and its values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class Loader(yaml.SafeLoader):
    """Reads a MkDocs configuration, and counts while it composes: afterwards it would be too late."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.depth = 0
        self.count = 0
        self.counts: dict[yaml.Node, int] = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next node. Raises OddError when it stands in itself, too deep, or is one too many."""
        is_alias = self.check_event(yaml.AliasEvent)
        before, self.depth = self.count, self.depth + 1
        if self.depth > DEEPEST:
            raise OddError(mark("{path}: values are nested more than {deepest} levels deep"), deepest=DEEPEST)
        node = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None:
            self.tally(node, before, is_alias)
        return node

    def tally(self, node: yaml.Node, before: int, is_alias: bool) -> None:
        """Count a node with all that it holds. Raises OddError."""
        if not is_alias:
            self.count += 1
            self.counts[node] = self.count - before
        elif node in self.counts:
            self.count += self.counts[node]
        else:
            raise OddError(mark("{path}: an alias repeats the object that it stands in"))
        if self.count > MOST:
            raise OddError(mark("{path}: more than {most} values, counting those that aliases repeat"), most=MOST)


Loader.add_multi_constructor("", lambda _loader, suffix, _node: Tagged(suffix))


def yaml_value(path: Path) -> Any:
    """Return what a YAML file holds, with `Tagged` for what has a tag. Raises BuilderError naming the file."""
    source = text(path, LARGEST, mark("name the site’s configuration with --config"))
    hint = mark("look at that place, or compare with the project’s mkdocs.yml")
    try:
        return parsed(source)
    except OddError as error:
        raise BuilderError(error.message, hint, path=shown(path), **error.values) from None
    except yaml.YAMLError as error:
        message = mark("{path}: not valid YAML ({error})")
        raise BuilderError(message, hint, path=shown(path), error=shown(" ".join(str(error).split()))) from None


def parsed(source: str) -> Any:
    """Return the value of a YAML text. Raises YAMLError, OddError."""
    try:
        return yaml.load(source, Loader)  # noqa: S506 - a SafeLoader
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # PyYAML lets its own conversions fail as they like: a 13th month, !!int of a word, 10,000 digits
        raise OddError(mark("{path}: a value cannot be converted ({error})"), error=shown(error)) from None
