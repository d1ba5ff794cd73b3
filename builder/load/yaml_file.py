"""A YAML file as plain values. PyYAML is used here and nowhere else.

Always holds: nothing that a tag names is ever run, the values are a tree of bounded size and depth whatever
anchors the file uses, and no exception of PyYAML's leaves this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from builder.errors import BuilderError
from builder.language import mark
from builder.load.document import Document, Pointer, Position
from builder.load.files import text
from builder.load.names import shown
from builder.model import Message

__all__ = ["Tagged", "with_top", "yaml_document", "yaml_value"]

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


PROBLEMS: tuple[tuple[str, str], ...] = (
    ("found character '\\t'", mark("a tab stands where YAML takes spaces only")),
    (
        "mapping values are not allowed here",
        mark("a colon stands in a text without quotation marks, or the line is indented too far"),
    ),
    ("expected <block end>", mark("the line is indented like none above it")),
    ("could not find expected ':'", mark("a colon is missing behind a name")),
    ("found unexpected end of stream", mark("a quotation mark or a bracket is never closed")),
    ("while scanning a quoted scalar", mark("a quotation mark is never closed")),
    ("found undefined alias", mark("an alias names what stands nowhere above")),
)  # fmt: skip
"""How PyYAML begins what it says, and what that means."""


class OddError(yaml.YAMLError):
    """YAML that PyYAML takes and we do not: a message id, its values, and where it stands."""

    def __init__(self, message: str, mark: yaml.Mark | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
        self.problem_mark = mark


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
            here = parent.start_mark if parent else None
            raise OddError(mark("{path}: values are nested more than {deepest} levels deep"), here, deepest=DEEPEST)
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
            raise OddError(mark("{path}: an alias repeats the object that it stands in"), node.start_mark)
        if self.count > MOST:
            raise OddError(
                mark("{path}: more than {most} values, counting those that aliases repeat"), node.start_mark, most=MOST
            )
        self.refuse_twice(node)

    def refuse_twice(self, node: yaml.Node) -> None:
        """Raise OddError for a name that stands twice in one object: the first one would be passed over."""
        seen: set[str] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and key.value in seen and key.value != "<<":
                raise OddError(
                    mark("{path}: “{key}” stands twice in one object"), key.start_mark, key=shown(str(key.value))
                )
            if isinstance(key, yaml.ScalarNode):
                seen.add(key.value)


Loader.add_multi_constructor("", lambda _loader, suffix, _node: Tagged(suffix))


def yaml_value(path: Path) -> Any:
    """Return what a YAML file holds, with `Tagged` for what has a tag. Raises BuilderError naming the file."""
    return yaml_document(path).value


def yaml_document(path: Path) -> Document:
    """Return the same with the places of its values. Raises BuilderError naming file, line and column."""
    source = text(path, LARGEST, mark("name the site’s configuration with --config"))
    hint = mark("look at that place, or compare with the project’s mkdocs.yml")
    try:
        value, node = parsed(source)
    except OddError as error:
        raise BuilderError(error.message, hint, path=located(path, error), **error.values) from None
    except yaml.YAMLError as error:
        raise BuilderError(
            mark("{path}: not valid YAML ({error})"), hint, path=located(path, error), error=meant(error)
        ) from None
    return Document(shown(path), value, lambda: dict(places(node)))


def with_top(path: Path, key: str, value: str) -> str:
    """Return the text of a YAML file in which `key` of the outermost object has the text `value`, the rest as it is.

    A value that stands elsewhere (an alias) is left as it is. Raises BuilderError as `yaml_value` does.
    """
    yaml_value(path)
    source = text(path, LARGEST, "")
    _, node = parsed(source)
    for name, item in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key and item.start_mark.index >= name.end_mark.index:
            # JSON is YAML
            return source[: item.start_mark.index] + json.dumps(value) + source[item.end_mark.index :]
    return source


def located(path: Path, error: yaml.YAMLError) -> str:
    """Return file, line and column of an error, as far as they are known."""
    at = getattr(error, "problem_mark", None)
    return f"{shown(path)}:{at.line + 1}:{at.column + 1}" if at else shown(path)


def meant(error: yaml.YAMLError) -> Message | str:
    """Return what PyYAML says in words that can be translated, as far as they are known."""
    said = [str(text) for text in (getattr(error, "context", None), getattr(error, "problem", None)) if text]
    for start, words in PROBLEMS:
        if any(text.startswith(start) for text in said):
            return Message(words)
    return shown(", ".join(said) or " ".join(str(error).split()))


def places(node: yaml.Node | None, way: Pointer = ()) -> Iterator[tuple[Pointer, Position]]:
    """Yield pointer and place of every value; of what an alias repeats, the place of the first."""
    if node is None:
        return
    if not way:
        yield way, placed(node)
    items = node.value if isinstance(node, yaml.MappingNode | yaml.SequenceNode) else ()
    for number, item in enumerate(items):
        name, key, value = (
            (item[0].value, item[0], item[1]) if isinstance(node, yaml.MappingNode) else (number, item, item)
        )
        if isinstance(name, str | int):
            yield (*way, name), placed(key)
            yield from places(value, (*way, name))


def placed(node: yaml.Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


def parsed(source: str) -> tuple[Any, yaml.Node | None]:
    """Return the value of a YAML text, and the tree it was made from. Raises YAMLError, OddError."""
    loader = Loader(source)
    try:
        node = loader.get_single_node()
        return (None if node is None else loader.construct_document(node)), node
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # PyYAML lets its own conversions fail as they like: a 13th month, !!int of a word, 10,000 digits
        raise OddError(mark("{path}: a value cannot be converted ({error})"), error=shown(error)) from None
    finally:
        loader.dispose()
