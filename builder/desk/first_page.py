"""The first page: the package as it is, what is being tried, and the last save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder.desk.git import Repository
from builder.desk.guard import LARGEST
from builder.desk.notice import progress
from builder.desk.parts import File
from builder.desk.trial import Desk, Saved, Trial
from builder.language import Translator, fill, mark, said
from builder.model.legible import shown

__all__ = ["Home", "asks_author", "heading", "home"]

NAMED = 5
"""Names of files in a heading."""


class LastSave(NamedTuple):
    """The last save, or that it was undone."""

    headline: str
    lines: tuple[str, ...]
    can_undo: bool
    undo_message: str
    trouble: bool


class Listed(NamedTuple):
    """A trial as the first page names it."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Home:
    """The first page. `waits`: the package is still being checked."""

    title: str
    folder: str
    waits: bool
    progress: str = ""
    cancel: str = ""
    follow: str = ""
    error: str = ""
    hint: str = ""
    day: str = ""
    last_change: str = ""
    is_public: bool = True
    errors: int = 0
    warnings: int = 0
    tables: tuple[tuple[str, str, int], ...] = ()
    report: tuple[File, ...] = ()
    trials: tuple[Listed, ...] = ()
    saved: LastSave | None = None
    asks_author: bool = False
    largest: int = LARGEST


def home(translate: Translator, desk: Desk, stages: Mapping[str, str]) -> Home:
    """Return the first page."""
    known, looking, repository = desk.known, desk.looking, desk.repository
    base = Home(
        known.title if known else translate(mark("The data of your grids")), shown(desk.bench.package), waits=False,
        trials=tuple(Listed(heading(translate, item), f"trial/{item.token}/") for item in desk.trials.values()),
        saved=last_save(translate, desk.saved), asks_author=asks_author(repository),
    )  # fmt: skip
    if looking and looking.is_open:
        return replace(base, waits=True, progress=progress(translate, looking, stages))
    if looking and looking.error:
        text, hint = said(translate, looking.error)
        return replace(base, error=text, hint=hint)
    if known is None:
        return replace(base, error=translate(mark("The package has not been looked at")))
    return replace(
        base, day=known.day.isoformat(), last_change=repository.last_change() if repository else "",
        is_public=known.is_public, errors=known.errors, warnings=known.warnings, tables=known.tables,
        report=known.report,
    )  # fmt: skip


def last_save(translate: Translator, saved: Saved | None) -> LastSave | None:
    if saved is None:
        return None
    values = {"titles": saved.titles, "commit": saved.commit[:10]}
    headline = mark("Undone: {titles}") if saved.is_undone else mark("Saved: {titles}")
    lines = [fill(translate, mark("Committed as {commit}. Nothing was pushed."), values)] if saved.commit else []
    if saved.trouble:
        lines += [text for text in said(translate, saved.trouble) if text]
    undo = fill(translate, mark("Undo: {titles}"), values)
    return LastSave(
        fill(translate, headline, values), tuple(lines), not saved.is_undone, undo, saved.trouble is not None
    )


def heading(translate: Translator, item: Trial) -> str:
    """Return what a trial is called."""
    names = tuple(file.name for file in item.brought)
    words = mark("Trying {names}") if len(names) <= NAMED else mark("Trying {names} and {rest} more")
    return fill(translate, words, {"names": names[:NAMED], "rest": len(names) - NAMED})


def asks_author(repository: Repository | None) -> bool:
    """Return whether git does not know who commits."""
    return repository is not None and not all(repository.author())
