"""From a package to the forms of its tables: files are read, and nothing is judged.

A form is what a package without a single row begins with, so it asks for no more than descriptor and schemas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from builder import forms, gate, load
from builder.errors import BuilderError
from builder.language import Translator, mark
from builder.subjects import SUBJECTS

__all__ = ["Template", "templates"]

UNFILLED = {gate.WAIVERS, *(item.resource for it in SUBJECTS for item in (it.statistics, it.kept) if item)}
"""Tables that are no business of staff: what the program counts, and what a reviewer lets pass."""


class Template(NamedTuple):
    """The form of a table, an .xlsx file; `missing`: a sentence for each list that could not be made."""

    title: str
    data: bytes
    missing: tuple[str, ...]


def templates(
    datasets: Path, names: Sequence[str], translate: Translator, *, with_rows: bool = False
) -> Iterator[Template]:
    """Yield the form of each table that `names` mean (none: of all that staff fill in), with its rows or without.

    Raises BuilderError for a package or a table that cannot be used.
    """
    package = load.package(datasets, ())
    every = tuple(name for name in package.resources if name not in UNFILLED)
    for resource in forms.resources(package, names or every):
        wanted = {name: package.resources[name] for name in forms.needed(package, resource)}
        tables, _ = load.tables(replace(package, resources=wanted))  # what cannot be read is told by `missing`
        if with_rows and resource.name not in tables:
            raise BuilderError(
                mark("{path} cannot be read"), mark("run `mingge check`, mend the file, and ask again"),
                path=resource.path,
            )  # fmt: skip
        data = forms.workbook(package, resource, tables, translate, exempt=(gate.WAIVERS,), with_rows=with_rows)
        yield Template(resource.title, data, forms.missing(package, resource, tables, translate))
