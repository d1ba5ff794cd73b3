"""What every page is made from: facts, published tables, words, and what is overdue by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.frames import pairs, records, slices
from builder.language import Translator
from builder.model import (
    NEWS,
    Changed,
    Download,
    Downloads,
    GridChanges,
    Held,
    Json,
    Level,
    News,
    Openness,
    PublicReport,
    Published,
    PublishedTables,
    Ratio,
    Rule,
    Shard,
    Unit,
    ancestry,
)
from builder.pages.late_index import LateIndex, index
from builder.pages.streets import ByStreet, by_street
from builder.places import PlaceFacts
from builder.subjects.edition import NEWEST, Edition, Names
from builder.subjects.facts import Facts
from builder.subjects.subject import AnySubject

if TYPE_CHECKING:
    from builder.pages.atlas import Atlas

__all__ = [
    "Guide", "Rates", "Row", "Sources", "compared", "guide", "sources", "with_changes", "with_files",
    "with_openness", "with_rules",
]  # fmt: skip


Row = Mapping[str, Any]
Rates = Mapping[tuple[str, str], Ratio]
"""Anchor of a definition → the rate of one area, of all that are key figures there."""


class Guide(NamedTuple):
    """What any page may say of a place that is not its own: names, and which branches are above and below which.

    `slices`: grid → the tables of which its rows lie beside its page. `maps`: area → the path of the map that shows it;
    none where the package has no shapes. `tops`: the topmost areas; `rates`: area above all streets → its rates. Both
    are known once the rest is measured. `changes`: grid → what changed of its rows since the release of `since`.
    """

    names: Names
    branch_parent: Mapping[str, str]
    branch_children: Mapping[str, tuple[str, ...]]
    slices: Mapping[str, tuple[str, ...]]
    maps: Mapping[str, str] = {}
    tops: tuple[str, ...] = ()
    rates: Mapping[str, Rates] = {}
    changes: Mapping[str, GridChanges] = {}
    since: str = ""


NOTHING = Changed()


@dataclass(frozen=True, slots=True)
class Sources:
    """The facts of one shard with the look-ups that its pages share.

    `subjects`: those that the package has. `others`: kind of areas → the sums over its tree. `rules`: what the data was
    held against. `files`: the published tables as they were written; `example`: the data.json of a grid. `units`: area,
    grid and branch → code → published row. `streets`: what lies in which, and `openness`: what the package publishes,
    `changed` since the last release, and files `held` back, where the whole is shown; `atlas`: what maps are drawn
    from, there too and only where the package has shapes. `archives`: all files in one, where they are written.
    `told`: what feeds made elsewhere tell, by path; `news`: those that were asked for here. `rated`: area of the main
    tree → its rates, each worked out once.
    """

    shard: Shard
    guide: Guide
    edition: Edition
    subjects: tuple[AnySubject, ...]
    parts: Mapping[str, object]
    tables: PublishedTables
    report: PublicReport
    late: LateIndex
    rules: tuple[Rule, ...]
    files: tuple[Download, ...]
    example: Json
    units: Mapping[str, Mapping[str, Row]]
    others: Mapping[str, PlaceFacts]
    streets: ByStreet
    rated: Callable[[str], Rates]
    openness: Openness | None = None
    atlas: Atlas | None = None
    changed: Changed = NOTHING
    held: tuple[Held, ...] = ()
    archives: tuple[Download, ...] = ()
    told: Mapping[str, tuple[News, ...]] = field(default_factory=dict)
    news: dict[Unit, tuple[News, ...]] = field(default_factory=dict, compare=False)

    def row(self, resource: str, code: str) -> Row:
        """Return the published row of an area, a grid or a branch."""
        return self.units[resource][code]

    def having(self, level: Level) -> tuple[AnySubject, ...]:
        """Return the subjects that have figures of a level; not all have of the areas of another tree."""
        if level == "area" and self.edition.tree.kind:
            return tuple(subject for subject in self.subjects if subject.regrouped)
        return self.subjects

    def branches_above(self, code: str) -> tuple[str, ...]:
        """Return the branches above a branch, the topmost first."""
        return ancestry(self.guide.branch_parent, code)[:-1]

    def facts(self, subject: AnySubject) -> Any:
        """Return the facts of a subject: of the type that its own functions take."""
        return self.parts[subject.name]


def guide(tables: PublishedTables, maps: Mapping[str, str] | None = None) -> Guide:
    """Return what the pages of every shard may need of the whole package."""
    parents = branch_parents(tables)
    return Guide(
        names=names(tables), branch_parent=parents, branch_children=branch_children(parents), slices=slices(tables),
        maps=maps or {},
    )  # fmt: skip


def compared(source: Sources) -> Guide:
    """Return the guide with what pages of streets lay beside their own figures; `source`: the rest's."""
    rates = {area: source.rated(area) for area in source.shard.areas}
    return source.guide._replace(tops=source.edition.tree.tops, rates=rates)


def sources(
    published: Published, facts: Facts, subjects: Sequence[AnySubject], translate: Translator, guide: Guide
) -> Sources:
    """Prepare everything that more than one page of a shard needs."""
    shard = published.shards.every[-1]
    edition = Edition(
        package=published.package,
        scope=facts.scope,
        places=facts.places,
        names=guide.names,
        translate=translate,
        long=long(facts, subjects, shard),
        shard=shard,
    )
    return Sources(
        shard=shard,
        guide=guide,
        edition=edition,
        subjects=tuple(subjects),
        parts=facts.parts,
        tables=published.tables,
        report=published.report,
        late=index(facts, subjects),
        rules=(),
        files=(),
        example={},
        units={name: by_code(published.tables, name) for name in ("area", "grid", "branch")},
        others=facts.others,
        streets=by_street(edition.tree, guide.branch_parent) if shard.is_rest else ByStreet({}, {}, {}),
        rated=cache(lambda area: rates(facts, subjects, edition, guide, area)),
    )


def rates(facts: Facts, subjects: Sequence[AnySubject], edition: Edition, guide: Guide, area: str) -> Rates:
    """Return the key figures of an area that are rates: those of its own facts, or what the guide has of it."""
    if area in guide.rates:
        return guide.rates[area]
    unit = Unit("area", area)
    made = ((subject, subject.block(facts.parts[subject.name], unit, edition)) for subject in subjects)
    found = (figure for subject, block in made if block for figure in subject.figures(block, unit, edition))
    return {(item.definition, item.period): item.ratio for item in found if item.ratio and item.ratio.denominator > 0}


def with_rules(source: Sources, rules: Sequence[Rule], held: Sequence[Held] = ()) -> Sources:
    """Return `source` with the rules that the data was held against, and the files that are held back by them."""
    return replace(source, rules=tuple(rules), held=tuple(held))


def with_openness(source: Sources, openness: Openness) -> Sources:
    """Return `source` with what the package publishes and what it does not."""
    return replace(source, openness=openness)


def with_changes(source: Sources, changed: Changed) -> tuple[Guide, Sources]:
    """Return the guide and `source` with what changed since the last release."""
    since = changed.latest.since if changed.latest else ""
    guide = source.guide._replace(changes=changed.of_grids(NEWS), since=since)
    return guide, replace(source, guide=guide, changed=changed)


def with_files(source: Sources, files: Downloads, example: Json) -> Sources:
    """Return `source` with the published tables as they were written, and the data.json of a grid."""
    return replace(source, files=files.tables, archives=(files.archive,), example=example)


def branch_parents(tables: PublishedTables) -> Mapping[str, str]:
    """Return branch_id → parent_id, "" for the topmost."""
    return pairs(tables["branch"], "branch_id", "parent_id") if "branch" in tables else {}


def branch_children(parents: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return branch_id → the branches just under it, by code."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for child, parent in sorted(parents.items()):
        found[parent].append(child)
    return {parent: tuple(children) for parent, children in found.items()}


def by_code(tables: PublishedTables, name: str) -> Mapping[str, Row]:
    """Return the rows of a table by their code."""
    return {row[f"{name}_id"]: row for row in records(tables[name])} if name in tables else {}


def names(tables: PublishedTables) -> Names:
    """Return the look-up of names of areas, grids and branches."""

    def named(resource: str) -> Mapping[str, str]:
        return pairs(tables[resource], f"{resource}_id", "name") if resource in tables else {}

    return Names(areas=named("area"), grids=named("grid"), branches=named("branch"))


def long(facts: Facts, subjects: Sequence[AnySubject], shard: Shard) -> frozenset[Unit]:
    """Return the grids, branches and areas of a shard that have more records of some subject than a page lists."""
    levels: tuple[tuple[Level, Iterable[str]], ...] = (
        ("grid", shard.grids), ("branch", shard.branches), ("area", shard.areas),
    )  # fmt: skip
    return frozenset(
        unit
        for level, codes in levels
        for unit in (Unit(level, code) for code in codes)
        if any(subject.record_count(facts.parts[subject.name], unit) > NEWEST for subject in subjects)
    )
