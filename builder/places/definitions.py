"""What the figures mean that belong to no one subject: how whole the two nets are, and what any page counts."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition
from builder.places.coverage import DEFINITIONS as COVERAGE

__all__ = [
    "COMMITTEE", "CORRECTIONS", "DEFINITIONS", "GRIDS", "HOUSEHOLDS", "OVERDUE", "PARTY_MEMBERS", "PROGRESS", "REMARKS",
    "ROWS",
]  # fmt: skip

OVERDUE = Definition(
    anchor="overdue",
    name=mark("Overdue"),
    meaning=mark("How much is not done though its limit has passed, of all that has limits."),
    formula=mark("the sum of what is overdue over all subjects that have limits; each of them says what it counts"),
    exclusions=mark("what is done, however late; what is due on the day the data describes or later"),
    source=mark("all tables with a limit"),
)
GRIDS = Definition(
    anchor="grids",
    name=mark("Grids"),
    meaning=mark("How many grids lie in an area."),
    formula=mark("the number of grids in the area and in the areas below it"),
    exclusions=mark("nothing: grids that are closed keep their page and are counted"),
    source=mark("table grid: area_id"),
)
HOUSEHOLDS = Definition(
    anchor="households",
    name=mark("Households"),
    meaning=mark("How many households a grid or an area has."),
    formula=mark("the number that is reported for the grid; of an area, the sum over its grids"),
    exclusions=mark("grids whose number of households is not known"),
    source=mark("table grid: household_count"),
    needs=("grid.household_count",),
)
PARTY_MEMBERS = Definition(
    anchor="branch-members",
    name=mark("Members"),
    meaning=mark("How many members a branch has."),
    formula=mark("the number as it is reported"),
    exclusions=mark("nothing"),
    source=mark("table branch: member_count"),
    needs=("branch.member_count",),
)
COMMITTEE = Definition(
    anchor="branch-committee",
    name=mark("Committee"),
    meaning=mark("How many members the committee of a branch has."),
    formula=mark("the number as it is reported"),
    exclusions=mark("nothing"),
    source=mark("table branch: committee_count"),
    needs=("branch.committee_count",),
)
ROWS = Definition(
    anchor="rows",
    name=mark("Rows"),
    meaning=mark("How many rows a table has."),
    formula=mark("the number of rows that were read; of a file, those that are published"),
    exclusions=mark("of a file, rows that may not be published; a number too small to be shown says so"),
    source=mark("all tables"),
)
REMARKS = Definition(
    anchor="remarks",
    name=mark("Warnings"),
    meaning=mark("How often the data breaks a rule that does not stop its publication."),
    formula=mark("the number of warnings, of a table or of a rule"),
    exclusions=mark("errors: with one, nothing is published"),
    source=mark("the rules on the page of data quality"),
)
CORRECTIONS = Definition(
    anchor="corrections",
    name=mark("Corrections"),
    meaning=mark("How much of what had been published was changed afterwards."),
    formula=mark(
        "the number of cells that are others than in the last release, and of rows that are gone, came back or were "
        "revised; each cell is one"
    ),
    exclusions=mark("what is provably progress; columns and tables that came or went, which are told apart"),
    source=mark("the published tables of both releases, compared by key"),
)
PROGRESS = Definition(
    anchor="progress",
    name=mark("Progress"),
    meaning=mark("How much went on since the last release, without anything published having been wrong."),
    formula=mark(
        "the number of new rows, and of cells that were filled because something happened on a day from the last "
        "release to this one"
    ),
    exclusions=mark("a day before the last release that was entered only now: that is a correction"),
    source=mark("the published tables of both releases, compared by key"),
)
DEFINITIONS = (GRIDS, HOUSEHOLDS, PARTY_MEMBERS, COMMITTEE, OVERDUE, *COVERAGE, ROWS, REMARKS, CORRECTIONS, PROGRESS)
