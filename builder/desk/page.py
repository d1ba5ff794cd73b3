"""The pages of the desk as HTML. Jinja escapes all that it is given; there is no other way in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builder.language import Translator

__all__ = ["STATIC", "Printer"]

HERE = Path(__file__).parent
STATIC: Mapping[str, str] = {
    "desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8",
    "desk.svg": "image/svg+xml",
}  # fmt: skip
"""Files that pages may load, and what they are."""


class Printer:
    """Prints views in one language. `root`: from a page to the desk's first page."""

    def __init__(self, translate: Translator, language: str) -> None:
        self.language = language
        self.environment = Environment(
            loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        plural = lambda one, many, count: translate(one if count == 1 else many)  # noqa: E731
        self.environment.install_gettext_callables(translate, plural, newstyle=True)  # type: ignore[attr-defined]

    def page(self, template: str, view: object, root: str) -> str:
        """Return the page of `view`."""
        return self.environment.get_template(template).render(view=view, root=root, language=self.language)

    @staticmethod
    def static(name: str) -> bytes:
        """Return one of STATIC."""
        return (HERE / "static" / name).read_bytes()
