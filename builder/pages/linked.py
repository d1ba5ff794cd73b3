"""What a page is about, in the words of schema.org, and in one sentence: for search engines and for whoever shares it.

Always holds: nothing stands here that the page does not say, and no name of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.language import mark
from builder.model import Download, Figure, Json, Link
from builder.pages.area import AreaPage
from builder.pages.branch import BranchPage
from builder.pages.data import DataPage
from builder.pages.grid import GridPage
from builder.pages.report import Contact
from builder.pages.sources import Sources

__all__ = ["described", "linked"]

LONGEST = 120
"""Characters of a sentence that a card shows."""


def described(source: Sources, page: GridPage | BranchPage | AreaPage) -> str:
    """Return the sentence of a page: its name, its first figures with their counts, and what is overdue."""
    edition = source.edition
    late = sum(item.count for item in page.late) if isinstance(page.late, tuple) else page.late.count
    end = edition.say(mark("; {count} overdue"), count=f"{late:,}" if late >= 10_000 else str(late)) if late else ""
    text, between = page.name, edition.translate(mark(": "))
    for figure in page.figures:
        longer, between = f"{text}{between}{told(figure)}", edition.translate(mark("; "))
        if len(longer) + len(end) > LONGEST:
            break
        text = longer
    return f"{text}{end}"[:LONGEST]


def told(figure: Figure) -> str:
    """Return a figure in words: a ratio as its two counts."""
    if figure.ratio is None:
        return f"{figure.label} {figure.text}"
    part, whole = figure.ratio
    counts = str(part) if whole < 0 else f"{part}/{whole}" if whole else "—"
    note = f" {figure.note}" if figure.note else ""
    return f"{figure.label}{note} {counts}"


def linked(source: Sources, page: object) -> Json:
    """Return what the page is about; None where nothing is to be said."""
    if isinstance(page, GridPage):
        return grid(page)
    if isinstance(page, BranchPage):
        return branch(page)
    if isinstance(page, AreaPage):
        return area(page)
    return dataset(source, page) if isinstance(page, DataPage) else None


def thing(kind: str, path: str, name: str, code: str) -> dict[str, Json]:
    return {
        "@context": "https://schema.org", "@type": kind, "@id": path, "url": path, "name": name, "identifier": code,
    }  # fmt: skip


def named(kind: str, link: Link) -> Json:
    return {"@type": kind, "@id": link.path, "name": link.label}


def within(above: Sequence[Link]) -> Mapping[str, Json]:
    return {"containedInPlace": named("AdministrativeArea", above[-1])} if above else {}


def phone(whose: Contact | None) -> Mapping[str, Json]:
    return {"telephone": whose.phone} if whose and whose.phone else {}


def grid(page: GridPage) -> Json:
    path = page.head.canonical
    return {
        **thing("Place", path, page.name, page.grid_id), **within(page.breadcrumbs), **phone(page.report.first),
    }  # fmt: skip


def branch(page: BranchPage) -> Json:
    above = {"parentOrganization": named("GovernmentOrganization", page.breadcrumbs[-1])} if page.breadcrumbs else {}
    return {
        **thing("GovernmentOrganization", page.head.canonical, page.name, page.branch_id), **above,
        **phone(page.office),
    }  # fmt: skip


def area(page: AreaPage) -> Json:
    """Return an area; a beat or a stretch of a river is a place, and no unit of the administration."""
    kind = "Place" if page.tree_kind else "AdministrativeArea"
    return {**thing(kind, page.head.canonical, page.name, page.area_id), **within(page.breadcrumbs)}


def dataset(source: Sources, page: DataPage) -> Json:
    """Return the published package: a Dataset in a DataCatalog, with every file."""
    scope = source.edition.scope
    licence = {"license": page.licence_url or page.licence} if page.licence_url or page.licence else {}
    return {
        "@context": "https://schema.org", "@type": "Dataset", "@id": "data/#package", "url": "data/",
        "name": page.title, "description": page.description or page.title, **licence,
        "dateModified": scope.as_of.isoformat(),
        "temporalCoverage": f"{scope.period.start.isoformat()}/{scope.period.end.isoformat()}",
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": "data/#catalog", "url": "data/", "name": page.title},
        "distribution": [
            *(download(source, file, "application/zip") for file in source.archives),
            *(download(source, file, "text/csv") for file in source.files),
        ],
    }  # fmt: skip


def download(source: Sources, file: Download, kind: str) -> Json:
    is_packed = file.path.endswith(".gz")
    return {
        "@type": "DataDownload", "contentUrl": file.path, "contentSize": f"{file.byte_count} B",
        "name": source.edition.title(file.resource) if file.resource else file.path.rpartition("/")[2],
        "encodingFormat": "application/gzip" if is_packed else kind, "sha256": file.sha256,
    }  # fmt: skip
