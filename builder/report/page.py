"""The report as one HTML page that needs nothing else: no network, no script, no font; it prints on A4.

Always holds: whatever a cell, a file or a schema says is text in it (Jinja's autoescape), and a name that the template
does not know is a bug, not an empty place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builder.language import fill, translator
from builder.report.document import Document, Item, where

__all__ = ["as_html"]

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def as_html(document: Document) -> str:
    """Return the page. Its first line tells it from any other HTML (see `release.write_report`)."""
    translate = translator(document.language)

    def say(text: str, **values: object) -> str:
        return fill(translate, text, values)

    def at(item: Item) -> str:
        return where(item, translate)

    text, values = document.verdict
    verdict = fill(translate, text, values)
    return environment().get_template("report.html").render(document=document, verdict=verdict, at=at, _=say, has=has)


def has(items: tuple[Item, ...]) -> Mapping[str, bool]:
    """Return which columns a table of findings needs."""
    return {
        "value": any(item.value for item in items),
        "mended": any(item.mended for item in items),
        "wrong": len({item.wrong for item in items}) > 1,
        "fix": len({item.fix for item in items}) > 1,
    }
