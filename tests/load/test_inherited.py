"""Which files the engine's configuration comes from, and when it may come from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.load import site_config

THEME = "theme: {name: material, custom_dir: templates/theme}\n"

CLOSED = [
    "",
    "plugins: []",
    "plugins:",
    "plugins: [search]",
    "plugins: [search: {lang: zh}]",
    "plugins: {search: {lang: zh}}",
    "hooks: []",
    "markdown_extensions: [tables, markdown.extensions.toc, toc: {permalink: true}, pymdownx.superfences]",
    "markdown_extensions: {admonition: {}, pymdownx.blocks.caption: {}}",
    "markdown_extensions: [pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }]",
    "markdown_extensions: [toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}]",
]

OPEN = [
    "hooks: [hook.py]",
    "plugins: [search, blog]",
    "plugins: {macros: {}}",
    "markdown_extensions: [pymdownx.snippets]",
    "markdown_extensions: [pymdownx.b64: {base_path: docs}]",
    "markdown_extensions: [our_own]",
    "markdown_extensions: [markdown.extensions.our_own]",
    "markdown_extensions: {mdx_include: {}}",
    "markdown_extensions: [pymdownx.emoji: {options: {custom_icons: [/icons]}}]",
    "markdown_extensions: [toc: {slugify: !!python/name:our_own.slug }]",
    "copyright: !ENV [WHO, us]",
    "extra: {deep: [{er: !ENV WHO}]}",
    "extra: {? !ENV WHO : 1}",
    "INHERIT: missing.yml",
    "INHERIT: mkdocs.yml",
    "INHERIT: docs",
    "INHERIT: !ENV BASE",
]


def found(folder: Path, text: str) -> Sequence[str]:
    for name in ("docs", "templates/theme"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(THEME + text, encoding="utf-8")
    return [path.relative_to(folder).as_posix() for path in site_config(folder / "mkdocs.yml").sources]


@pytest.mark.parametrize("text", CLOSED)
def test_a_configuration_that_only_reads_its_folders_is_all_there_is(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, text) == ["mkdocs.yml"]


@pytest.mark.parametrize("text", OPEN)
def test_one_that_may_read_anything_has_no_sources(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, text) == []


def test_what_is_inherited_is_found_from_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "base.yml").write_text("INHERIT: ../top.yml\n", encoding="utf-8")
    (tmp_path / "top.yml").write_text("site_author: A\n", encoding="utf-8")
    assert found(tmp_path, "INHERIT: shared/base.yml") == ["mkdocs.yml", "shared/base.yml", "top.yml"]


@pytest.mark.parametrize(
    "text", ["INHERIT: mkdocs.yml", "INHERIT: base.yml", "hooks: [hook.py]", "[a, list]", "a: [broken", "a: !ENV B"]
)
def test_what_is_inherited_may_read_no_more_than_what_inherits(text: str, tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(text, encoding="utf-8")
    assert found(tmp_path, "INHERIT: base.yml") == []


def test_the_repositorys_own_configuration_can_be_kept() -> None:
    path = Path(__file__).parents[2] / "mkdocs.yml"
    assert site_config(path).sources == (path,)
