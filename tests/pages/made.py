"""Every page of the demonstration package as a context, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from builder import pages
from builder.model import Block, Late, PageContext, Unit
from builder.pages import Sources
from builder.pages.area import AreaPage
from builder.pages.branch import BranchPage
from builder.pages.grid import GridPage
from builder.subjects.case.block import CaseBlock
from builder.subjects.case.facts import CaseFacts
from builder.subjects.disclosure.block import DisclosureBlock
from builder.subjects.disclosure.measure import DisclosureFacts
from builder.subjects.duty.block import DutyBlock
from builder.subjects.duty.measure import DutyFacts
from builder.subjects.feedback.block import FeedbackBlock
from builder.subjects.feedback.measure import FeedbackFacts
from builder.subjects.partner.measure import PartnerFacts
from builder.subjects.project.block import ProjectBlock
from builder.subjects.project.measure import ProjectFacts

__all__ = ["Made", "block", "made", "of", "only"]

Kind = TypeVar("Kind", bound=PageContext)
Part = TypeVar("Part", bound=Block)


@dataclass(frozen=True)
class Made:
    """`pages`: path → context of every page that is planned. `case`, `duty` …: the facts that they are made from."""

    source: Sources
    pages: Mapping[str, PageContext]
    case: CaseFacts
    disclosure: DisclosureFacts
    duty: DutyFacts
    feedback: FeedbackFacts
    partner: PartnerFacts
    project: ProjectFacts

    def overdue(self, unit: Unit) -> int:
        """Return how much of a unit the subjects count as overdue."""
        return sum(
            subject.deadlines.count(self.source.facts(subject), unit)
            for subject in self.source.subjects
            if subject.deadlines
        )

    @property
    def late(self) -> tuple[Late, ...]:
        """All that is overdue and may be listed, subject by subject."""
        return tuple(
            item
            for subject in self.source.subjects
            if subject.deadlines
            for item in subject.deadlines.listed(self.source.facts(subject))
        )


def made(source: Sources) -> Made:
    """Make every page of `source`."""
    case, disclosure, duty = source.parts["case"], source.parts["disclosure"], source.parts["duty"]
    project = source.parts["project"]
    feedback, partner = source.parts["feedback"], source.parts["partner"]
    assert isinstance(case, CaseFacts)
    assert isinstance(disclosure, DisclosureFacts)
    assert isinstance(duty, DutyFacts)
    assert isinstance(feedback, FeedbackFacts)
    assert isinstance(partner, PartnerFacts)
    assert isinstance(project, ProjectFacts)
    contexts = (pages.made(source, key).context for key in pages.plan(source))
    found = {context.head.path: context for context in contexts}
    return Made(source, found, case, disclosure, duty, feedback, partner, project)


def of(made: Made, kind: type[Kind]) -> dict[str, Kind]:
    """Return the pages of one kind by path; there is at least one."""
    found = {path: context for path, context in made.pages.items() if isinstance(context, kind)}
    assert found
    return found


def only(made: Made, kind: type[Kind]) -> Kind:
    """Return the page of which there is one."""
    (found,) = of(made, kind).values()
    return found


def block(blocks: tuple[Block, ...], kind: type[Part]) -> Part:
    """Return the block of one subject."""
    (found,) = [item for item in blocks if isinstance(item, kind)]
    return found


def overdue(page: GridPage | AreaPage | BranchPage) -> int:
    """Return what the tallies of a page's blocks count as overdue.

    What has to be disclosed is a branch's, also where the page of a grid or of an area shows it.
    """
    kinds = CaseBlock | DutyBlock | FeedbackBlock | ProjectBlock
    own = kinds | DisclosureBlock if isinstance(page, BranchPage) else kinds
    return sum(item.tally.overdue for item in page.blocks if isinstance(item, own))
