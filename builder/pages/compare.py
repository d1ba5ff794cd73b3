"""What stands beside a unit's own figures: the same rates in the areas above it."""

from __future__ import annotations

from builder.language import mark
from builder.model import Beside, Figure, Link, Unit
from builder.pages.sources import Sources
from builder.subjects.sentence import counted

__all__ = ["above", "beside", "with_rest"]


def above(source: Sources, unit: Unit) -> tuple[str, ...]:
    """Return the areas whose rates stand beside those of a unit, the nearest first.

    Of a grid the area that its own area lies in (a street), of an area the one above it; of every unit the topmost.
    Areas of other trees stand by themselves, and so does a branch where there is more than one topmost area.
    """
    tree = source.edition.tree
    if tree.kind:
        return ()
    if unit.level == "branch":
        tops = source.guide.tops or tree.tops
        return tops if len(tops) == 1 else ()
    path = tree.areas_of.get(unit.code, ()) if unit.level == "grid" else tree.path(unit.code)[:-1]
    if not path:
        return ()
    last = len(path) - 1
    near = path[max(min(1, last), last - 1)] if unit.level == "grid" else path[last]
    return tuple(dict.fromkeys((near, path[0])))


def beside(source: Sources, figure: Figure, anchor: str, areas: tuple[str, ...]) -> Figure:
    """Return a figure with the same rate in `areas`; one that is no rate stays as it is. `anchor`: the block's.

    So does a sentence whose subject has no word for its rate. A rate of a year is not laid beside one of a quarter.
    """
    if figure.ratio is None or figure.ratio.denominator <= 0 or (figure.counts and not figure.word):
        return figure
    found = ((area, source.rated(area).get((figure.definition, figure.period))) for area in areas)
    names = source.edition.names
    return figure._replace(
        beside=tuple(
            Beside(Link(names.area(area).label, f"area/{area}/#{anchor}"), ratio) for area, ratio in found if ratio
        )
    )


def with_rest(source: Sources, figure: Figure, listed: int) -> Figure:
    """Return a figure whose overdue part leads to a list of `listed` rows of its subject with what else stands there.

    A list has all that is overdue: what is older than the period of the figures, and what branches carry as a whole.
    """
    late = next((item for item in figure.counts if item.is_late and item.path.startswith("overdue/")), None)
    if late is None or listed <= late.number:
        return figure
    words = mark("{count} more are listed there")
    rest = counted(source.edition.translate, words, listed - late.number, late.path)
    return figure._replace(trend=(rest, *figure.trend))
