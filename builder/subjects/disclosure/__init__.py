"""Disclosures (党务公开): what has to be made public by whom and by when, by the catalogue, and what was."""

from builder.language import mark
from builder.subjects.disclosure.block import (
    DisclosureBlock,
    always,
    block,
    columns,
    document,
    entries,
    listed,
    overdue,
    recent,
)
from builder.subjects.disclosure.checks import CHECKS
from builder.subjects.disclosure.count import DisclosureCounted, count
from builder.subjects.disclosure.course import COURSES
from builder.subjects.disclosure.definitions import DEFINITIONS
from builder.subjects.disclosure.demo import attachments, tables
from builder.subjects.disclosure.measure import DisclosureFacts, measure
from builder.subjects.disclosure.needs import NEEDS
from builder.subjects.disclosure.news import news
from builder.subjects.disclosure.pages import KINDS
from builder.subjects.disclosure.protect import DisclosurePublished, mask, pieces, protect
from builder.subjects.disclosure.sentence import figures, totals
from builder.subjects.disclosure.shape import SHAPE
from builder.subjects.subject import Deadlines, Demo, Disclosure, Subject

__all__ = ["DISCLOSURE"]

DISCLOSURE: Subject[DisclosureCounted, DisclosurePublished, DisclosureFacts, DisclosureBlock] = Subject(
    name="disclosure",
    needs=NEEDS,
    courses=COURSES,
    checks=CHECKS,
    disclosure=Disclosure(
        resource="disclosure", by="item_id", table="catalogue", key="item_id", level="audience", title="second_level"
    ),
    count=count,
    protect=protect,
    pieces=pieces,
    mask=mask,
    measure=measure,
    block=block,
    figures=figures,
    document=document,
    shape=SHAPE,
    columns=columns,
    deadlines=Deadlines(
        word=mark("disclosure"),
        can_be=always,
        count=overdue,
        listed=listed,
    ),
    totals=totals,
    recent=recent,
    news=news,
    kinds=KINDS,
    entries=entries,
    definitions=DEFINITIONS,
    demo=Demo(stream=5, tables=tables, attachments=attachments),
)
