"""The shell: built by each engine from the real theme, read back as Jinja, filled by a child template."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from builder.errors import BuilderError
from builder.load import site_config
from builder.model import Kind
from builder.pages.kinds import every
from builder.site import navigation, shell
from builder.subjects import SUBJECTS
from tests.site.engines import run

ROOT = Path(__file__).parents[2]
KINDS: Mapping[str, Kind[Any]] = {kind.name: kind for kind in every(SUBJECTS)}
NAMES = tuple(KINDS)
ENGINES = ("mkdocs", "properdocs")

CONFIG = f"""\
INHERIT: {ROOT / "mkdocs.yml"}
site_name: 试验区
"""
NAV = (
    {"首页": "index.md"},
    {"逾期": "overdue.md"},
    {"考核": "assessment.md"},
    {"数据": "data.md"},
    {"关于": "about.md"},
)

CHILD = """\
{% extends "shell/" ~ kind ~ ".html" %}
{% block title %}{{ title }}{% endblock %}
{% block description %}{{ description }}{% endblock %}
{% block canonical %}https://mingge.example/{{ path }}{% endblock %}
{% block extrahead %}<link rel="alternate" href="data.json">{% endblock %}
{% block content %}<h1>{{ title }}</h1><p>{{ text }}</p>{% endblock %}
"""

VALUES = {
    "title": "柴米<一>网格",
    "description": '东至"淮海路"',
    "path": "grid/1/",
    "text": "{% endraw %} {{ x }} {# #}",
}


class Built(NamedTuple):
    """A site of shells and one hand-written page, after the shells were read."""

    output: Path
    pages: Mapping[str, str]

    def render(self, kind: str, child: str = CHILD, **options: bool) -> str:
        loader = DictLoader({f"shell/{name}.html": text for name, text in self.pages.items()})
        env = Environment(autoescape=True, undefined=StrictUndefined, loader=loader, **options)  # type: ignore[arg-type]
        return env.from_string(child).render(kind=kind, **VALUES)


def build(folder: Path, module: str, url: str = "https://mingge.example/") -> Path:
    docs, output, path = folder / "docs", folder / "site", folder / "mkdocs.yml"
    path.write_text(CONFIG, encoding="utf-8")
    files = {**shell.sources(KINDS.values()), "about.md": "# 关于\n\n## 反映\n\n文字里有 {% endraw %}。\n"}
    for name, text in files.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    shipped = site_config(ROOT / "mkdocs.yml")
    config = replace(
        shipped, path=path, language="en", name="试验区", url=url, docs=docs, engine=(sys.executable, "-m", module),
        nav=NAV,
    )  # fmt: skip
    extra = {"mingge_demonstration": True, "mingge_as_of": "2026-11-23"}
    settings = {"extra": extra, **navigation.settings(config, tuple(KINDS.values()), ())}
    run(config, docs, output, settings, folder / "scratch")
    return output


@pytest.fixture(scope="module", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    output = build(tmp_path_factory.mktemp("site"), request.param)
    return Built(output, shell.read(output, KINDS.values()))


def test_a_shell_lies_as_deep_as_the_pages_that_wear_it() -> None:
    assert {name: depth(kind) for name, kind in KINDS.items()} == {
        "home": 0, "overdue": 1, "overdue_area": 2, "overdue_branch": 3, "assessment": 1, "coverage": 1, "catalogue": 1,
        "data": 1, "quality": 1, "policy": 1, "changes": 1, "find": 1, "find_list": 2, "find_rest": 3,
        "map": 1, "map_by": 2, "map_area": 3, "map_area_by": 4,
        "area": 2, "area_order": 3, "grid": 2, "print": 2, "records": 3, "branch": 2, "assessment_area": 2,
        "disclosure": 2, "branch_disclosures": 3, "branch_records": 3, "area_records": 3,
        "records_year": 4, "branch_records_year": 4, "area_records_year": 4,
    }  # fmt: skip
    assert {name: shell.of(kind).page.count("/") for name, kind in KINDS.items()} == {
        name: depth(kind) for name, kind in KINDS.items()
    }


def depth(kind: Kind[Any]) -> int:
    return kind.path.count("/")


def test_there_is_a_source_for_each_kind_that_is_asked_for() -> None:
    assert list(shell.sources([KINDS["grid"], KINDS["home"]])) == ["grid/__shell__.md", "index.md"]


def test_no_two_kinds_have_the_same_name_or_the_same_shell() -> None:
    kinds = every(SUBJECTS)
    assert len(KINDS) == len({shell.of(kind).source for kind in kinds}) == len(kinds)


def test_every_engine_publishes_the_same_pages_and_no_shell(built: Built) -> None:
    pages = sorted(path.relative_to(built.output).as_posix() for path in built.output.rglob("*.html"))
    assert pages == ["404.html", "about/index.html"]
    assert shell.leftovers(built.output) == ()


def test_the_folders_of_shell_pages_are_gone(built: Built) -> None:
    assert not {"grid", "area", "branch", "overdue", "assessment"} & {path.name for path in built.output.iterdir()}


@pytest.mark.parametrize("kind", NAMES)
def test_a_generated_page_wears_the_shell(built: Built, kind: str) -> None:
    page = built.render(kind)
    assert "<title>柴米&lt;一&gt;网格 - 试验区</title>" in page
    assert '<meta name="description" content="东至&#34;淮海路&#34;">' in page
    assert re.findall('rel="canonical" href="(.*?)"', page) == ["https://mingge.example/grid/1/"]
    assert page.count('<link rel="alternate" href="data.json">') == 1
    assert page.count("<h1>柴米&lt;一&gt;网格</h1><p>{% endraw %} {{ x }} {# #}</p>") == 1
    assert all(word in page for word in ("md-header", "data-mingge-search", "Demonstration data", "2026-11-23"))
    assert not re.search("MINGGESHELL|__shell__|{% (?!endraw)", page, re.IGNORECASE)


@pytest.mark.parametrize("kind", NAMES)
def test_links_of_a_shell_fit_its_depth(built: Built, kind: str) -> None:
    page = built.render(kind)
    up = "../" * depth(KINDS[kind])
    assert f'href="{up}assets/stylesheets/site.css"' in page
    assert f'src="{up}assets/javascripts/site.js"' in page


def test_the_skip_link_leads_to_the_content(built: Built) -> None:
    page = built.render("grid")
    target = re.findall('href="#([^"]+)" class="md-skip"', page)
    assert len(target) == 1
    assert page.count(f'id="{target[0]}"') == 1


def test_whitespace_options_of_the_environment_do_no_harm(built: Built) -> None:
    plain, trimmed = built.render("grid"), built.render("grid", trim_blocks=True, lstrip_blocks=True)
    assert plain.split() == trimmed.split()


def test_nothing_is_loaded_from_another_host(built: Built) -> None:
    text = built.render("grid") + (built.output / "about/index.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|srcset|data)="(?:https?:)?//[^"]*"', text) == []
    assert set(re.findall(r'<link rel="(\w+)"[^>]*href="https?:', text)) == {"canonical"}


def test_both_engines_build_the_same_shells(tmp_path: Path) -> None:
    for name in ENGINES:
        (tmp_path / name).mkdir()
    first, second = (shell.read(build(tmp_path / name, name), KINDS.values()) for name in ENGINES)
    assert first == second


def test_without_a_site_url_no_page_claims_an_address(tmp_path: Path) -> None:
    output = build(tmp_path, "mkdocs", url="")
    assert 'rel="canonical"' not in Built(output, shell.read(output, KINDS.values())).render("grid")


def test_marker_words_and_shell_paths_that_were_left_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name, text in {
        "a/index.html": "<p>MINGGESHELLTITLE",
        "b.html": "<a href='#minggeshellcontent'>",
        "sitemap.xml": "<loc>https://x/grid/__shell__/</loc>",
        "good.html": "<p>shell",
        "notes.txt": "MINGGESHELLTITLE",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert shell.leftovers(tmp_path) == ("a/index.html", "b.html", "sitemap.xml")


def test_a_theme_without_a_place_for_a_block_is_reported(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>MINGGESHELLTITLE</title>MINGGESHELLCONTENT", encoding="utf-8")
    with pytest.raises(BuilderError) as caught:
        shell.read(tmp_path, [KINDS["home"]])
    assert str(caught.value) == "the shell page “home” has no place for: description, extrahead"
    assert "templates/theme/shell.html" in caught.value.message.hint


def test_a_shell_that_was_not_built_is_reported(tmp_path: Path) -> None:
    with pytest.raises(BuilderError) as caught:
        shell.read(tmp_path, [KINDS["grid"]])
    assert str(caught.value) == "the shell page “grid” was not built"
    assert caught.value.message.values["source"] == "grid/__shell__.md"


@pytest.mark.parametrize("text", ["", "plain", "{% endraw %}", "{%- endraw -%}", "a {{ b }} {# c #} {% raw %}", "{%"])
def test_raw_text_comes_back_as_it_was(text: str) -> None:
    assert Environment(autoescape=True).from_string(shell.raw(text)).render() == text
