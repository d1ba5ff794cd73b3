"""The sheet of paper of one grid for the notice board: one A4 page, whatever the package holds.

Always holds: a sheet fits on A4. What does not fit is left out here, counted, and the sheet says how
much that is; nothing is cut off by a style. Heights are points, for the sizes that print.css sets; a character is taken
for as wide as any usual font has it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from unicodedata import east_asian_width

from builder.frames import count, day, present
from builder.model import Figure, LateItem, Unit
from builder.pages.late import items, overdue_count, with_deadlines
from builder.pages.sources import Sources
from builder.pages.units import breadcrumbs

__all__ = ["Named", "Sheet", "fitted", "sheet"]

WIDE, ROOM = 516, 735
"""Points. A4 less its margins is 516 by 762; the rest is for fonts and printers that we do not know."""

INSIDE = 490
"""Points: the width inside the frame of who is responsible."""


class Limits(NamedTuple):
    """How long a text may be, in em of its own type: what is longer ends in an ellipsis."""

    name: float
    where: float
    extent: float
    branch: float
    person: float


USUAL = Limits(name=48, where=80, extent=120, branch=64, person=20)
TIGHT = Limits(name=30, where=40, extent=70, branch=32, person=10)
"""Where all of these are long at once, and would leave no room to what is overdue."""

LABEL, NUMBER, TITLE, WORDS = 12, 26, 40, 36
"""Em: what a person or a number is for; a number; what is overdue; the words of a figure."""

TOP, NOTICE, FRAME, HEADING, FOOT, GAP = 30, 48, 47, 33, 116, 5
"""Points: the site's name and the day; the notice, at most two lines; around who is responsible and above the
rest of it; over what is overdue; the code; around a row."""

LINE, FIGURE_LINE, PERSON_LINE, PHONE_LINE, NAME_LINE = 17, 20, 20, 34, 36
"""Points: of a line of 12 point type, of 14 twice, of 26 and of 30."""

DUE = 250
"""Points: since when something is overdue."""

LEAST_LATE = HEADING + 3 * (LINE + GAP) + 2 * LINE
"""Points that figures leave: to three rows of what is overdue, and to what says how much there is besides."""


class Named(NamedTuple):
    """A person or a number, and what he or it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid on paper. `path`: of its page; `where`: its areas from the top down.

    `figures` and `late` are the first that fit, `figures_left` and `late_left` how many more there are of each; `late`
    and `late_left` add up to `late_count`. `can_be_late`: whether anything can be overdue here at all.
    """

    path: str
    code: str
    name: str
    where: tuple[str, ...]
    household_count: int | None
    extent: str
    closed_date: str
    has_branches: bool
    branch: str
    people: tuple[Named, ...]
    phones: tuple[Named, ...]
    figures: tuple[Figure, ...]
    figures_left: int
    can_be_late: bool
    late: tuple[LateItem, ...]
    late_count: int
    late_left: int


def sheet(source: Sources, code: str, figures: Sequence[Figure]) -> Sheet:
    """Return the sheet of a grid. `figures`: the key figures of its page."""
    edition, row, late_count = source.edition, source.row("grid", code), overdue_count(source, Unit("grid", code))
    responsible = edition.tree.responsible.get(code, "")
    late = items(source, source.late.by_grid.get(code, ()))
    everything = Sheet(
        path=f"grid/{code}/",
        code=code,
        name=row["name"],
        where=tuple(link.label for link in breadcrumbs(source, code)),
        household_count=count(row, "household_count"),
        extent=present(row, "extent"),
        closed_date=day(row.get("closed_date")),
        has_branches="branch_grid" in source.tables,
        branch=edition.names.branch(responsible).label if responsible else "",
        people=named(source, code, ("leader", "worker")),
        phones=named(source, code, ("work_phone", "supervision_phone")),
        figures=tuple(figures),
        figures_left=0,
        can_be_late=bool(with_deadlines(source)),
        late=late,
        late_count=late_count,
        late_left=late_count - len(late),
    )
    return fitted(everything, edition.settings.demonstration)


def named(source: Sources, code: str, fields: Iterable[str]) -> tuple[Named, ...]:
    """Return those of a grid's fields that are filled in, with their titles."""
    row, label = source.row("grid", code), source.edition.label
    return tuple(Named(label("grid", field), value) for field in fields if (value := present(row, field)))


# ── what fits ────────────────────────────────────────────────────────────────────────────────────


def fitted(full: Sheet, is_demonstration: bool) -> Sheet:
    """Return as much of a sheet as one page of A4 holds. `is_demonstration`: it says that it was made up."""
    room = float(ROOM - TOP - FOOT - (NOTICE if is_demonstration else 0))
    found = worded(full, USUAL)
    if head_tall(found) + who_tall(found) + LEAST_LATE > room:
        found = worded(full, TIGHT)
    room -= head_tall(found) + who_tall(found)
    heights = [figure_tall(item) for item in found.figures]
    figures = fitting(heights, room - (LEAST_LATE if found.can_be_late else 0))
    room -= sum(heights[:figures]) + (LINE if figures < len(heights) else 0) + HEADING
    late = fitting([late_tall(item) for item in found.late], room, is_more=found.late_left > 0)
    return replace(
        found,
        figures=found.figures[:figures],
        figures_left=len(found.figures) - figures,
        late=found.late[:late],
        late_left=found.late_count - late,
    )


def worded(full: Sheet, limits: Limits) -> Sheet:
    """Return a sheet with texts that are no longer than they may be."""
    return replace(
        full,
        name=clipped(full.name, limits.name),
        where=within(full.where, limits.where),
        extent=clipped(full.extent, limits.extent),
        branch=clipped(full.branch, limits.branch),
        people=tuple(Named(clipped(post, LABEL), clipped(name, limits.person)) for post, name in full.people),
        phones=tuple(Named(clipped(what, LABEL), clipped(number, NUMBER)) for what, number in full.phones),
        figures=tuple(map(brief, full.figures)),
        late=tuple(map(shortened, full.late)),
    )


def fitting(heights: Sequence[float], room: float, is_more: bool = False) -> int:
    """Return how many of `heights` fit into `room`, with a line below them that says how many more there are.

    `is_more`: there are more than these.
    """
    used = 0.0
    for number, height in enumerate(heights):
        used += height
        is_last = number == len(heights) - 1 and not is_more
        if used + (0 if is_last else LINE) > room:
            return number
    return len(heights)


def brief(figure: Figure) -> Figure:
    """Return a figure with words that fit beside each other."""
    return figure._replace(
        label=clipped(figure.label, LABEL), text=clipped(figure.text, WORDS), note=clipped(figure.note, WORDS)
    )


def shortened(item: LateItem) -> LateItem:
    """Return something overdue with words that fit into two lines."""
    return item._replace(title=clipped(item.title, TITLE), what=clipped(item.what, LABEL))


# ── how much room it takes ───────────────────────────────────────────────────────────────────────


def head_tall(found: Sheet) -> float:
    """Return the height of what says which grid it is."""
    lines = tall(" › ".join(found.where), 12, LINE) + tall(found.extent, 12, LINE) + LINE
    return lines + tall(found.name, 30, NAME_LINE) + GAP + (LINE if found.closed_date else 0)


def who_tall(found: Sheet) -> float:
    """Return the height of the frame that says who is responsible; without anybody there is none."""
    if not (found.has_branches or found.people or found.phones):
        return 0
    height = FRAME + (tall(found.branch, 14, PERSON_LINE, INSIDE) or PERSON_LINE * 2 * found.has_branches)
    height += tall("  ".join(f"{post} {name}" for post, name in found.people), 14, PERSON_LINE, INSIDE)
    # what a number is for may take a line of its own
    return height + sum(tall(number, 26, PHONE_LINE, INSIDE - LABEL * 12 - GAP) for _, number in found.phones)


def figure_tall(figure: Figure) -> float:
    """Return the height of a figure: its name, its value and a note beside each other."""
    ratio = figure.ratio
    if ratio and ratio.denominator < 0 and figure.counts:
        value = ", ".join(f"{part.before}{part.number}{part.after}" for part in figure.counts)
        return max(tall(figure.label, 14, FIGURE_LINE, 128), tall(value, 14, FIGURE_LINE, 200)) + GAP
    value = f"{ratio.numerator}/{ratio.denominator} {figure.unit} (100.0 %)" if ratio else figure.text
    columns = ((figure.label, 128), (value, 200), (figure.note or figure.period, 165))
    return max(tall(text, 14, FIGURE_LINE, wide) for text, wide in columns) + GAP


def late_tall(item: LateItem) -> float:
    """Return the height of something overdue: what it is beside its days, or above them."""
    text = f"{item.title} {item.what}"
    is_beside = width(text) * 12 <= WIDE - DUE
    return GAP + (LINE if is_beside else tall(text, 12, LINE) + LINE)


def tall(text: str, size: float, line: float, wide: float = WIDE) -> float:
    """Return the height of `text` in lines of `line` points; words leave a fifth of a line empty, characters do not."""
    whole = width(text) * size
    return math.ceil(whole * (1.2 if " " in text else 1.05) / wide) * line if text else 0


def width(text: str) -> float:
    """Return how many em `text` is wide at the most in usual fonts."""
    return sum(em(sign) for sign in text)


def em(sign: str) -> float:
    if not sign.isascii():
        return 1.0 if east_asian_width(sign) in "WFA" else 0.9
    return 0.95 if sign in "mwMW@%" else 0.75 if sign.isupper() else 0.6


def clipped(text: str, most: float) -> str:
    """Return `text`, or as much of its beginning as is at most `most` em wide, with an ellipsis."""
    if width(text) <= most:
        return text
    used, end = 1.0, 0
    while used + em(text[end]) <= most:
        used, end = used + em(text[end]), end + 1
    return f"{text[:end].rstrip()}…"


def within(names: Sequence[str], most: float) -> tuple[str, ...]:
    """Return the names of places, each as long as they may be for all of them to fit into `most` em."""
    share = most / max(1, len(names)) - 2
    return tuple(names) if width(" › ".join(names)) <= most else tuple(clipped(name, share) for name in names)
