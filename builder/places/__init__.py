"""Area, grid, branch, and who answers for what on which day: the tree that every subject hangs on."""

from builder.places.checks import CHECKS
from builder.places.course import COURSES
from builder.places.coverage import GRID, REPORTED, RESPONSIBLE, Coverage, Tally, coverage
from builder.places.definitions import DEFINITIONS, GRIDS, OVERDUE
from builder.places.homes import homes
from builder.places.kinds import in_main_tree
from builder.places.measure import PlaceFacts, branches_by_area, measure
from builder.places.needs import NEEDS, OFFICERS
from builder.places.open_grids import by_responsible, while_open
from builder.places.streets import shards, street
from builder.places.terms import PlacesCounted, PlacesPublished, ShownTerm, count, pieces, protect
from builder.places.tree import branch_parents, others, responsible_on, tree

__all__ = [
    "CHECKS",
    "COURSES",
    "DEFINITIONS",
    "GRID",
    "GRIDS",
    "NEEDS",
    "OFFICERS",
    "OVERDUE",
    "REPORTED",
    "RESPONSIBLE",
    "Coverage",
    "PlaceFacts",
    "PlacesCounted",
    "PlacesPublished",
    "ShownTerm",
    "Tally",
    "branch_parents",
    "branches_by_area",
    "by_responsible",
    "count",
    "coverage",
    "homes",
    "in_main_tree",
    "measure",
    "others",
    "pieces",
    "protect",
    "responsible_on",
    "shards",
    "street",
    "tree",
    "while_open",
]  # fmt: skip
