"""Changes and lost rows as findings: what a cell said and says passes the same wall as every quote (docs/adr/0021)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder import mend
from builder.fix.values import Change
from builder.fix.words import OTHER, WHOLE, WORDS
from builder.language import mark
from builder.model import Address, Field, Finding, Message, Quote, Resource, Severity
from builder.model.legible import shown

__all__ = ["RAW", "gone", "is_formal", "refusal", "told"]

RAW = Message(
    mark("this is a raw export: column {letter} “{title}” is private, and {count} cells of it are filled"),
    mark("Put it into the private folder, and bring in what may be published with `mingge intake`."),
)
"""Why a file with private cells does not come into a public package."""

LONGEST = 60
"""Characters of a cell that are quoted."""

GONE = mark("the row is gone")


def told(resource: Resource, path: str, changes: Iterable[Change], *, is_sure: bool) -> Iterator[Finding]:
    """Yield one finding for each change of a file `path`; its code says why, `value` and `mended` hold the cell.

    `is_sure`: see `Fixed`. If not, only what has the form of its column can be read.
    """
    for change in changes:
        field = resource.schema[change.field] if change.field else None
        message = Message(words(change.why), "", {"old": shown(change.old), "new": shown(change.new)})
        value = mended = None
        if field and change.why not in WHOLE:
            message = Message(words(change.why))
            name = field.name if is_sure else ""
            value, mended = (
                Quote(resource.name, name, shown(text[:LONGEST]), is_formal(field, text))
                for text in (change.old, change.new)
            )
        yield Finding(
            change.why, Severity.WARNING, resource.name, Address(path, change.row, change.letter), message,
            field.title if field else "", value, mended,
        )  # fmt: skip


def words(why: str) -> str:
    return WORDS.get(why, OTHER)


def refusal(resource: Resource, path: str, message: Message) -> Finding:
    """Return why a file was left alone as a finding: what is said of it may quote a cell."""
    return Finding("left-alone", Severity.ERROR, resource.name, Address(path), message)


def gone(resource: Resource, path: str, keys: Iterable[Sequence[str]]) -> Iterator[Finding]:
    """Yield one finding for each row that is no longer there, with the cells of its primary key as `values`."""
    for key in keys:
        quotes = {
            name: Quote(resource.name, name, shown(text[:LONGEST]), is_formal(resource.schema[name], text))
            for name, text in zip(resource.schema.primary_key, key, strict=True)
        }
        yield Finding("row-gone", Severity.WARNING, resource.name, Address(path), Message(GONE, "", quotes))


def is_formal(field: Field, text: str) -> bool:
    """Return whether a cell may be quoted beside private columns; the codes of other tables are not known here."""
    return mend.is_formal(text, field)
