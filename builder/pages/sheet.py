"""The sheet of paper of one grid for the notice board: one A4 page, whatever the package holds.

Always holds: a sheet fits on A4. What does not fit is left out here, counted, and the sheet says how
much that is; nothing is cut off by a style. Heights are points, for the sizes that print.css sets; a character is taken
for as wide as any usual font has it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from unicodedata import east_asian_width

from builder.frames import count, day, present
from builder.model import Figure, LateItem, Unit
from builder.pages.late import items, overdue_count, with_deadlines
from builder.pages.sources import Sources
from builder.pages.units import breadcrumbs

__all__ = ["Sheet", "clipped", "sheet", "width"]

Item = TypeVar("Item")

WIDE, ROOM = 516, 735
"""Points. A4 less its margins is 516 by 762; the rest is for fonts and printers that we do not know."""

INSIDE = 490
"""Points: the width inside the frame of who is responsible."""

NAME, WHERE, EXTENT, BRANCH, PERSON, LABEL, NUMBER = 54, 80, 120, 64, 20, 12, 30
"""Em of their own type: what is longer ends in an ellipsis."""

TOP, NOTICE, FRAME, HEADING, FOOT, GAP = 45, 48, 47, 33, 116, 5
"""Points: the site's name and the day, at most two lines; the notice, likewise; around who is responsible and above the
rest of it; over what is overdue; the code; around a row."""

LINE, FIGURE_LINE, PERSON_LINE, PHONE_LINE, NAME_LINE = 17, 18.5, 20, 31, 32
"""Points: of a line of 12 point type, of 13, of 14, of 22 and of 26."""

LEAST_LATE = 3 * (LINE + GAP) + HEADING
"""Points that figures leave to what is overdue."""


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
    edition, row, unit = source.edition, source.row("grid", code), Unit("grid", code)
    responsible = edition.tree.responsible.get(code, "")
    branch = clipped(edition.names.branch(responsible).label, BRANCH) if responsible else ""
    name, extent = clipped(row["name"], NAME), clipped(present(row, "extent"), EXTENT)
    where, closed = within([link.label for link in breadcrumbs(source, code)], WHERE), day(row.get("closed_date"))
    people = named(source, code, ("leader", "worker"), PERSON)
    phones = named(source, code, ("work_phone", "supervision_phone"), NUMBER)
    room = float(ROOM - TOP - FOOT)
    room -= NOTICE if edition.settings.demonstration else 0
    room -= tall(name, 26, NAME_LINE) + GAP + LINE + tall(" › ".join(where), 12, LINE) + tall(extent, 12, LINE)
    room -= LINE if closed else 0
    room -= who_tall(branch, people, phones, "branch_grid" in source.tables)
    listed, can_be = items(source, source.late.by_grid.get(code, ())), bool(with_deadlines(source))
    heights = [figure_tall(item) for item in figures]
    shown = figures[: fitting(heights, room - (LEAST_LATE if can_be else 0), LINE + GAP)]
    room -= sum(heights[: len(shown)]) + (LINE + GAP if len(shown) < len(figures) else 0) + HEADING
    late_count = overdue_count(source, unit)
    late = listed[: fitting([late_tall(item) for item in listed], room, LINE + GAP, len(listed) < late_count)]
    return Sheet(
        path=f"grid/{code}/",
        code=code,
        name=name,
        where=where,
        household_count=count(row, "household_count"),
        extent=extent,
        closed_date=closed,
        has_branches="branch_grid" in source.tables,
        branch=branch,
        people=people,
        phones=phones,
        figures=tuple(shown),
        figures_left=len(figures) - len(shown),
        can_be_late=can_be,
        late=tuple(item._replace(title=clipped(item.title, 40)) for item in late),
        late_count=late_count,
        late_left=late_count - len(late),
    )


def named(source: Sources, code: str, fields: Iterable[str], most: float) -> tuple[Named, ...]:
    """Return those of a grid's fields that are filled in, with their titles."""
    row, label = source.row("grid", code), source.edition.label
    filled = ((field, present(row, field)) for field in fields)
    return tuple(
        Named(clipped(label("grid", field), LABEL), clipped(value, most)) for field, value in filled if value
    )


# ── how much room it takes ───────────────────────────────────────────────────────────────────────


def fitting(heights: Sequence[float], room: float, rest: float, is_more: bool = False) -> int:
    """Return how many of `heights` fit into `room`, with the line of `rest` below them unless they are all there is."""
    used = 0.0
    for number, height in enumerate(heights):
        used += height
        is_last = number == len(heights) - 1 and not is_more
        if used + (0 if is_last else rest) > room:
            return number
    return len(heights)


def who_tall(branch: str, people: Sequence[Named], phones: Sequence[Named], has_branches: bool) -> float:
    """Return the height of the frame that says who is responsible; without anybody there is none."""
    if not (branch or people or phones or has_branches):
        return 0
    found = FRAME + tall(branch or " " * has_branches, 14, PERSON_LINE, INSIDE)
    found += tall("  ".join(f"{item.label} {item.value}" for item in people), 14, PERSON_LINE, INSIDE)
    # a long number takes a second line of its own
    return found + sum(tall(item.value, 22, PHONE_LINE, INSIDE - LABEL * 12) for item in phones)


def figure_tall(figure: Figure) -> float:
    """Return the height of a figure: its name, its value and a note beside each other."""
    ratio = figure.ratio
    value = f"{ratio.numerator}/{ratio.denominator} {figure.unit} (100.0 %)" if ratio else figure.text
    columns = ((figure.label, 128), (value, 190), (figure.note or figure.period, 180))
    return max(tall(text, 13, FIGURE_LINE, wide) for text, wide in columns) + GAP


def late_tall(item: LateItem) -> float:
    """Return the height of something overdue: what it is beside its days."""
    return tall(f"{clipped(item.title, 40)} {item.what}", 12, LINE, WIDE - 250) + GAP


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
