"""The tables of a package, each as its clerk's own workbook with what was found in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from builder import load, report
from builder.checked import Checked
from builder.model import Resource
from builder.model.legible import shown

__all__ = ["coloured", "named", "tables"]


def tables(found: Checked, document: report.Document) -> Mapping[str, Resource]:
    """Return file → table, of all files of tables that something was found in, in the order of the package."""
    package, told = found.tables.package, {file.path for file in document.files}
    files = {
        path.relative_to(package.root).as_posix(): resource
        for resource in package.resources.values()
        for path in resource.paths
    }
    return {path: resource for path, resource in files.items() if shown(path) in told}


def coloured(found: Checked, document: report.Document) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of a workbook for each file of a table with findings; where there is none, of one for all.

    A file that cannot be read as a table has a workbook without its rows, which says why.
    """
    told = tables(found, document)
    for path, resource in told.items():
        try:
            grid = load.grid(path, (found.tables.package.root / path).read_bytes(), resource)
        except OSError:  # there is a finding that says so
            grid = None
        yield path, report.coloured(document, path, grid.rows if isinstance(grid, load.Grid) else None)
    if not told:
        yield "", report.coloured(document, "", None)


def named(path: str, paths: Collection[str]) -> str:
    """Return what the workbook of the file `path` is called: like the file, and as no other of `paths`."""
    short = {item: shown(item.partition(".")[0].replace("/", "-")) for item in paths}
    is_alone = sum(name.lower() == short[path].lower() for name in short.values()) == 1
    return f"{short[path] if is_alone else shown(path.replace('/', '-'))}.xlsx"
