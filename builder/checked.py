"""What is known of a package before its tables are read, and as far as its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from builder import protect
from builder.errors import BuilderError
from builder.frames import profile
from builder.language import mark
from builder.model import (
    Attachments,
    Finding,
    Geometry,
    Listed,
    Openness,
    Package,
    Policy,
    Profile,
    Remark,
    Report,
    Severity,
    Tables,
)
from builder.subjects.subject import AnySubject

__all__ = ["Checked", "Opened", "leaving"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A package before its tables are read. `policy`: what may be quoted; `kept`: tables that stay as they are.

    `tree`: tables that hardly change. `together`: table → those that go with it where it is left out; one that has no
    entry may not be.
    """

    package: Package
    policy: Policy
    kept: Collection[str]
    tree: Collection[str] = ()
    together: Mapping[str, Collection[str]] = field(default_factory=dict)

    def loses(self, name: str, before: int, gone: int) -> bool:
        """Return whether to ask somebody before `gone` rows of those `before` leave table `name`."""
        return self.package.resources[name].steadiness.is_loss(before, gone, is_tree=name in self.tree)

    def unwanted(self, name: str) -> tuple[str, ...]:
        """Return the `publish` of the columns that a file of table `name` may not have."""
        return () if name in self.kept else self.package.settings.unwanted

    def told(self, findings: Iterable[Finding]) -> Iterator[Remark]:
        """Yield findings as staff may read them."""
        return protect.for_staff(findings, self.policy)


@dataclass(slots=True)
class Checked:
    """A package as far as its findings. `as_of`: the day that the figures describe.

    `tables`: none of them, once a build has taken them. `subjects`: those that the package has, `absent`: those that it
    lacks. `files`: those that rows may name. `lock`: the text of policy.lock, None where there is none. `geometry`: the
    shapes of places, None where the package has none. `compared`: what differs from the last release, for staff alone.
    """

    tables: Tables
    report: Report
    as_of: date
    policy: Policy
    subjects: tuple[AnySubject, ...]
    absent: tuple[AnySubject, ...]
    files: Attachments
    openness: Openness
    lock: str | None = None
    geometry: Geometry | None = None
    compared: tuple[Finding, ...] = ()

    def hand_over(self) -> Tables:
        """Return the tables and keep them no longer: a build is done with them long before its end."""
        tables, self.tables = self.tables, replace(self.tables, tables={})
        if not tables.tables:
            raise ValueError("the tables of this package have been handed over before")
        return tables

    @property
    def for_staff(self) -> Report:
        """All that staff are told; `report` is what the public may be told of."""
        return Report((*self.report.groups, Listed(self.compared)), self.report.row_counts)

    @property
    def errors(self) -> int:
        """The number of findings that stop a build."""
        return self.report.total(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """The number of findings that do not stop a build."""
        return self.for_staff.total(Severity.WARNING)

    @property
    def row_counts(self) -> Mapping[str, int]:
        """Resource → the rows that were looked at."""
        return self.report.row_counts

    @property
    def is_public(self) -> bool:
        """Whether anybody may read the package."""
        return self.tables.package.settings.is_public

    def refuse_public(self) -> None:
        """Raise BuilderError for a package in which there is nothing to count any more."""
        if self.is_public:
            raise BuilderError(
                mark("datapackage.json says that this package is public: what may not be listed is not in it any more"),
                mark("name the private folder; its datapackage.json says “repository”: “private”"),
            )

    def remarks(self, limit: int | None = None) -> Iterator[Remark]:
        """Yield every finding (or the first `limit` of each code) as staff may read it."""
        return self.told(self.for_staff.findings if limit is None else self.for_staff.sample(limit))

    def told(self, findings: Iterable[Finding]) -> Iterator[Remark]:
        """Yield findings as staff may read them."""
        return protect.for_staff(findings, self.policy)

    def profile(self) -> Profile:
        """Return rows and filled cells of what would be published, without what is made when a package is taken in."""
        public = protect.tables(self.tables, self.policy, self.subjects)
        made = {item.resource for subject in self.subjects for item in (subject.statistics, subject.kept) if item}
        found = profile(public, self.as_of)
        kept = {name: extent for name, extent in found.tables.items() if self.is_public or name not in made}
        return replace(found, tables=kept)

    def renewal(self) -> protect.Renewal:
        """Return the policy.lock that the package should have, and what it would let through."""
        return protect.renewal(self.lock, self.openness, self.tables, self.policy)

    def counts(self) -> Mapping[str, int]:
        """Return code → the number of findings."""
        found: Counter[str] = Counter()
        for (_, code, _), number in self.for_staff.counts().items():
            found[code] += number
        return found


def leaving(package: Package, subjects: Iterable[AnySubject], never: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Return table → the tables that go with it where it is left out; tables of `never` are not.

    A subject decides which of its rows may be listed: without a table that it needs, or whose counts were published
    already, none of its tables may be published.
    """
    groups = []
    for subject in subjects:
        counts = {item.resource for item in (subject.statistics, subject.kept) if item}
        needed = {item.resource for item in subject.needs if not item.optional or item.resource in counts}
        groups.append((needed, {item.resource for item in subject.needs}))
    found: dict[str, frozenset[str]] = {}
    for name in package.resources.keys() - set(never):
        gone, before = {name}, set[str]()
        while gone != before:
            before = set(gone)
            gone |= {other for needed, every in groups if needed & before for other in every}
        if not gone & set(never):
            found[name] = frozenset(gone & package.resources.keys())
    return found
