"""The Jinja environment of the pages. Jinja is used here and nowhere else.

Data is always escaped; a name that a template does not have is an error. Messages and labels are
constants, so they are translated while a template is compiled and cost nothing while pages are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from builder.language import Translator
from builder.model import Resource
from builder.site.codegen import Generator, written
from builder.site.formats import formats

__all__ = ["SiteFacts", "Words", "environment"]

PLACE = re.compile(r"%\((\w+)\)s")

Constants = Mapping[str, Callable[..., object]]


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is the same on every page. `url` ends in a slash; dates are ISO text.

    `docs`: paths of the hand-written pages from the site's root: about, metrics, privacy, reading.
    """

    name: str
    url: str
    language: str
    as_of: str
    period_start: str
    period_end: str
    demonstration: bool
    minimum_denominator: int
    docs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """Where a page's words come from: the site, the catalogue of messages and the titles in the schemas."""

    site: SiteFacts
    translate: Translator
    resources: Mapping[str, Resource]


def environment(templates: Path, shells: Mapping[str, str], words: Words) -> Environment:
    """Return an environment in which `shell/<kind>.html` is `shells[kind]` and all else is in `templates`."""
    loaders = [DictLoader({f"shell/{kind}.html": text for kind, text in shells.items()}), FileSystemLoader(templates)]
    titles: Constants = {"label": _labels(words), "noun": _nouns(words)}
    env = _Environment(
        {"gettext": words.translate, "_": words.translate, **titles},
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
    functions = formats(words.translate, words.site.minimum_denominator)
    env.globals.update(titles, site=words.site, **functions)
    env.plain = frozenset(functions)
    return env


# ── constants ────────────────────────────────────────────────────────────────────────────────────


class _Environment(Environment):
    code_generator_class = Generator
    written = staticmethod(written)

    def __init__(self, constant: Constants, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.constant = constant
        self.plain: frozenset[str] = frozenset()

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Fold(self, self.constant).visit(source), name, filename, defer_init)


class _Fold(NodeTransformer):
    """Replaces calls of `constant` functions by what they return.

    A message is plain text: it is escaped like data, and so are the values in its `%(named)s` places.
    """

    def __init__(self, environment: Environment, constant: Constants) -> None:
        self.environment = environment
        self.constant = constant

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [part for child in node.nodes for part in _parts(child)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self.constant or not all(isinstance(argument, nodes.Const) for argument in node.args):
            return node
        text = str(self.constant[name](*(argument.as_const() for argument in node.args)))
        values = {keyword.key: keyword.value for keyword in node.kwargs}
        pieces = PLACE.split(text) if name in ("_", "gettext") else [text]
        parts = [values[piece] if at % 2 else nodes.Const(piece.replace("%%", "%")) for at, piece in enumerate(pieces)]
        result = nodes.Concat(parts) if len(parts) > 1 else parts[0]
        result.set_lineno(node.lineno).set_environment(self.environment)
        return result


def _parts(child: nodes.Expr) -> list[nodes.Expr]:
    return child.nodes if isinstance(child, nodes.Concat) else [child]


# ── labels ───────────────────────────────────────────────────────────────────────────────────────


def _labels(words: Words) -> Callable[[str, str], str]:
    def label(resource: str, name: str) -> str:
        """Return the title of a field; its name in plain words when the package has no such field."""
        found = words.resources.get(resource)
        return found.schema[name].title if found and name in found.schema else name.replace("_", " ").capitalize()

    return label


def _nouns(words: Words) -> Callable[[str], str]:
    def noun(resource: str) -> str:
        """Return the title of a resource; its name when the package has no such resource."""
        found = words.resources.get(resource)
        return found.title if found else resource.replace("_", " ").capitalize()

    return noun
