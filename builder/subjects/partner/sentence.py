"""What partners say of themselves in one sentence."""

from __future__ import annotations

from builder.language import mark
from builder.model import Figure, Unit
from builder.subjects.edition import Edition
from builder.subjects.partner.block import PartnerBlock
from builder.subjects.partner.definitions import MATCHED, PROJECTS
from builder.subjects.partner.measure import PartnerFacts
from builder.subjects.partner.tally import PartnerTally
from builder.subjects.sentence import counted, whole

__all__ = ["figures", "totals"]


def figures(found: PartnerBlock, unit: Unit, edition: Edition) -> tuple[Figure, ...]:
    """Return what the first screen says of partners: nothing where nothing is needed, nor on the page of a grid."""
    return (sentence(found.tally, "#partner", edition),) if found.tally.need and unit.level != "grid" else ()


def sentence(tally: PartnerTally, path: str, edition: Edition) -> Figure:
    _, matched = edition.translate, tally.matched
    return Figure(
        edition.title("partner"), MATCHED.anchor, matched, word=_(mark("with a match")),
        counts=(
            counted(_, mark("{count} needs"), matched.denominator, path),
            counted(_, mark("{count} with a match"), matched.numerator, path, matched),
        ),
    )  # fmt: skip


def totals(facts: PartnerFacts, edition: Edition) -> tuple[Figure, ...]:
    """Return what the home page says of partners; rates that have no denominator are left out."""
    tally, at = facts.total, whole("partner", edition).block
    needs = (sentence(tally, at, edition),) if tally.need else ()
    done = Figure(edition.translate(PROJECTS.name), PROJECTS.anchor, tally.projects, path=at)
    return (*needs, *((done,) if tally.projects.denominator else ()))
