"""Of a file of shapes only borders and codes go any further, and only where the package says that they may."""

from __future__ import annotations

from builder import shapes as drawn
from builder.model import Geometry, PublishedTables, Shapes

__all__ = ["shapes"]


def shapes(found: Geometry | None, tables: PublishedTables) -> Shapes | None:
    """Return the shapes that may be published, mended; None for none.

    Of a feature's properties the key alone is kept, and only of places whose rows are published.
    """
    if found is None or found.file.publish != "public":
        return None
    resource, key = found.file.resource, found.file.key
    if resource not in tables or key not in tables[resource] or tables.resources[resource].schema[key].opaque:
        return None  # a code that nobody may know cannot stand beside its place
    known = frozenset(tables[resource][key].dropna())
    mended = {item.code: drawn.mended(item.shape).shape for item in found.features if item.code in known and item.shape}
    return Shapes(key, {code: mended[code] for code in sorted(mended) if mended[code]})
