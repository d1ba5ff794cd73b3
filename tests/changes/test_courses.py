"""Courses speak of columns that their subject asks for, with the types and roles that they need."""

from __future__ import annotations

import pytest

from builder import places
from builder.model import Course, Needs, Use
from builder.subjects import SUBJECTS

PARTS = {subject.name: (subject.needs, subject.courses) for subject in SUBJECTS}
PARTS["places"] = (places.NEEDS, places.COURSES)
COURSES = [(needs, course) for needs, courses in PARTS.values() for course in courses]
DAYS = ("date", "moment", "datetime")


def uses(needs: tuple[Needs, ...], course: Course) -> dict[str, Use]:
    return {use.name: use for item in needs if item.resource == course.resource for use in item.uses}


@pytest.mark.parametrize(("needs", "course"), COURSES, ids=[course.resource for _, course in COURSES])
def test_a_course_names_columns_of_its_own_subject(needs: tuple[Needs, ...], course: Course) -> None:
    known = uses(needs, course)

    # what nobody needs may be there all the same, as long as it is only told
    assert course.fields - {*course.told, *course.added, *course.grows} <= known.keys()
    dated = {*course.events, *course.ends, course.closes, course.leaves} - {""}
    assert {name for name in dated if known[name].type not in DAYS} == set()
    for name, steps in course.steps.items():
        assert {role for roles in steps for role in roles} <= set(known[name].roles)
    assert not course.closes or course.closes in course.events


def test_no_table_has_two_courses_and_no_column_two_ways_to_go() -> None:
    names = [course.resource for _, course in COURSES]
    assert len(set(names)) == len(names) > 8
    for _, course in COURSES:
        ways = [*course.events, *course.ends, *course.steps, *course.told, *course.added, *course.grows]
        assert len(set(ways)) == len(ways), course.resource
