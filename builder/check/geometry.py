"""The file of shapes: each is whole, belongs to a place that there is, and lies on no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from builder import shapes
from builder.language import mark
from builder.model import Address, Feature, Finding, Geometry, Issue, Listed, Message, Package, Quote, Severity, Tables
from builder.model.tree import ancestry
from builder.rules import Check

__all__ = ["findings", "rules"]

LEAST = 0.01
"""Of the smaller shape: borders that two offices drew never meet to the metre."""

WIDEST = 180.0
"""Degrees of longitude: nothing that people govern is wider, but a shape across 180° looks as if it were."""

SHOWN = 200
"""Pairs of shapes that lie on each other are told one by one up to here."""


class Rule(NamedTuple):
    """One rule of the file: how grave a breach is, the rule as a sentence, what is said of a breach, what to do."""

    severity: Severity
    rule: str
    text: str
    fix: str


RULES: Mapping[str, Rule] = {
    "geometry-code": Rule(
        Severity.ERROR,
        mark("A shape on the map says which place it is of."),
        mark("feature {number} has no text “{key}”"),
        mark("Write the code of the place, in quotation marks, into the properties of the feature."),
    ),
    "geometry-unknown": Rule(
        Severity.ERROR,
        mark("A shape on the map is of a place that there is."),
        mark("feature {number}: there is no {table} “{code}”"),
        mark("Correct the code, or add the place to the table."),
    ),
    "geometry-twice": Rule(
        Severity.ERROR,
        mark("A place has one shape on the map, be it of several parts."),
        mark("feature {number}: “{code}” has a shape already"),
        mark("Put all its parts into one feature (MultiPolygon)."),
    ),
    "geometry-kind": Rule(
        Severity.ERROR,
        mark("A shape on the map is an area, not a point or a line."),
        mark("feature {number} (“{code}”) is no polygon"),
        mark("Draw the border of the place as Polygon or MultiPolygon."),
    ),
    "geometry-ring": Rule(
        Severity.ERROR,
        mark("A border on the map has corners and ends where it begins."),
        mark("feature {number} (“{code}”): a ring is not closed, has too few corners, or holds something else"),
        mark("Draw it once more, and save it as GeoJSON with the program that it was drawn with."),
    ),
    "geometry-place": Rule(
        Severity.ERROR,
        mark("A shape on the map lies on the earth, and does not reach around it."),
        mark("feature {number} (“{code}”): a corner is at no longitude and latitude, or the shape crosses 180°"),
        mark("Write longitude before latitude, in degrees of WGS 84, such as [119.02, 33.59]; "
             "a shape across 180° is divided there, and cannot be drawn."),
    ),
    "geometry-empty": Rule(
        Severity.ERROR,
        mark("A shape on the map has an area."),
        mark("feature {number} (“{code}”): nothing is left of the shape when it is mended"),
        mark("Draw the border of the place once more."),
    ),
    "geometry-mended": Rule(
        Severity.WARNING,
        mark("A border on the map does not cross itself."),
        mark("feature {number} (“{code}”) crosses itself, or a part of it lies in another; it was mended"),
        mark("Correct the border where it was drawn; the map shows the mended shape."),
    ),
    "geometry-overlap": Rule(
        Severity.WARNING,
        mark("Shapes of places side by side do not lie on each other."),
        mark("“{code}” and “{other}” share {percent} % of the smaller one"),
        mark("Ask which of them the land belongs to, and correct the border of the other."),
    ),
}  # fmt: skip


def rules(package: Package) -> Iterator[Check]:
    """Yield what is looked for, as rules for the page that lists them; none where the package has no shapes."""
    file = package.settings.geometry
    for code, rule in RULES.items() if file else ():
        yield Check(code, rule.severity, file.resource if file else "", (), rule.rule, "", "", nothing,
                    is_structural=True)  # fmt: skip


def nothing(_tables: Tables, _as_of: date) -> Iterable[Issue]:
    """Find nothing: shapes are in no table."""
    return ()


def findings(tables: Tables, found: Geometry | None) -> Listed:
    """Return what is wrong with the shapes, feature by feature, then which lie on each other."""
    if found is None or found.file.resource not in tables:
        return Listed(())
    told = Told(found, tables.package)
    return Listed((*features(found, tables, told), *overlapping(found, tables, told)))


class Told(NamedTuple):
    """What makes findings about one file."""

    geometry: Geometry
    package: Package

    def __call__(self, name: str, number: int = 0, /, **values: object) -> Finding:
        """Return the finding of a rule; a code of a place is a quote of its column."""
        file, rule = self.geometry.file, RULES[name]
        quoted = {key: Quote(file.resource, file.key, str(values[key])) for key in ("code", "other") if key in values}
        field = self.package.resources[file.resource].schema[file.key]
        known = {"number": number, "key": file.key, "table": self.package.resources[file.resource].title}
        return Finding(
            name, rule.severity, file.resource, Address(file.path),
            Message(rule.text, rule.fix, known | values | quoted),
            field.title, quoted.get("code", Quote(file.resource, file.key, "")),
        )  # fmt: skip


def features(found: Geometry, tables: Tables, told: Told) -> Iterator[Finding]:
    known, seen = frozenset(tables[found.file.resource][found.file.key].dropna()), set[str]()
    for item in found.features:
        if item.wrong == "code":
            yield told("geometry-code", item.number)
            continue
        if item.code not in known:
            yield told("geometry-unknown", item.number, code=item.code)
        if item.code in seen:
            yield told("geometry-twice", item.number, code=item.code)
        seen.add(item.code)
        yield from shaped(item, told)


def shaped(item: Feature, told: Told) -> Iterator[Finding]:
    """Yield what is wrong with the shape of a feature."""
    if item.wrong:
        yield told(f"geometry-{item.wrong}", item.number, code=item.code)
        return
    if shapes.width(item.shape) > WIDEST:
        yield told("geometry-place", item.number, code=item.code)
        return
    mended = shapes.mended(item.shape)
    if not mended.shape:
        yield told("geometry-empty", item.number, code=item.code)
    elif mended.why:
        yield told("geometry-mended", item.number, code=item.code)


def overlapping(found: Geometry, tables: Tables, told: Told) -> Iterator[Finding]:
    """Yield the pairs that lie on each other; of areas, neither of which is above the other."""
    every = {item.code: mended for item in found.features if item.shape and (mended := shapes.mended(item.shape).shape)}
    above = parents(tables) if found.file.key == "area_id" else {}
    paths: defaultdict[str, tuple[str, ...]] = defaultdict(tuple, {code: ancestry(above, code) for code in every})
    count = 0
    for one, other, share in shapes.overlaps(every, LEAST):
        if one in paths[other] or other in paths[one] or kind(tables, one) != kind(tables, other):
            continue
        count += 1
        if count <= SHOWN:
            yield told("geometry-overlap", code=one, other=other, percent=max(1, round(share * 100)))


def parents(tables: Tables) -> Mapping[str, str]:
    frame = tables["area"]
    return dict(zip(frame["area_id"], frame["parent_id"].fillna(""), strict=True)) if "parent_id" in frame else {}


def kind(tables: Tables, code: str) -> str:
    """Return which tree an area belongs to: two trees cross as they like."""
    frame = tables["area"]
    if "area_kind" not in frame:
        return ""
    found = frame.loc[frame["area_id"] == code, "area_kind"].fillna("")
    return str(found.iloc[0]) if len(found) else ""
