"""The page of a trial: what was found, what would change, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder.desk.difference import Difference, Row
from builder.desk.first_page import asks_author, heading
from builder.desk.notice import progress
from builder.desk.parts import Change, File
from builder.desk.trial import Desk, Trial
from builder.desk.work import Examined, Item, Target
from builder.language import Translator, fill, mark, said
from builder.model import Message
from builder.model.legible import shown

__all__ = ["OneTrial", "trial"]

NAMES = mark("{names}")
LOST = mark("{count} rows of the package are not in these files. They are to go.")


class Group(NamedTuple):
    """Rows that were added, removed or changed."""

    label: str
    rows: tuple[str, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class OneFile:
    """One file of a trial."""

    number: int
    name: str
    path: str
    summary: str = ""
    rows: tuple[Group, ...] = ()
    refused: str = ""
    count: int = 0
    changes: tuple[str, ...] = ()
    dropped: str = ""
    has_mended: bool = False
    has_cells: bool = False
    asks_rows: bool = False
    is_added: bool = False


class Page(NamedTuple):
    """A page of the preview."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class OneTrial:
    """The page of a trial."""

    title: str
    waits: bool
    progress: str = ""
    cancel: str = ""
    follow: str = ""
    error: str = ""
    hint: str = ""
    headline: str = ""
    trouble: str = ""
    is_fit: bool = False
    is_mended: bool = False
    errors: int = 0
    warnings: int = 0
    items: tuple[OneFile, ...] = ()
    targets: tuple[Target, ...] = ()
    report: tuple[File, ...] = ()
    preview: bool = False
    pages: tuple[Page, ...] = ()
    own: tuple[str, ...] = ()
    paths: str = ""
    commits: bool = False
    message: str = ""
    asks_author: bool = False
    lost: str = ""


def trial(translate: Translator, desk: Desk, item: Trial, stages: Mapping[str, str]) -> OneTrial:
    """Return the page of a trial."""
    base = OneTrial(heading(translate, item), waits=False)
    if item.job.is_open:
        return replace(base, waits=True, progress=progress(translate, item.job, stages), cancel="cancel")
    if item.error:
        text, hint = said(translate, item.error)
        base = replace(base, error=text, hint=hint)
    elif item.job.state == "cancelled":
        base = replace(
            base, error=translate(mark("Stopped")), hint=translate(mark("Check again, or leave these files."))
        )
    if item.examined is None:
        places = tuple(OneFile(file.number, shown(file.name), file.target) for file in item.brought)
        return replace(base, items=places, targets=desk.known.targets if desk.known else (), trouble=base.error)
    return able(translate, desk, item, looked(translate, item.examined, base))


def looked(translate: Translator, found: Examined, base: OneTrial) -> OneTrial:
    """Add what was found."""
    own = tuple(shown(name) for item in found.items if item.target for name in (item.target.path, item.name))
    return replace(
        base, headline=translate(verdict(found)), trouble=sentences(translate, found.trouble),
        is_fit=found.is_fit, is_mended=found.is_mended,
        lost=fill(translate, LOST, {"count": found.lost}) if found.is_fit and found.lost else "",
        errors=found.errors, warnings=found.warnings,
        items=tuple(one_file(translate, file) for file in found.items), targets=found.targets, own=own,
        report=tuple(sorted(found.report, key=lambda file: file.path not in own)),
    )  # fmt: skip


def able(translate: Translator, desk: Desk, item: Trial, base: OneTrial) -> OneTrial:
    """Add what can be done."""
    repository, found = desk.repository, item.examined.items if item.examined else ()
    targets = [file.target for file in found if file.target]
    return replace(
        base, preview=item.site is not None,
        pages=pages(translate, found), paths=", ".join(target.path for target in targets),
        commits=repository is not None and any(repository.takes(target.path) for target in targets),
        message=fill(translate, mark("Update {titles}"), {"titles": tuple(target.title for target in targets)}),
        asks_author=asks_author(repository),
    )  # fmt: skip


def verdict(found: Examined) -> str:
    if found.trouble:
        return mark("Not checked yet")
    if found.is_fit and found.lost:
        return mark("Rows would go: look before you save")
    return mark("These files can be saved") if found.is_fit else mark("There are errors: nothing can be saved yet")


def sentences(translate: Translator, message: Message | None) -> str:
    """Return what a message says, each sentence with one full stop."""
    stop = translate(mark(". "))
    texts = said(translate, message) if message else ()
    return "".join(text if text.endswith(("。", ".", "？", "?")) else text + stop for text in texts if text)


def one_file(translate: Translator, item: Item) -> OneFile:
    told = item.difference
    return OneFile(
        item.number, shown(item.name), item.target.path if item.target else "",
        summary(translate, told) if told else "", groups(translate, told) if told else (),
        sentences(translate, item.refused), item.change_count,
        tuple(change(translate, found) for found in item.changes),
        fill(translate, NAMES, {"names": item.dropped}) if item.dropped else "",
        has_mended=bool(not item.refused and (item.change_count or item.dropped or item.is_workbook)),
        has_cells=item.is_readable, asks_rows=bool(item.lost or item.is_added), is_added=item.is_added,
    )  # fmt: skip


def change(translate: Translator, found: Change) -> str:
    """Return in words what is written otherwise."""
    values = {"row": found.row, "column": found.column, "old": found.old, "new": found.new}
    if found.column and (found.old or found.new):
        return fill(translate, mark("row {row} {column}: “{old}” becomes “{new}”"), values)
    text = fill(translate, found.words.text, found.words.values)
    return fill(translate, mark("row {row}: {key}"), {"row": found.row, "key": text}) if found.row else text


def summary(translate: Translator, told: Difference) -> str:
    words = mark("Against the package: {added} rows new, {removed} gone, {changed} changed, {same} as before.")
    counts = {name: told.counts[name] for name in ("added", "removed", "changed")}
    return fill(translate, words, {**counts, "same": told.same})


def groups(translate: Translator, told: Difference) -> tuple[Group, ...]:
    kinds = (
        (mark("New rows: {count}"), told.added, "added"), (mark("Rows gone: {count}"), told.removed, "removed"),
        (mark("Changed rows: {count}"), told.changed, "changed"),
    )  # fmt: skip
    return tuple(
        Group(fill(translate, words, {"count": told.counts[name]}), row_texts(translate, rows),
              told.counts[name] - len(rows))
        for words, rows, name in kinds
        if rows
    )  # fmt: skip


def row_texts(translate: Translator, rows: Sequence[Row]) -> tuple[str, ...]:
    def text(row: Row) -> str:
        values = {"row": row.row, "key": " ".join(row.key) or "***", "columns": row.columns}
        if row.columns:
            return fill(translate, mark("row {row}: {key} ({columns})"), values)
        return fill(translate, mark("row {row}: {key}") if row.row else mark("{key}"), values)

    return tuple(map(text, rows))


def pages(translate: Translator, items: Sequence[Item]) -> tuple[Page, ...]:
    """Return the pages that differ, those with most rows first, and the home page."""
    counts: dict[str, int] = {}
    for item in items:
        for path, count in item.difference.pages.items() if item.difference else ():
            counts[path] = counts.get(path, 0) + count
    words = {
        "grid": mark("Grid {code}: {count} rows"), "branch": mark("Branch {code}: {count} rows"),
        "area": mark("Area {code}: {count} rows"),
    }  # fmt: skip
    found = sorted(counts, key=lambda path: (path.partition("/")[0] != "grid", -counts[path], path))
    listed = [
        Page(path, fill(translate, words[path.split("/")[0]], {"code": path.split("/")[1], "count": counts[path]}))
        for path in found[:500]
    ]
    return (*listed, Page("", translate(mark("Home page"))))
