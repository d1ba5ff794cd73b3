"""The Jinja environment of the pages. Jinja is used here and nowhere else.

Data is always escaped; a name that a template does not have is an error. Messages and labels are
constants, so they are translated while a template is compiled and cost nothing while pages are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined, nodes

from builder.language import Translator
from builder.model import Held, Resource
from builder.site.codegen import Generator
from builder.site.formats import formats
from builder.site.linked import data_block
from builder.site.markup import Html, Printed
from builder.site.printing import Constants, macros, prepared
from builder.site.qr import qr

__all__ = ["SiteFacts", "Words", "environment"]

LOCALES: Mapping[str, str] = {"zh": "zh_CN", "en": "en_US"}
"""Languages that are written without a country."""


class Card(NamedTuple):
    """What stands beside a page where somebody shares it (Open Graph): a square `picture` of so many `pixels`."""

    kind: str = "website"
    picture: str = "assets/images/card.png"
    pixels: int = 600


CARD = Card()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is the same on every page. `url` ends in a slash; dates are ISO text.

    `docs`: paths of the hand-written pages from the site's root: about, metrics, privacy, reading. `map`: path of the
    map, "" where the package has no shapes of places. `edition`: the folder of what scripts ask for
    (builder/site/lasting.py).
    `formulas`: a definition's anchor → the name of its figure and how it is counted, in words.
    `held`: the files whose newest version is not shown. `updated`: the day on which the last data came, ISO text.
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
    formulas: Mapping[str, tuple[str, str]]
    held: tuple[Held, ...] = ()
    updated: str = ""
    map: str = ""
    edition: str = ""
    timezone: str = "Asia/Shanghai"
    card: Card = CARD

    @property
    def locale(self) -> str:
        """The language with its country, as Open Graph writes it: zh_CN for zh."""
        return LOCALES.get(self.language, self.language.replace("-", "_"))


@dataclass(frozen=True, slots=True)
class Words:
    """Where a page's words come from: the site, the catalogue of messages and the titles in the schemas."""

    site: SiteFacts
    translate: Translator
    resources: Mapping[str, Resource]


def environment(templates: Path, shells: Mapping[str, str], words: Words) -> Environment:
    """Return an environment in which `shell/<kind>.html` is `shells[kind]` and all else is in `templates`."""
    loaders = [DictLoader({f"shell/{kind}.html": text for kind, text in shells.items()}), FileSystemLoader(templates)]
    constants: Constants = {"label": _labels(words), "noun": _nouns(words), "one": _ones(words), "has": _columns(words)}
    env = _Environment(
        words, {"gettext": words.translate, "_": words.translate, **constants},
        loader=ChoiceLoader(loaders),
        autoescape=False,  # printing.py escapes, once per distinct value
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,  # a page asks for some thirty templates, and a cache that forgets none needs no lock
    )
    env.policies["ext.i18n.trimmed"] = True
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
    functions = {
        **formats(words.translate, words.site.minimum_denominator), "linked_data": data_block(words.site.url),
        "qr": qr,
    }  # fmt: skip
    env.globals.update(constants, site=words.site, **functions)
    env.filters.update(printed=Printed().__getitem__, html=Html, text=attrgetter("text"))
    env.functions = frozenset(functions)
    return env


class _Environment(Environment):
    code_generator_class = Generator

    def __init__(self, words: Words, constants: Constants, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.constants = constants
        self.words = (words.translate, *(titles(name, item) for name, item in sorted(words.resources.items())))
        self.functions: frozenset[str] = frozenset()
        self.direct: frozenset[str] = frozenset()

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """Return a template's globals as one dict: Jinja's chain of two is walked for every template of every page."""
        return {**self.globals, **(d or {})}

    def compile(  # type: ignore[override]  # whoever asks for source instead of code is none of us
        self, source: str | nodes.Template, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        """Compile a template as printing.py prepares it: every template comes through here."""
        made_from = (source, name, filename, self.words, self.functions)
        if (known := COMPILED.get(made_from)) is not None:
            return known
        parsed = self.parse(source, name, filename) if isinstance(source, str) else source
        self.direct = self.functions | macros(parsed)
        code = super().compile(prepared(parsed, self, self.constants), name, filename)
        if isinstance(source, str):
            if len(COMPILED) == MOST_COMPILED:
                COMPILED.clear()
            COMPILED[made_from] = code
        return code


COMPILED: dict[object, CodeType] = {}
"""All that a template is compiled from → its code: the environments of one process have most of them in common."""
MOST_COMPILED = 1000


def titles(name: str, resource: Resource) -> tuple[object, ...]:
    """Return what the constants of templates say of a resource."""
    fields = tuple((field.name, field.title, field.publish) for field in resource.schema.fields)
    return name, resource.title, resource.one, fields


# ── labels ───────────────────────────────────────────────────────────────────────────────────────


def _labels(words: Words) -> Callable[..., str]:
    def label(resource: str, *names: str) -> str:
        """Return the title of the first of these fields that the package has; else the first name in plain words."""
        found = words.resources.get(resource)
        titles = (found.schema[name].title for name in names if found and name in found.schema)
        return next(titles, names[0].replace("_", " ").capitalize())

    return label


def _columns(words: Words) -> Callable[[str, str], str]:
    def has(resource: str, name: str) -> str:
        """Return whether the package has the column and publishes it, or counts of it: "yes" or ""."""
        found = words.resources.get(resource)
        return "yes" if found and name in found.schema and found.schema[name].publish != "never" else ""

    return has


def _nouns(words: Words) -> Callable[[str], str]:
    def noun(resource: str) -> str:
        """Return the title of a resource; its name when the package has no such resource."""
        found = words.resources.get(resource)
        return found.title if found else resource.replace("_", " ").capitalize()

    return noun


def _ones(words: Words) -> Callable[[str], str]:
    def one(resource: str) -> str:
        """Return what one row of a resource is called in a sentence; the resource's name when it is not there."""
        found = words.resources.get(resource)
        return found.one if found else resource.replace("_", " ")

    return one
