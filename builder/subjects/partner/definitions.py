"""What the figures of partners mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = ["AGREED", "DEFINITIONS", "MATCHED", "OFFERS", "PROJECTS"]

MATCHED = Definition(
    anchor="partner-needs-matched",
    name=mark("Needs with a match"),
    meaning=mark("Of what partner units need, for how much there is an offer, agreed upon or nearby."),
    numerator=("agreed", "possible"),
    denominator=("agreed", "possible", "unmatched"),
    counts={
        "agreed": mark("needs matched to an offer"),
        "possible": mark("needs with an offer of the same category nearby"),
        "unmatched": mark("needs without an offer"),
    },
    exclusions=mark("needs that were withdrawn, begin after the day the data describes or ended before the period"),
    source=mark("tables partner and partner_item: list_kind, category, from_date, to_date, matched_item_id"),
)
PROJECTS = Definition(
    anchor="partner-projects-done",
    name=mark("Projects done"),
    meaning=mark("Of the projects that partner units took on, how many are done."),
    numerator=("done",),
    denominator=("project",),
    counts={"done": mark("projects done"), "project": mark("projects taken on")},
    exclusions=mark(
        "projects that were withdrawn, begin after the day the data describes or were done before the period"
    ),
    source=mark("table partner_item: list_kind, from_date, done_date"),
)
AGREED = Definition(
    anchor="partner-needs-agreed",
    name=mark("Needs agreed upon"),
    meaning=mark("For how many needs the data names the offer that they were matched to."),
    numerator=("agreed",),
    counts={"agreed": mark("needs matched to an offer")},
    exclusions=mark("needs that were withdrawn, begin after the day the data describes or ended before the period"),
    source=mark("table partner_item: matched_item_id"),
)
OFFERS = Definition(
    anchor="partner-offers",
    name=mark("Resources offered"),
    meaning=mark("How much partner units offer."),
    numerator=("offer",),
    counts={"offer": mark("offers of partner units")},
    exclusions=mark("offers that were withdrawn, begin after the day the data describes or ended before the period"),
    source=mark("table partner_item: list_kind, from_date, to_date"),
)
DEFINITIONS = (MATCHED, AGREED, PROJECTS, OFFERS)
