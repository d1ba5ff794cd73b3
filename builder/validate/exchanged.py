"""Two headers that stand over each other's columns: told once, and the cells are read as what they are meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from builder.language import mark
from builder.model import Address, Field, Finding, Message, Resource, Severity, TextPart, letter
from builder.validate.cells import Defects, judge
from builder.validate.encoded import filled
from builder.validate.merged import MERGED
from builder.validate.words import severity

__all__ = ["EXCHANGED", "Exchange", "exchanged"]

EXCHANGED = "exchanged-headers"

MOST_REFUSED, FITTING = 0.8, 0.95
"""Shares of cells: so many are refused below a wrong header, and so many fit below the right one."""

FEWEST, LOOKED_AT = 3, 500
"""Cells that a column must have, and different ones that are looked at."""

WORDS = (
    mark("the headers “{here}” and “{there}” of columns {letter} and {other} are exchanged: "
         "the cells below each are those of the other"),
    mark("Write “{there}” into cell {letter}1 and “{here}” into cell {other}1. Leave all cells below them."),
)  # fmt: skip


class Exchange(NamedTuple):
    """The columns of a file as they are meant, and what is to be said of its headers."""

    places: Mapping[str, str]
    finding: Finding


def exchanged(
    resource: Resource, part: TextPart, places: Mapping[str, str], found: Sequence[Defects]
) -> Exchange | None:
    """Return how two headers of a file have to be exchanged; None where nothing says so. `places`: field → position."""
    wrong = [name for name in places if is_wrong(part, int(places[name]), name, found)]
    for one in wrong:
        pairs = [other for other in places if other != one and fit_each_other(resource, part, places, one, other)]
        both = [other for other in pairs if other in wrong]
        free = [other for other in pairs if is_free(resource.schema[other])]
        if len(both or free) == 1:
            return told(resource, part, places, one, (both or free)[0])
    return None


def told(resource: Resource, part: TextPart, places: Mapping[str, str], *names: str) -> Exchange:
    first, second = sorted(names, key=lambda name: int(places[name]))
    one, other = letter(int(places[first])), letter(int(places[second]))
    values = {
        "letter": one, "other": other, "here": resource.schema[first].title, "there": resource.schema[second].title,
    }  # fmt: skip
    finding = Finding(EXCHANGED, Severity.ERROR, resource.name, Address(part.path, 1, one), Message(*WORDS, values))
    return Exchange({**places, first: places[second], second: places[first]}, finding)


def is_wrong(part: TextPart, position: int, name: str, found: Sequence[Defects]) -> bool:
    """Return whether most cells of a column are refused, and not because they are empty."""
    refused = sum(
        len(item.rows) for item in found
        if item.field == name and item.rule not in ("required", MERGED) and severity(item.rule) is Severity.ERROR
    )  # fmt: skip
    return refused >= FEWEST and refused >= MOST_REFUSED * filled(part.columns[position])


def fit_each_other(resource: Resource, part: TextPart, places: Mapping[str, str], one: str, other: str) -> bool:
    """Return whether the cells of each of two columns fit the field of the other."""
    pairs = ((one, other), (other, one))
    return all(fits(list(texts(part, int(places[there]))), resource.schema[here]) for here, there in pairs)


def texts(part: TextPart, position: int) -> Iterator[str]:
    """Yield some of the different cells of a column that are filled."""
    yield from [text for text in part.columns[position].unique().to_pylist()[: LOOKED_AT + 1] if text][:LOOKED_AT]


def fits(words: Sequence[str], field: Field) -> bool:
    if not words:
        return False
    verdicts = judge(words, field).items()
    refused = {int(place) for rule, places in verdicts if severity(rule) is Severity.ERROR for place in places}
    return len(refused) <= (1 - FITTING) * len(words)


def is_free(field: Field) -> bool:
    """Return whether a field takes any words, so that it refuses nothing that stands below its header by mistake."""
    return field.type == "string" and not field.descriptor.get("constraints", {}).keys() & {"pattern", "enum"}
