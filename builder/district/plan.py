"""What a new district is made from. Nothing else decides what is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["Area", "Plan"]

NAME = re.compile(r"\w[\w ·—()（）.'-]{0,59}")
"""A name goes into YAML, Markdown and JSON, and is a name in each."""

ADDRESS = re.compile(r"(https?://[\w.-]+(:[0-9]+)?/([\w./~-]*/)?)?", re.ASCII)


class Area(NamedTuple):
    """A district, street or community; the `parent_code` of the topmost is empty."""

    code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A district's name, areas, language (zh or en), site address ("" for none yet) and first day.

    `areas`: parents first. `program`: what pip is to install.
    """

    name: str
    areas: tuple[Area, ...]
    language: str
    url: str
    day: date
    program: str

    def __post_init__(self) -> None:
        """Raise BuilderError for a name or an address that cannot stand on every page."""
        if not NAME.fullmatch(self.name):
            raise BuilderError(
                mark("“{name}” cannot be the name of a district"),
                mark("use at most 60 letters, digits, spaces and hyphens, such as 清江浦区"),
                name=self.name,
            )
        if not ADDRESS.fullmatch(self.url):
            raise BuilderError(
                mark("“{url}” cannot be the address of a site"),
                mark("write it like https://grid.example.org/, with a slash at the end"),
                url=self.url,
            )
