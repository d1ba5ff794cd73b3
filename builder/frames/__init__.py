"""pandas frames by unit: counted up the tree, walked unit by unit, listed row by row.

Never filter a frame once per grid: 10,000 grids × 1,000,000 cases.
"""

from builder.frames.cut import Pieces, cut, cut_mapping, cut_rows, parted
from builder.frames.joined import compact, joined, looked_up
from builder.frames.late import EXCUSES, excuses, late
from builder.frames.levels import added_levels, by_level, by_unit, lowest, upward, with_areas
from builder.frames.listing import Listing, iso, text
from builder.frames.money import cents, exact, share, yuan
from builder.frames.profile import profile, profile_json
from builder.frames.records import count, day, pairs, present, records
from builder.frames.slices import slices, write_slices
from builder.frames.sums import summed
from builder.frames.survival import survival_median
from builder.frames.walk import walk
from builder.frames.written import in_words, moments, write_csv

__all__ = [
    "EXCUSES", "Listing", "Pieces", "added_levels", "by_level", "by_unit", "cents", "compact", "count", "cut",
    "cut_mapping", "cut_rows", "day", "exact", "excuses", "in_words", "iso", "joined", "late", "looked_up",
    "lowest", "moments", "pairs", "parted", "present", "profile", "profile_json", "records", "share", "slices",
    "summed", "survival_median", "text", "upward", "walk", "with_areas", "write_csv", "write_slices", "yuan",
]  # fmt: skip
