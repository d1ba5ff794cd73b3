"""What may be read of a finding. It quotes cells; a quote of a column that is not public is ***, whoever reads it.

Staff see file, row and column: the file is theirs. But what they read may stand in a log that others read too, so of a
table that has anything private no cell is quoted to them (docs/adr/0021). The public sees warnings only. Of a column
that is not public it is not told the row: published tables keep their order, so the row would say whose cell it is. Of
a table whose rows are not all published it is only told that there are some: neither the row nor how many there are,
nor any cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from builder import gate
from builder.model import Address, Finding, Message, Policy, PublicReport, Quote, Remark, Report, Severity

__all__ = ["HIDDEN", "SHOWN", "for_public", "for_staff"]

HIDDEN = "***"

SHOWN = 200
"""Remarks that the public may read one by one; the counts are of all."""

Reads = Callable[[Quote], bool]


def for_staff(findings: Iterable[Finding], policy: Policy) -> Iterator[Remark]:
    """Yield `findings` as staff may read them."""
    for finding in findings:
        yield remark(finding, finding.address, policy.quotes)


def for_public(report: Report, policy: Policy) -> PublicReport:
    """Return the warnings as anybody may read them."""
    counts = {
        (code, resource): 1 if resource in policy.levels else count
        for (severity, code, resource), count in report.counts().items()
        if severity is Severity.WARNING
    }
    remarks = (published(item, policy) for item in told_once(report, policy))
    return PublicReport(counts=counts, remarks=tuple(islice(remarks, SHOWN)))


def told_once(report: Report, policy: Policy) -> Iterator[Finding]:
    """Yield the warnings; of a table whose rows are not all published the first of each code, for them all."""
    seen: set[tuple[str, str]] = set()
    for item in report.findings:
        kind = (item.code, item.resource)
        if item.severity is Severity.WARNING and not (item.resource in policy.levels and kind in seen):
            seen.add(kind)
            yield item


def published(finding: Finding, policy: Policy) -> Remark:
    if finding.resource in policy.levels:
        return remark(finding, Address(finding.address.path), lambda _: False)

    def reads(quote: Quote) -> bool:
        is_vote = quote.field in policy.votes(quote.resource)
        return policy.shows(quote.resource, quote.field) and quote.resource not in policy.levels and not is_vote

    quotes = [item for item in (finding.value, *finding.message.values.values()) if isinstance(item, Quote)]
    address = finding.address if all(map(reads, quotes)) else Address(finding.address.path)
    return remark(finding, address, reads)


def remark(finding: Finding, address: Address, reads: Reads) -> Remark:
    """Return `finding` at `address` with the quotes that its reader may read."""
    values = {name: told(value, reads) for name, value in finding.message.values.items()}
    return Remark(
        code=finding.code,
        severity=finding.severity,
        resource=finding.resource,
        address=address,
        message=Message(finding.message.text, finding.message.hint, values),
        column=finding.column,
        value=str(told(finding.value, reads)) if finding.value else "",
        mended=str(told(finding.mended, reads)) if finding.mended and reads(finding.mended) else "",
    )


def told(value: object, reads: Reads) -> object:
    """Return what is read in the place of a value: a cell's text without personal data, *** for a private one."""
    if not isinstance(value, Quote):
        return value
    if not value.text or reads(value):
        return masked(value.text)
    return HIDDEN


@lru_cache(maxsize=10_000)
def masked(text: str) -> str:
    """Return a cell's text without personal data. A hundred thousand findings may quote the same few texts."""
    return gate.masked(text, gate.hits(text))
