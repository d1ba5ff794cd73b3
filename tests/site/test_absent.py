"""A column that a package leaves out has no heading, least of all an English one, and nothing is counted of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from builder.language import translator
from builder.model import Resource
from builder.site import stylesheet
from builder.site.environment import Words, environment
from tests import packages
from tests.site.sample_blocks import BLOCKS, SHELL, head
from tests.site.samples import SITE, TEMPLATES

LEFT_OUT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "partner": {"partner": ("contact_post", "work_phone")},
    "feedback-category": {"feedback": ("result",)},
}


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Resource]:
    return packages.demo_checked(tmp_path_factory.getbasetemp()).tables.package.resources


def without(resources: Mapping[str, Resource], left: Mapping[str, tuple[str, ...]]) -> Mapping[str, Resource]:
    """Return `resources` without some of their columns."""
    found = dict(resources)
    for name, names in left.items():
        schema = found[name].schema
        fields = tuple(field for field in schema.fields if field.name not in names)
        found[name] = replace(found[name], schema=replace(schema, fields=fields))
    return found


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_table_has_no_column_that_the_package_leaves_out(name: str, resources: Mapping[str, Resource]) -> None:
    def headings(known: Mapping[str, Resource]) -> list[str]:
        words = Words(SITE, translator("zh"), known)
        found = {kind.name: kind for kind in stylesheet.kinds(environment(TEMPLATES, {}, words))}
        return [column.title for column in found[name].columns]

    whole, rest = headings(resources), headings(without(resources, LEFT_OUT[name]))
    assert len(rest) == len(whole) - sum(len(names) for names in LEFT_OUT[name].values())
    assert [title for title in rest if title not in whole or re.fullmatch("[A-Za-z ]*", title)] == []


@pytest.mark.parametrize(("block", "left"), [("feedback.html", LEFT_OUT["feedback-category"]),
                                             ("partner.html", LEFT_OUT["partner"])])  # fmt: skip
def test_rows_have_as_many_cells_as_their_table_has_columns(
    block: str, left: Mapping[str, tuple[str, ...]], resources: Mapping[str, Resource]
) -> None:
    for known in (resources, without(resources, left)):
        env = environment(TEMPLATES, {"x": SHELL}, Words(SITE, translator("zh"), known))
        page = env.get_template(f"blocks/{block}").render(block=BLOCKS[block], head=head("x", "grid/1/", "feedback"))
        tables = re.findall(r"<thead>(.*?)<tbody>(.*?)</table>", page, re.DOTALL)
        assert tables
        for titles, body in tables:
            count = len(re.findall(r"<th[ >]", titles))
            assert {len(re.findall(r"<t[hd][ >]", row)) for row in re.split(r"<tr[ >]", body)[1:]} == {count}
        assert ("feedback-changed" in page) == (block == "feedback.html" and known is resources)
