"""quality/: the rows that are published, the rules the data was held against, and what is left to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.language import Translator, mark, said
from builder.model import PageContext, Remark
from builder.pages.sources import Sources

__all__ = ["CheckRow", "FindingGroup", "FindingRow", "HeldRow", "QualityPage", "ResourceQuality", "page"]


class ResourceQuality(NamedTuple):
    """One table as it is published: its rows, and warnings about it."""

    title: str
    name: str
    row_count: int
    warning_count: int


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One rule that the data was held against, and how often it was not kept. `reason`: why it was lowered, or ""."""

    code: str
    severity: str
    resource: str
    rule: str
    count: int
    reason: str = ""


class FindingRow(NamedTuple):
    """One warning as published: `place` is file, row and column, or the file alone."""

    place: str
    message: str
    fix: str


class HeldRow(NamedTuple):
    """A file that is held back since a day. `as_of`: the day of what is shown instead, "" where nothing is.

    `reasons`: what is wrong, as code and number.
    """

    title: str
    path: str
    as_of: str
    since: str
    reasons: tuple[tuple[str, int], ...]


class FindingGroup(NamedTuple):
    """The warnings that one rule gave: those that are shown, of `number` that there are. `rule`: its sentence."""

    code: str
    rule: str
    number: int
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class QualityPage(PageContext):
    """Rows published, rules held, warnings (the first of `finding_count`).

    `told`: rules that were not kept, or lowered; `kept`: all others. `held`: files whose newest version is not shown.
    """

    resources: tuple[ResourceQuality, ...]
    told: tuple[CheckRow, ...]
    kept: tuple[CheckRow, ...]
    findings: tuple[FindingGroup, ...]
    finding_count: int
    held: tuple[HeldRow, ...]


def page(source: Sources, _key: tuple[str, ...]) -> QualityPage:
    """Return the page of data quality."""
    edition, report, _ = source.edition, source.report, source.edition.translate
    title = _(mark("Data quality"))
    sections = [("held", _(mark("Held back")))] if source.held else []
    sections += [("resources", _(mark("Published tables")))]
    sections += [("checks", _(mark("Rules")))]
    sections += [("findings", _(mark("Remarks")))] if report.total else []
    rules = [
        CheckRow(
            code=rule.code, severity=rule.severity, resource=edition.title(rule.resource), rule=_(rule.sentence),
            count=report.counts.get((rule.code, rule.resource), 0), reason=rule.reason,
        )
        for rule in source.rules
    ]  # fmt: skip
    return QualityPage(
        head=edition.head(title, title, "quality/", *sections),
        resources=tuple(
            ResourceQuality(
                title=edition.title(name), name=name, row_count=source.tables.row_count(name),
                warning_count=report.of(name),
            )
            for name in source.tables.frames
        ),
        told=tuple(rule for rule in rules if rule.count or rule.reason),
        kept=tuple(rule for rule in rules if not (rule.count or rule.reason)),
        findings=tuple(groups(source)),
        finding_count=report.total,
        held=tuple(
            HeldRow(item.title, item.path, item.as_of, item.since, tuple(item.kinds.items())) for item in source.held
        ),
    )  # fmt: skip


def groups(source: Sources) -> Iterator[FindingGroup]:
    """Yield the warnings rule by rule, as the report has them."""
    report, translate = source.report, source.edition.translate
    rules = {rule.code: translate(rule.sentence) for rule in source.rules}
    numbers: Counter[str] = Counter()
    for (code, _), number in report.counts.items():
        numbers[code] += number
    for code, number in numbers.items():
        rows = tuple(row(translate, item) for item in report.remarks if item.code == code)
        yield FindingGroup(code, rules.get(code, code), number, rows)


def row(translate: Translator, remark: Remark) -> FindingRow:
    path, number, letter = remark.address
    message, fix = said(translate, remark.message)
    return FindingRow(place=f"{path} {letter}{number}" if number else path, message=message, fix=fix)
