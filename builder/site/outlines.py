"""The shapes of places as files: data/geometry.geojson for everybody, map/areas.json to look a position up in.

Always holds: both hold borders, codes and names, and nothing else that the package's own file may have held.
"""

from __future__ import annotations

import json
from pathlib import Path

from builder import shapes as drawn
from builder.model import Json, Shapes

__all__ = ["GEOMETRY", "POSITIONS", "publish_shapes"]

GEOMETRY = "geometry.geojson"
"""What the file is called below data/, whatever the package calls it; templates/parts/shapes.html links it."""

POSITIONS = "map/areas.json"
"""Where browsers look positions up, from the site's root; templates/parts/locate.html names it."""


def publish_shapes(found: Shapes, positions: Json, target: Path) -> None:
    """Write the shapes into the folder `target` of the site, and what positions are looked up in."""
    for name, text in (
        (f"data/{GEOMETRY}", drawn.geojson(found.key, found.of)),
        (POSITIONS, json.dumps(positions, ensure_ascii=False, separators=(",", ":")) + "\n"),
    ):
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
