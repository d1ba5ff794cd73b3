"""Contexts to HTML files: one template a context, one file a page, each written once."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["Writer"]


class Writer:
    """Writes pages below a target folder and remembers their paths, in order."""

    def __init__(self, environment: Environment, target: Path) -> None:
        self.environment, self.target = environment, target
        self.paths: list[str] = []

    def page(self, template: str, context: Any) -> None:
        """Render `context` to <target>/<context.head.path>index.html. A faulty template is a BuilderError."""
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        try:
            html = self.environment.get_template(template).render(values)
        except (TemplateError, AttributeError) as error:  # a name that a context does not have
            place = f"{getattr(error, 'filename', None) or template}:{getattr(error, 'lineno', '')}"
            raise BuilderError(
                mark("the template {template} cannot be rendered ({error})"), mark("see {place}"),
                template=template, error=error, place=place,
            ) from error  # fmt: skip
        if ".." in context.head.path.split("/"):
            raise ValueError(f"a page outside the site: {context.head.path}")  # checks.codes lets no such code through
        folder = f"{self.target}/{context.head.path}"
        os.makedirs(folder, exist_ok=True)
        put(f"{folder}index.html", html)
        self.paths.append(context.head.path)

    def document(self, path: str, value: Mapping[str, Any]) -> None:
        """Write `value` as JSON to <target>/<path>."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        put(f"{self.target}/{path}", text + "\n")


def put(path: str, text: str) -> None:
    """Write a file: Path objects and text mode would cost as much again as the system calls."""
    with open(path, "wb") as file:
        file.write(text.encode("utf-8"))
