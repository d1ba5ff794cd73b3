"""Ways round the wall, each of which mypy must refuse: `make lint` fails when an `ignore` below has nothing to ignore.

Nothing here is ever run.
"""

from __future__ import annotations

from builder import measure, pages, places, protect
from builder.model import (
    Counted,
    Finding,
    Policy,
    PublicReport,
    Published,
    PublishedTables,
    Report,
    Scope,
    Tables,
    Tree,
)
from builder.subjects import SUBJECTS
from builder.subjects.assessment import ASSESSMENT
from builder.subjects.assessment.count import AssessmentCounted
from builder.subjects.case import CASE
from builder.subjects.case.count import CaseCounted
from builder.subjects.duty import DUTY
from builder.subjects.duty.count import DutyCounted, count
from builder.subjects.duty.measure import DutyFacts
from builder.subjects.duty.measure import measure as measure_duties
from builder.subjects.duty.needs import NEEDS
from builder.subjects.duty.protect import protect as protect_duties
from builder.subjects.facts import Facts
from builder.subjects.subject import Subject

POLICY = Policy({}, {}, {}, 10, 10, 10)


def what_was_counted_is_not_measured(counted: Counted, scope: Scope) -> None:
    measure.published(counted, SUBJECTS)  # type: ignore[arg-type]
    DUTY.measure(DutyCounted({}, counted.parts), scope)  # type: ignore[arg-type]


def no_subject_measures_what_it_counted(
    scope: Scope, case: CaseCounted, assessment: AssessmentCounted, terms: places.PlacesCounted, tree: Tree
) -> None:
    CASE.measure(case, scope)  # type: ignore[arg-type]
    ASSESSMENT.measure(assessment, scope)  # type: ignore[arg-type]
    places.measure(terms, PublishedTables({}, {}), tree)  # type: ignore[arg-type]


def unprotected(counted: DutyCounted, _policy: Policy) -> DutyCounted:
    return counted


def measured(counted: DutyCounted, scope: Scope) -> DutyFacts:
    return DUTY.measure(protect_duties(counted, POLICY), scope)


def no_subject_can_be_made_without_its_wall() -> None:
    Subject("duty", NEEDS, count, unprotected, measure_duties, DUTY.block)  # type: ignore[misc]
    Subject("duty", NEEDS, count, protect_duties, measured, DUTY.block)  # type: ignore[misc]


def pages_are_made_from_what_is_published(counted: Counted, facts: Facts, guide: pages.Guide) -> None:
    pages.sources(counted, facts, (), str, guide)  # type: ignore[arg-type]


def private_tables_are_not_published(published: Published, tables: Tables) -> None:
    package, scope, shards = published.package, published.scope, published.shards
    Published(package, scope, shards, published.parts, tables, published.report)  # type: ignore[arg-type]


def private_counts_are_not_published(published: Published, counted: Counted) -> None:
    package, scope, shards = published.package, published.scope, published.shards
    Published(package, scope, shards, counted.parts, published.tables, published.report)  # type: ignore[arg-type]


def a_finding_is_no_remark(report: Report, finding: Finding, policy: Policy) -> None:
    remarks = protect.for_public(report, policy).remarks
    remarks = (finding,)  # type: ignore[assignment]
    PublicReport({}, remarks)
