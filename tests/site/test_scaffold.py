"""The engine runs when something that it makes the site from has changed, and at no other time."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.site import engine, ingredients
from tests.console import replace as edit
from tests.site.workshop import Workshop, plan_of, small_plan, workshop

__all__ = ["small_plan", "workshop"]

Change = Callable[[Workshop, pytest.MonkeyPatch], object]


def trees(*folders: Path) -> list[dict[str, bytes]]:
    return [
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    ]


# ── when it runs ─────────────────────────────────────────────────────────────────────────────────


def to_config(old: str, new: str) -> Change:
    def change(shop: Workshop, _: pytest.MonkeyPatch) -> None:
        edit(shop.project / "mkdocs.yml", old, new)
        shop.read_config()

    return change


def to_engine(module: str) -> Change:
    def change(shop: Workshop, _: pytest.MonkeyPatch) -> None:
        config = shop.plan.config
        shop.plan = replace(shop.plan, config=replace(config, engine=(*config.engine[:-1], module)))

    return change


def to_file(path: str, old: str, new: str) -> Change:
    return lambda shop, _: edit(shop.project / path, old, new)


def rename(old: str, new: str) -> Change:
    return lambda shop, _: (shop.folder / old).rename(shop.folder / new)


def new_file(path: str) -> Change:
    return lambda shop, _: (shop.folder / path).write_bytes(b"new")


def to_title(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    resource = shop.plan.package.resources["grid"]
    first, *rest = resource.schema.fields
    schema = replace(resource.schema, fields=(replace(first, title="新"), *rest))
    resources = {**shop.plan.package.resources, "grid": replace(resource, schema=schema)}
    shop.plan = replace(shop.plan, package=replace(shop.plan.package, resources=resources))


def to_rule(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    first, *rest = shop.plan.codes
    shop.plan = replace(shop.plan, codes=[replace(first, rule="New."), *rest])


def to_language(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    shop.plan = replace(shop.plan, config=replace(shop.plan.config, language="zh"))


def to_notice(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    package = shop.plan.package
    settings = replace(package.settings, demonstration=not package.settings.demonstration)
    shop.plan = replace(shop.plan, package=replace(package, settings=settings))


def to_kinds(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    shop.plan = replace(shop.plan, has=shop.plan.has[:-1], lacks=[*shop.plan.lacks, shop.plan.has[-1]])


MADE_FROM: Mapping[str, Change] = {
    "a page of docs": to_file("docs/about.md", "关于", "关于本站"),
    "a picture of docs": new_file("project/docs/map.png"),
    "a page more": new_file("project/docs/more.md"),
    "a page with another name": rename("project/docs/about.md", "project/docs/us.md"),
    "a template of the theme": to_file("templates/theme/partials/prose.html", "data-pagefind-body", "data-body"),
    "a style of the theme": new_file("project/templates/theme/assets/stylesheets/theme.css"),
    "mkdocs.yml": to_config("试验区", "实验区"),
    "a comment in mkdocs.yml": to_config("site_name", "# so\nsite_name"),
    "what mkdocs.yml inherits": to_file("shared/base.yml", "copyright: A", "copyright: B"),
    "what that inherits": to_file("top.yml", "site_author: A", "site_author: B"),
    "the engine": to_engine("other_engine"),
    "the language": to_language,
    "a word": lambda _, patch: patch.setattr(engine, "WORDS", {**engine.WORDS, "close": "Shut"}),
    "the title of a column": to_title,
    "the sentence of a rule": to_rule,
    "the notice": to_notice,
    "the kinds of pages": to_kinds,
    "the code that runs the engine": lambda shop, patch: patch.setattr(
        ingredients, "CODE", [str(shop.tools / "other_engine.py")]
    ),
    "the version of something installed": rename(
        "tools/noting_engine-1.0.dist-info", "tools/noting_engine-1.1.dist-info"
    ),
    "something more that is installed": new_file("tools/theme_of_ours-1.0.dist-info"),
}


@pytest.mark.parametrize("change", MADE_FROM.values(), ids=MADE_FROM)
def test_a_change_of_what_it_is_made_from_runs_the_engine_once(
    change: Change, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()
    workshop.build()
    assert workshop.runs == 1
    change(workshop, monkeypatch)
    workshop.build()
    workshop.build()
    assert (workshop.runs, workshop.told) == (2, [])


def later(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    shop.plan = replace(shop.plan, scope=replace(shop.plan.scope, as_of=date(2026, 11, 1)))


def touch(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    for path in shop.project.rglob("*"):
        os.utime(path, (0, 0))


def move(shop: Workshop, _: pytest.MonkeyPatch) -> None:
    shutil.copytree(shop.project, shop.folder / "elsewhere")
    shutil.rmtree(shop.project)
    (shop.folder / "elsewhere").rename(shop.folder / "project 2")
    shop.name = "project 2"
    shop.read_config()


NOT_MADE_FROM: Mapping[str, Change] = {
    "nothing": lambda _shop, _patch: None,
    "the day": later,
    "the times of files": touch,
    "the place of the project": move,
    "the template of a page": new_file("project/templates/page.html"),
    "a file beside docs": new_file("project/notes.md"),
}


@pytest.mark.parametrize("change", NOT_MADE_FROM.values(), ids=NOT_MADE_FROM)
def test_any_other_change_does_not(change: Change, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop.build()
    change(workshop, monkeypatch)
    workshop.build()
    assert workshop.runs == 1


def test_another_cell_does_not_run_the_engine_and_another_column_title_does(
    workshop: Workshop, small_package: Path, tmp_path: Path
) -> None:
    package = Path(shutil.copytree(small_package, tmp_path / "package"))
    workshop.build()
    edit(package / "grid.csv", "990001001001001,", "990001001001001,新")
    workshop.plan = plan_of(package)
    workshop.read_config()
    workshop.build()
    assert workshop.runs == 1
    edit(package / "schemas" / "grid.json", "网格编码", "格子编码")
    workshop.plan = plan_of(package)
    workshop.read_config()
    workshop.build()
    assert workshop.runs == 2


def test_without_a_cache_the_engine_always_runs_and_nothing_is_kept(workshop: Workshop) -> None:
    workshop.build(cached=False)
    workshop.build(cached=False)
    assert (workshop.runs, workshop.cache.exists()) == (2, False)


def test_a_configuration_that_lets_the_engine_read_anything_is_not_kept(workshop: Workshop) -> None:
    edit(workshop.project / "mkdocs.yml", "site_name", "hooks: [hook.py]\nsite_name")
    workshop.read_config()
    workshop.build()
    workshop.build()
    assert (workshop.runs, workshop.cache.exists()) == (2, False)


def test_a_link_in_the_theme_is_followed_and_one_that_goes_in_circles_is_left(workshop: Workshop) -> None:
    shared = workshop.folder / "shared"
    shared.mkdir()
    (shared / "logo.svg").write_bytes(b"<svg/>")
    (workshop.project / "templates/theme/shared").symlink_to(shared)
    (workshop.project / "templates/theme/circle").symlink_to(workshop.project / "templates")
    (workshop.project / "templates/theme/nowhere").symlink_to("none")
    workshop.build()
    workshop.build()
    assert workshop.runs == 1
    (shared / "logo.svg").write_bytes(b"<svg></svg>")
    workshop.build()
    assert workshop.runs == 2


# ── what comes back ──────────────────────────────────────────────────────────────────────────────


def test_what_comes_from_the_cache_is_what_the_engine_made_with_the_day_of_the_build(workshop: Workshop) -> None:
    made = workshop.build()
    again = workshop.build()
    later(workshop, pytest.MonkeyPatch())
    next_day, anew = workshop.build(), workshop.build(cached=False)
    assert workshop.runs == 2
    first, second, third, fourth = trees(made, again, next_day, anew)
    assert (first, third) == (second, fourth)
    assert first["index.html"] == b"<footer>2026-10-31</footer>2026-10-31"
    assert third["index.html"] == b"<footer>2026-11-01</footer>2026-11-01"
    assert sorted(first) == ["assets/day.css", "index.html"]


def test_a_damaged_entry_is_made_anew(workshop: Workshop) -> None:
    workshop.build()
    (entry,) = workshop.cache.glob("*.tree")
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-1])
    workshop.build()
    assert (workshop.runs, entry.read_bytes()) == (2, whole)


def test_where_the_engine_is_not_installed_what_any_environment_made_will_do(workshop: Workshop) -> None:
    made = workshop.build()
    (workshop.tools / "noting_engine.py").unlink()
    (workshop.tools / "noting_engine-1.0.dist-info").rmdir()
    again = workshop.build()
    first, second = trees(made, again)
    assert (first, workshop.runs) == (second, 1)
    edit(workshop.project / "docs/about.md", "关于", "关于本站")
    with pytest.raises(ToolError) as caught:
        workshop.build()
    assert "No module named noting_engine" in str(caught.value.message.values["output"])


# ── what may go wrong ────────────────────────────────────────────────────────────────────────────


def test_a_cache_that_cannot_be_written_is_said_and_the_site_is_built(workshop: Workshop) -> None:
    workshop.cache.write_bytes(b"a file")
    built = workshop.build()
    assert (built / "index.html").exists()
    assert [(item.text, item.hint, item.values) for item in workshop.told] == [
        (
            "nothing could be kept in the cache {cache}: {error}",
            "name another folder with --cache, or build with --no-cache",
            {"cache": workshop.cache, "error": "File exists"},
        )
    ]


def test_what_was_edited_while_the_engine_ran_is_not_kept(workshop: Workshop) -> None:
    style = workshop.project / "templates/theme/assets/stylesheets/theme.css"
    before = style.read_bytes()
    workshop.build(meanwhile=lambda: style.write_bytes(b"new"))
    style.write_bytes(before)
    workshop.build()
    assert workshop.runs == 2


def test_what_a_failing_engine_left_is_not_kept(workshop: Workshop) -> None:
    (workshop.tools / "fail").touch()
    with pytest.raises(ToolError):
        workshop.build()
    (workshop.tools / "fail").unlink()
    workshop.build()
    assert workshop.runs == 2


@pytest.mark.parametrize("place", ["docs", "templates/theme/cache", "docs/../docs/.cache"])
def test_a_cache_among_what_the_engine_reads_is_refused(place: str, workshop: Workshop) -> None:
    (workshop.folder / "cache").symlink_to(workshop.project / place)
    with pytest.raises(BuilderError) as caught:
        workshop.build()
    source = workshop.project / ("templates/theme" if "theme" in place else "docs")
    assert str(caught.value) == f"the cache {workshop.cache} may not lie in {source}"
    assert workshop.runs == 0


# ── beside other work ────────────────────────────────────────────────────────────────────────────


def test_the_engine_runs_beside_the_rest_of_the_build(workshop: Workshop) -> None:
    (workshop.tools / "wait").touch()

    def meanwhile() -> None:
        while not workshop.runs:
            time.sleep(0.01)
        (workshop.tools / "go").touch()

    assert (workshop.build(meanwhile) / "index.html").exists()


def test_the_engine_ends_with_a_build_that_fails_meanwhile(workshop: Workshop) -> None:
    (workshop.tools / "wait").touch()

    def meanwhile() -> None:
        while not workshop.runs:
            time.sleep(0.01)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        workshop.build(meanwhile)
    assert not workshop.cache.exists()
