"""Translation of every sentence that a person reads. Babel is used here and nowhere else.

Message ids are English sentences, so English needs no catalogue of its own. A `Translator` is a plain
value handed down as an argument: nothing is installed globally.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from builder.model.legible import Passage, shown
from builder.model.message import Message

__all__ = ["LOCALES", "Translator", "fill", "mark", "said", "translator", "words"]

LOCALES = Path(__file__).parent / "locale"

Translator = Callable[[str], str]


def mark(message: str) -> str:
    """Return `message` unchanged; the name tells Babel's extractor to collect it."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue for a Material language code: `zh`, `zh-TW` and `zh_CN` all find `zh`."""
    path = LOCALES / language.replace("-", "_").split("_")[0] / "LC_MESSAGES" / "mingge.po"
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translator(language: str) -> Translator:
    """Return the function that turns an English message id into `language` (unknown: English)."""
    return catalogue(language).gettext


SEPARATOR = mark(", ")


def fill(translate: Translator, text: str, values: Mapping[str, object]) -> str:
    """Translate `text` and put `values` in its `{named}` places ; a tuple becomes a list in words.

    Without values the text stands for itself, braces included.
    """
    if not text or not values:
        return translate(text) if text else ""
    return translate(text).format(**{name: words(translate, value) for name, value in values.items()})


def said(translate: Translator, message: Message) -> tuple[str, str]:
    """Return what is wrong, and what to do about it (may be empty), in words."""
    return fill(translate, message.text, message.values), fill(translate, message.hint, message.values)


def words(translate: Translator, value: object) -> str:
    """Return a value as it is read, in one plain line: the items of a tuple with the language's own comma between.

    A message among the values is a part of the sentence that is translated itself.
    """
    if isinstance(value, Message):
        return fill(translate, value.text, value.values)
    if isinstance(value, tuple):
        return translate(SEPARATOR).join(words(translate, item) for item in value)
    return str(value) if isinstance(value, Passage) else shown(value)
