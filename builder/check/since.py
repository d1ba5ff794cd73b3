"""What a release has less, or suspiciously more, than the one before: told to staff, never published.

What is compared is what both publish: rows of tables and filled cells of their columns. How far they may differ is said
here, and for a table of its own in datapackage.json:

    fewer_rows_pct    5     rows that may be missing, in per cent of those before; of the tree none may
    more_rows_pct     100   rows that may be added, in per cent of those before
    emptied_points    10    by how many percentage points the share of filled cells of a column may fall
    new_rows_days     –     after how many days there should be a row more or less; nobody asks unless it is stated
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from builder.check.codes import EARLIER, EMPTIED, FEWER, MORE, NOTHING_NEW, VANISHED
from builder.language import mark
from builder.model import Address, Extent, Finding, Message, Package, Profile, Resource, Severity

__all__ = ["compared"]

MORE_PCT = 100
EMPTIED_POINTS = 10

FEW = 20
"""Rows below which nothing is said of shares: one row more or less would be a tenth of them."""

DESCRIPTOR = Address("datapackage.json")
AGAIN = mark("Export the file again; if they are right, nothing needs to be done.")


def compared(
    before: Profile, now: Profile, package: Package, tree: Collection[str], broken: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield what is to be told. `tree`: tables that hardly change, so that every missing row is told.

    `package`: whose tables are `now`; a table of which `now` says nothing is not compared, unless the package lacks it.
    `broken`: tables that are not read as they are meant, and so not compared.
    """
    if now.as_of < before.as_of:
        yield found(
            EARLIER, "", DESCRIPTOR, mark("the day {now} lies before that of the last release, {before}"),
            mark("Set as_of to the day that the figures describe."), now=now.as_of, before=before.as_of,
        )  # fmt: skip
    for name, extent in before.tables.items():
        if name not in package.resources:
            yield found(
                VANISHED, name, DESCRIPTOR,
                mark("the table “{name}”, which had {count} rows in the last release, is not there any more"),
                mark("Add it again; if it is no longer published, nothing needs to be done."),
                name=name, count=extent.rows,
            )  # fmt: skip
        elif name in now.tables and name not in broken:
            yield from rows(package.resources[name], extent, now.tables[name], is_tree=name in tree)
            yield from columns(package.resources[name], extent, now.tables[name])
    both = (before.tables.keys() & now.tables.keys()) - set(broken)
    is_same = all(before.tables[name] == now.tables[name] for name in both)
    if both and not broken and now.as_of > before.as_of and is_same:
        yield found(
            NOTHING_NEW, "", DESCRIPTOR,
            mark("as_of went from {before} to {now}, but no table has a row or a filled cell more or less"),
            mark("Export the tables again, or set as_of back to the day that they describe."),
            before=before.as_of, now=now.as_of,
        )  # fmt: skip
    else:
        for name in sorted(both & package.resources.keys()):
            yield from standing(package.resources[name], before, now)


def rows(resource: Resource, before: Extent, now: Extent, *, is_tree: bool) -> Iterator[Finding]:
    limits = resource.steadiness
    more = limits.more_rows_pct if limits.more_rows_pct is not None else MORE_PCT
    values = {"before": before.rows, "now": now.rows}
    if limits.is_loss(before.rows, before.rows - now.rows, is_tree=is_tree):
        yield found(
            FEWER, resource.name, Address(resource.path),
            mark("{fewer} rows fewer than in the last release ({now} instead of {before})"), AGAIN,
            fewer=before.rows - now.rows, **values,
        )  # fmt: skip
    if before.rows >= FEW and (now.rows - before.rows) * 100 >= max(more, 1) * before.rows:
        yield found(
            MORE, resource.name, Address(resource.path),
            mark("{more} rows more than in the last release ({now} instead of {before})"),
            mark("Look whether rows were appended twice; if they are right, nothing needs to be done."),
            more=now.rows - before.rows, **values,
        )  # fmt: skip


def columns(resource: Resource, before: Extent, now: Extent) -> Iterator[Finding]:
    """Yield the columns that lost their cells; columns that either release lacks are policy.lock's business."""
    limit = resource.steadiness.emptied_points
    most = EMPTIED_POINTS if limit is None else limit
    if min(before.rows, now.rows) < FEW:
        return
    for name, filled in before.filled.items():
        if name not in now.filled or name not in resource.schema:
            continue
        then, since = 100 * filled / before.rows, 100 * now.filled[name] / now.rows
        if then - since > most:
            yield found(
                EMPTIED, resource.name, Address(resource.path),
                mark("only {now} % of the rows have something in “{column}”; in the last release it was {before} %"),
                mark("Export the file again with this column; if it is right, nothing needs to be done."),
                column=resource.schema[name].title, now=round(since), before=round(then),
            )  # fmt: skip


def standing(resource: Resource, before: Profile, now: Profile) -> Iterator[Finding]:
    """Yield a table that should have new rows by now and has none."""
    days, passed = resource.steadiness.new_rows_days, (now.as_of - before.as_of).days
    if days is not None and passed >= days and now.tables[resource.name] == before.tables[resource.name]:
        yield found(
            NOTHING_NEW, resource.name, Address(resource.path),
            mark("no new row since the last release of {before}, {days} days ago"), AGAIN,
            before=before.as_of, days=passed,
        )  # fmt: skip


def found(code: str, resource: str, address: Address, text: str, hint: str, **values: object) -> Finding:
    column = str(values.get("column", ""))
    return Finding(code, Severity.WARNING, resource, address, Message(text, hint, values), column)
