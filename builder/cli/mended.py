"""What `mingge fix` and `mingge import` say: changes grouped by file and kind, and what is left for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.language import Translator, fill, mark
from builder.model import Address, Remark

__all__ = ["EVERY", "SHOWN", "changes"]

SHOWN, EVERY = 10, 10**9
"""Changes of one kind in one file that are printed; --all prints every one."""

HIDDEN = "***"
"""What stands in the place of a cell that may not be read: what it becomes may not be either."""


def changes(remarks: Iterable[Remark], translate: Translator, shown: int = SHOWN) -> Iterator[str]:
    """Yield the lines for the changes of one file: each kind with its number, then the first of them."""
    of_kind: dict[str, list[Remark]] = {}
    for item in remarks:
        of_kind.setdefault(item.message.text, []).append(item)
    for items in of_kind.values():
        kind = {"kind": translate(items[0].message.text), "count": len(items)}
        yield fill(translate, mark("  {kind}: {count}"), kind)
        for item in items[:shown]:
            if line := change(item, translate):
                yield f"    {line}"
        if len(items) > shown:
            words = mark("… and {count} more; --all shows every one.")
            yield f"    {fill(translate, words, {'count': len(items) - shown})}"


def change(item: Remark, translate: Translator) -> str:
    """Return where something is mended and how, in one line; "" where the kind says it all."""
    place = where(item.address, item.column, translate)
    old, new = item.message.values.get("old", ""), item.message.values.get("new", "")
    if item.value == HIDDEN:
        return fill(translate, mark("{place}: not shown"), {"place": place})
    if item.value:
        old, new = item.value, item.mended
    if not old and not new:
        return place
    words = mark("{place}: “{old}” → “{new}”") if place else mark("“{old}” → “{new}”")
    return fill(translate, words, {"place": place, "old": old, "new": new})


def where(address: Address, column: str, translate: Translator) -> str:
    """Return row and column, "" for the whole file."""
    _, row, letter = address
    parts = [fill(translate, mark("row {row}"), {"row": row})] if row else []
    parts += [fill(translate, mark("column {letter}"), {"letter": letter})] if letter else []
    place = " ".join(parts)
    return fill(translate, mark("{place} “{column}”"), {"place": place, "column": column}) if column else place
