"""pandas frames by unit: counted up the tree, walked unit by unit, listed row by row.

Never filter a frame once per grid: 10,000 grids × 1,000,000 cases.
"""

from builder.frames.cut import Pieces, cut, cut_mapping, cut_rows, parted
from builder.frames.joined import compact, joined
from builder.frames.late import late
from builder.frames.levels import added_levels, by_level
from builder.frames.listing import Listing, iso, text
from builder.frames.records import count, day, pairs, present, records
from builder.frames.walk import walk

__all__ = [
    "Listing", "Pieces", "added_levels", "by_level", "compact", "count", "cut", "cut_mapping", "cut_rows", "day", "iso",
    "joined", "late", "pairs", "parted", "present", "records", "text", "walk",
]  # fmt: skip
