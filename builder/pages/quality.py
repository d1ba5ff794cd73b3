"""quality/: the rows that are published, the rules the data was held against, and what is left to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from builder.language import Translator, fill, mark
from builder.model import Finding, Report
from builder.pages.context import CheckRow, FindingRow, QualityPage, ResourceQuality
from builder.pages.sources import Sources

__all__ = ["quality"]

SHOWN = 200
"""Remarks listed on the page; the counts are of all."""


def quality(source: Sources, report: Report, rules: Sequence[tuple[str, str, str, str]]) -> QualityPage:
    """Return the page of data quality. `rules`: (code, severity, resource, rule) of every check that was run."""
    title = source.translate(mark("Data quality"))
    resources = source.tables.package.resources
    by_resource = Counter(item.resource for item in report.warnings)
    by_rule = Counter((item.code, item.resource) for item in report.warnings)
    checks = tuple(
        CheckRow(code, severity, resources[resource].title, source.translate(rule), by_rule[code, resource])
        for code, severity, resource, rule in rules
    )
    return QualityPage(
        head=source.head(title, title, "quality/", "resources", "checks", *(("findings",) if report.warnings else ())),
        resources=tuple(
            ResourceQuality(resources[name].title, name, len(table.frame), by_resource[name])
            for name, table in source.tables.tables.items()
        ),
        checks=checks,
        findings=tuple(finding_row(source.translate, item) for item in report.warnings[:SHOWN]),
        finding_count=len(report.warnings),
    )


def finding_row(translate: Translator, finding: Finding) -> FindingRow:
    path, row, letter = finding.address
    # a row of the cases may be one that is not published: its number says how many there are
    is_named = bool(row) and finding.resource != "case"
    place = f"{path} {letter}{row}" if is_named else path
    fix = fill(translate, finding.fix, finding.values) if finding.fix else ""
    return FindingRow(finding.code, place, fill(translate, finding.message, finding.values), fix)
