"""Contexts to HTML files: one template a context, one file a page, each written once."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path

from jinja2 import Environment, TemplateError

from builder.errors import BuilderError
from builder.language import mark
from builder.model import Json, Planned

__all__ = ["Writer"]


class Writer:
    """Writes pages below a target folder."""

    def __init__(self, environment: Environment, target: Path) -> None:
        self.environment, self.target = environment, target

    def page(self, planned: Planned) -> None:
        """Render a page to <target>/<its path>index.html, in its kind's shell. A faulty template is a BuilderError."""
        template, context = f"pages/{planned.template}", planned.context
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        values["frame"] = f"shell/{planned.kind}.html"
        try:
            html = self.environment.get_template(template).render(values)
        except (TemplateError, AttributeError) as error:  # a name that a context does not have
            place = f"{getattr(error, 'filename', None) or template}:{getattr(error, 'lineno', '')}"
            raise BuilderError(
                mark("the template {template} cannot be rendered ({error})"), mark("see {place}"),
                template=template, error=str(error), place=place,
            ) from error  # fmt: skip
        if ".." in context.head.path.split("/"):
            raise ValueError(f"a page outside the site: {context.head.path}")  # places.codes lets no such code through
        folder = f"{self.target}/{context.head.path}"
        make_folder(folder)
        put(f"{folder}index.html", html)

    def document(self, path: str, value: Json) -> None:
        """Write `value` as JSON to <target>/<path>."""
        self.text(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")

    def text(self, path: str, text: str) -> None:
        """Write a text to <target>/<path>, beside a page that is there."""
        put(f"{self.target}/{path}", text)


def make_folder(path: str) -> None:
    """Make a folder that is mostly new, in a folder that mostly exists."""
    try:
        os.mkdir(path)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)


def put(path: str, text: str) -> None:
    """Write a file: Path objects and text mode would cost as much again as the system calls."""
    with open(path, "wb") as file:
        file.write(text.encode("utf-8"))
