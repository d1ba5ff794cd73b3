"""The data package as its descriptor states it, and the site’s configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from builder.model.geometry import GeometryFile
from builder.model.header import plain_header

__all__ = ["Field", "ForeignKey", "Package", "Resource", "Schema", "Settings", "SiteConfig", "Steadiness"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema. `descriptor` is the whole Table Schema object, for Frictionless.

    `attachment`: its cells name files of the package (see `model.attachment`). `vote_score`: what one vote counts in a
    score, in hundredths of the full score. `opaque`: what it says of order, number or day is not for the public, so
    intake puts something else in its place. `phone`: "work" where its cells hold telephone numbers of offices;
    `official`: the boolean field that says of a row that its number is an office's even if it is a mobile, "" for none.
    """

    name: str
    title: str
    description: str
    type: str
    publish: Literal["public", "counts", "never"]
    required: bool
    fix: str
    aliases: tuple[str, ...]
    labels: Mapping[str, str]
    roles: Mapping[str, frozenset[str]]
    vote: str
    descriptor: Mapping[str, Any]
    attachment: bool = False
    vote_score: int | None = None
    opaque: bool = False
    phone: str = ""
    official: str = ""

    def label(self, value: str) -> str:
        """Return the words for one value of an enumeration (Table Schema `categories`), or the value."""
        return self.labels.get(value, value)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`field` of this resource holds values of `target_field` in `target` (its own name for itself)."""

    field: str
    target: str
    target_field: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A Table Schema with this project’s own properties (docs/developers.md)."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]

    def __getitem__(self, name: str) -> Field:
        """Return the field called `name`; KeyError when the schema has none."""
        for item in self.fields:
            if item.name == name:
                return item
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(item.name == name for item in self.fields)

    def named(self, header: str) -> Field | None:
        """Return the field that a header means: its name, title or an alias, however it is spaced and bracketed."""
        meant = plain_header(header)
        for item in self.fields:
            if meant in {plain_header(text) for text in (item.name, item.title, *item.aliases)}:
                return item
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields’ names, in the schema’s order."""
        return tuple(item.name for item in self.fields)

    @property
    def is_public(self) -> bool:
        """Whether every column is shown as it is."""
        return all(item.publish == "public" for item in self.fields)

    def values(self, name: str, role: str) -> frozenset[str]:
        """Return the values of field `name` that play `role`; empty where the schema names none."""
        return self[name].roles.get(role, frozenset()) if name in self else frozenset()


FEWER_PCT = 5
"""Rows that may be missing where nobody has said how many, in per cent of those before."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How far a table may differ from what the last release had of it before staff are told.

    `fewer_rows_pct`, `more_rows_pct`: rows, in per cent of those before; `emptied_points`: the share of filled cells of
    a column, in percentage points; `new_rows_days`: days after which there should be a new row. None: as documented in
    `check/since.py`.
    """

    fewer_rows_pct: int | None = None
    more_rows_pct: int | None = None
    emptied_points: int | None = None
    new_rows_days: int | None = None

    def is_loss(self, before: int, gone: int, *, is_tree: bool) -> bool:
        """Return whether more rows are gone, of those `before`, than usually go; of the tree none do."""
        usual = 0 if is_tree else FEWER_PCT
        return gone * 100 > (usual if self.fewer_rows_pct is None else self.fewer_rows_pct) * before


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of the package. `paths` are the CSV files, inside the package's folder, in order.

    `singular`: what one row is called in a sentence, "" where the language does not ask, or the package does not say.
    """

    name: str
    title: str
    description: str
    path: str
    paths: tuple[Path, ...]
    minimum_rows: int
    schema: Schema
    singular: str = ""
    steadiness: Steadiness = Steadiness()

    @property
    def one(self) -> str:
        """What one row is called."""
        return self.singular or self.title


@dataclass(frozen=True, slots=True)
class Settings:
    """The `mingge` object of datapackage.json: what a district decides about its own figures.

    `nested_codes`: a grid's code begins with its area's. `severities`: code of a check → why it is but a warning here.
    `repository`: who may read the package, public or private. `minimum_cell`: the smallest count of persons' cases that
    is shown; `closing_days`: days after a quarter's end until its counts are made.
    `allowed_hosts`: where addresses in cells may lead, `*.example.org` for all below; () for anywhere on the web.
    `shown_releases`: whose changes are told one by one. `stale_days`: after so many without data every page says so.
    `held_fewer_rows_pct`: a file that loses such a share of its rows at once is held back for somebody to look at.
    `geometry`: the file that holds the shapes of places, None where the package has none. `places`: where the
    descriptor states as_of, and each code of `severities`, as file:line:column and property, for messages about them.
    """

    as_of: date | None
    demonstration: bool
    timezone: str
    calendar: str
    period_months: int
    minimum_denominator: int
    minimum_ballots: int
    minimum_ranked: int
    nested_codes: bool = True
    severities: Mapping[str, str] = field(default_factory=dict)
    allowed_hosts: tuple[str, ...] = ()
    repository: Literal["public", "private"] = "public"
    minimum_cell: int = 5
    closing_days: int = 15
    shown_releases: int = 30
    stale_days: int = 30
    held_fewer_rows_pct: int = 30
    geometry: GeometryFile | None = None
    places: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_public(self) -> bool:
        """Whether anybody may read the package itself; one that does not say is taken for such."""
        return self.repository == "public"

    @property
    def unwanted(self) -> tuple[str, ...]:
        """The `publish` of columns that may have no cells: whoever may read the package, nobody needs never."""
        return ("never", "counts") if self.is_public else ("never",)


@dataclass(frozen=True, slots=True)
class Package:
    """A data package whose descriptor and schemas were read and found whole. `left`: files that are not to be read."""

    root: Path
    name: str
    title: str
    description: str
    settings: Settings
    resources: Mapping[str, Resource]
    descriptor: Mapping[str, Any]
    left: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the build needs to know from mkdocs.yml; everything else in it is the engine’s business.

    `nav` is the list as it stands there, None when there is none or when only the engine can read it (a tag);
    `not_in_nav` holds patterns like those of .gitignore, one a line. `sources` are all the files that the engine takes
    its configuration from, none when that lets it read more than these, `docs` and `theme`. `security`: whom to tell
    about a hole in the site, an address (https:, mailto: or tel:), "" for nobody. `reminders`: name and last day of
    what the maintainers want to be reminded of.

    Where the configuration inherits the program's own (`INHERIT: mingge`), `rewritten` are names and texts of files
    in which that stands as the engine understands it (`load/inherited.py`), and `lender` has the program's own pages.

    What only a frozen shell needs: `description` of the site, `exclude_docs`, patterns like those of `not_in_nav`,
    `extensions` of Markdown with their options, None for options that only the engine can read, and `frame`: a digest
    of all that stands in the frame of a page.
    """

    path: Path
    language: str
    name: str
    url: str
    docs: Path
    theme: Path
    templates: Path
    engine: tuple[str, ...]
    nav: tuple[object, ...] | None = None
    not_in_nav: str = ""
    sources: tuple[Path, ...] = ()
    security: str = ""
    reminders: tuple[tuple[str, date], ...] = ()
    rewritten: tuple[tuple[str, str], ...] = ()
    lender: Path | None = None
    description: str = ""
    exclude_docs: str = ""
    extensions: tuple[tuple[str, Mapping[str, object] | None], ...] = ()
    frame: str = ""
