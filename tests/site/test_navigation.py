"""A navigation of a district’s own names what it likes: generated pages need no entry, forgotten ones are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder import site
from builder.errors import ToolError
from builder.load import site_config
from builder.site import Plan, navigation, shell
from builder.site.scaffold import Days
from tests.site.workshop import small_plan

__all__ = ["small_plan"]

OWN = """INHERIT: mingge
site_name: 试验区
docs_dir: docs
nav:
  - 首页: index.md
  - 关于: about.md
"""
GENERATED = ("checks.md", "dictionary.md", "metrics.md", "verify.md")


@pytest.fixture
def plan(small_plan: Plan, tmp_path: Path) -> Plan:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "about.md").write_text("# 关于\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(OWN, encoding="utf-8")
    return replace(small_plan, config=site_config(tmp_path / "mkdocs.yml"))


def built(plan: Plan, folder: Path) -> Path:
    (folder / "scratch").mkdir()
    with site.begin(plan, folder / "scratch", None) as begun:
        begun.write(folder / "site", Days("2026-10-31", "2026-10-31", 30))
    return folder / "site"


def test_generated_pages_that_the_navigation_does_not_name_are_built_without_a_word(plan: Plan, tmp_path: Path) -> None:
    output = built(plan, tmp_path)
    pages = [*(name.removesuffix(".md") for name in GENERATED), "about"]
    assert [name for name in pages if not (output / name / "index.html").is_file()] == []
    assert (output / shell.of(next(kind for kind in plan.has if kind.name == "changes")).page).is_file()


@pytest.mark.parametrize("name", ["ours.md", "metrics.md", "deep/er.md"])
def test_a_page_that_somebody_wrote_and_forgot_is_told(name: str, plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "docs" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "docs" / name).write_text("# 我们的\n", encoding="utf-8")
    with pytest.raises(ToolError) as caught:
        built(plan, tmp_path)
    assert f"  - {name}" in str(caught.value.message.values["output"])
    assert not [other for other in GENERATED if other != name and other in str(caught.value.message.values["output"])]


def test_what_the_navigation_names_is_not_left_out_of_it(plan: Plan) -> None:
    named = replace(plan.config, nav=({"核验": "verify.md"}, {"说明": [{"字典": "dictionary.md"}]}), not_in_nav="/a.md")
    told = str(navigation.settings(named, (), (), GENERATED)["not_in_nav"]).split()
    assert told == ["/a.md", "/checks.md", "/metrics.md"]


def test_without_a_navigation_the_engine_makes_its_own(plan: Plan) -> None:
    assert navigation.settings(replace(plan.config, nav=None), (), (), GENERATED) == {"not_in_nav": ""}
