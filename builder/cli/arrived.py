"""What `mingge import` says: what becomes of a file, how many rows differ, and what is to be mended in it first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from builder.cli import report as sentences
from builder.cli.arrival import Arrival
from builder.cli.boundary import err, out
from builder.cli.mended import SHOWN, changes
from builder.language import Translator, fill, mark, said
from builder.model import Address, Remark, Severity

if TYPE_CHECKING:
    from builder.pipeline import Checked, Opened

__all__ = ["errors", "finish", "left", "losses", "refusals", "told"]

LEFT_OUT = mark("  left out, never published: column {letter} “{title}”, {count} cells filled")
PRIVATE = mark("  left out, private: column {letter} “{title}”, without a cell")


def told(item: Arrival, opened: Opened, translate: Translator, shown: int) -> Iterator[str]:
    """Yield what becomes of a file: where it goes, what is left out, what is mended, and how many rows differ."""
    from builder import fix

    values = {"file": item.file.name, "path": item.name, "title": item.resource.title}
    yield fill(translate, mark("{file} → {path} ({title})"), values)
    for column in item.taken.dropped:
        yield fill(translate, LEFT_OUT if column.publish == "never" else PRIVATE, column.values)
    if item.refused:
        return
    found = fix.told(item.resource, item.file.name, item.taken.changes, is_sure=item.taken.is_sure)
    yield from changes(opened.told(found), translate, shown)
    yield from rows(item, opened, translate, shown)


def rows(item: Arrival, opened: Opened, translate: Translator, shown: int) -> Iterator[str]:
    """Yield how many rows there are and were, and which are gone."""
    from builder import fix

    found = fix.difference(item.resource, item.old, item.taken.header, item.taken.rows)
    values = found._asdict() | {"gone": len(found.gone)}
    if item.before is None:
        yield fill(translate, mark("  {after} rows; the package has no such file so far"), values)
    elif found.is_told:
        words = mark("  {after} rows, {before} before: {added} new, {gone} gone, {changed} changed")
        yield fill(translate, words, values)
    else:
        yield fill(translate, mark("  {after} rows, {before} before"), values)
    for remark in opened.told(fix.gone(item.resource, item.name, found.gone[:shown])):
        yield fill(translate, mark("    gone: {key}"), {"key": " ".join(map(str, remark.message.values.values()))})
    if len(found.gone) > shown:
        more = mark("… and {count} more; --all shows every one.")
        yield "    " + fill(translate, more, {"count": len(found.gone) - shown})


def refusals(found: Sequence[Arrival], opened: Opened, translate: Translator) -> None:
    """Say which files cannot be taken at all; exits with 1 when there is one."""
    from builder import fix

    refused = [fix.refusal(item.resource, item.file.name, item.refused) for item in found if item.refused]
    for remark in opened.told(refused):
        text, hint = said(translate, remark.message)
        values = {"file": remark.address.path, "text": text, "hint": hint}
        err.print(fill(translate, mark("{file}: {text}. {hint}"), values), markup=False, style="red")
    if refused:
        nothing_written(translate)


def losses(found: Sequence[Arrival], translate: Translator) -> None:
    """Say which tables would lose many rows; exits with 1 when there is one: nobody has said that they are to go."""
    for item in found:
        if item.lost:
            values = {"file": item.file.name, "path": item.name, "count": item.lost, "before": len(item.old.rows)}
            words = mark("{file}: {count} of the {before} rows of {path} are not in this file.")
            err.print(fill(translate, words, values), markup=False, style="red")
            hint = mark("Only new rows: add --append. The whole table, and these rows are to go: add --replace.")
            err.print(translate(hint), markup=False)
    if any(item.lost for item in found):
        nothing_written(translate)


def errors(found: Checked) -> Counter[tuple[str, str]]:
    """Return (code, resource) → the number of errors."""
    kinds = Counter[tuple[str, str]]()
    for (severity, code, resource), count in found.report.counts().items():
        if severity is Severity.ERROR:
            kinds[code, resource] += count
    return kinds


def left(found: Sequence[Arrival], judged: Checked, new: Mapping[tuple[str, str], int], translate: Translator) -> None:
    """Say which errors the package would have, `new` of them; exits with 1 when there is one.

    A cell of a file that comes in is named by its place there: that is where it is mended.
    """
    of_file = {item.name: item for item in found}
    shown = Counter[str]()
    for remark in judged.remarks(SHOWN):
        item = of_file.get(remark.address.path)
        placed = place(item, remark) if item else remark
        if remark.severity is Severity.WARNING and item:
            err.print(sentences.sentence(placed, translate), markup=False)
        elif remark.severity is Severity.ERROR and (remark.code, remark.resource) in new:
            err.print(sentences.sentence(placed, translate), markup=False, style="red")
            shown[remark.code] += 1
    count = sum(new.values())
    if count > shown.total():
        words = mark("… and {count} more errors; they are told when these are mended.")
        err.print(fill(translate, words, {"count": count - shown.total()}), markup=False)
    if count:
        words = mark("{count} errors are to be mended first.")
        err.print(fill(translate, words, {"count": count}), markup=False)
        nothing_written(translate)


def place(item: Arrival, remark: Remark) -> Remark:
    """Return what is said of the new file as it is to be said of the file that came in."""
    _, row, letter = remark.address
    number = item.taken.number(row)
    if number is None:
        return remark
    values = item.taken.values(remark.message.values, item.name, item.file.name)
    address = Address(item.file.name, number, item.taken.letter(letter))
    return replace(remark, address=address, message=replace(remark.message, values=values))


def nothing_written(translate: Translator) -> None:
    err.print(translate(mark("Nothing was written: the package is as it was.")), markup=False)
    raise typer.Exit(1)


def finish(found: Sequence[Arrival], translate: Translator, *, is_written: bool) -> None:
    """Say what was written, or what is to be done to write it."""
    for item in found:
        if item.data == item.before:
            words = mark("{path} has the very same content already.")
        elif is_written:
            words = mark("{path} was written.")
        else:
            words = mark("No errors. Nothing was written: add --write to write {path}.")
        out.print(fill(translate, words, {"path": item.name}), markup=False)
