"""Every code that staff may read is explained: its rule, examples of wrong and right, and what becomes of the site."""

from __future__ import annotations

import ast
from string import Formatter

import pytest

from builder import gate, load, pipeline, places
from builder.model import Explained, Package
from builder.site.codes import filled
from builder.subjects import SUBJECTS
from tests.architecture.source import sources
from tests.corpus.spoiled import cases
from tests.packages import DATASETS


@pytest.fixture(scope="module")
def package() -> Package:
    return load.package(DATASETS, [places.NEEDS, *(subject.needs for subject in SUBJECTS), gate.NEEDS])


@pytest.fixture(scope="module")
def codes(package: Package) -> tuple[Explained, ...]:
    return pipeline.codes(package)


def written_codes() -> set[str]:
    """Return the codes that stand in the source of builder/ where a finding is made.

    `fix` makes some only to be told what it may quote: nobody reads their codes.
    """
    return {
        node.args[0].value
        for path, tree in sources().items()
        if not path.startswith("fix/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and node.args
        and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }  # fmt: skip


def test_every_code_that_a_finding_is_made_with_is_explained(codes: tuple[Explained, ...]) -> None:
    assert len(written_codes()) > 5
    assert written_codes() - {item.code for item in codes} == set()


def test_every_code_of_the_corpus_is_explained(codes: tuple[Explained, ...]) -> None:
    told = {finding["code"] for case in cases().values() for finding in case.get("findings", ())}

    assert told - {item.code for item in codes} == set()


def test_every_code_has_a_rule_an_effect_and_an_example_of_wrong_and_right(codes: tuple[Explained, ...]) -> None:
    lacking = {item.code for item in codes if not (item.rule and item.effect and item.wrong and item.right)}

    assert lacking == set()
    assert {item.code for item in codes if item.wrong == item.right} == set()


def test_what_an_example_names_is_a_field_of_the_package(package: Package, codes: tuple[Explained, ...]) -> None:
    unknown = set()
    for item in codes:
        for _, name, role, _ in Formatter().parse(f"{item.wrong} {item.right}"):
            table, _, field = (name or "").rpartition(".")
            resource = package.resources.get(table or item.resource)
            if name and not (resource and field in resource.schema):
                unknown.add((item.code, name))
            elif resource and name and role and not resource.schema[field].roles.get(role):
                unknown.add((item.code, f"{name}:{role}"))

    assert unknown == set()


def test_an_example_is_told_in_the_words_of_the_package(package: Package) -> None:
    assert filled(package, "case", "{stage} {stage:closed}, {resolved_date} –") == "办理阶段 已办结, 办结日期 –"
    assert filled(package, "case", "{case_category.name}: {nothing}") == "类别名称: nothing"
