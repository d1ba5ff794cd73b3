"""Shapes of places: mended, compared, joined, simplified and drawn. Shapely is used here and nowhere else.

Always holds: what goes in and comes out is a multipolygon as WKB, in degrees of WGS 84; no stage and no table is known
here. The same shapes give the same bytes.
"""

from builder.shapes.drawing import Box, Drawing, box, drawing
from builder.shapes.located import outlines
from builder.shapes.made import Mended, Ring, geojson, joined, made, mended, width
from builder.shapes.overlap import overlaps

__all__ = [
    "Box", "Drawing", "Mended", "Ring", "box", "drawing", "geojson", "joined", "made", "mended", "outlines", "overlaps",
    "width",
]  # fmt: skip
