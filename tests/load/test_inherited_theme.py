"""Another city's mkdocs.yml takes what it does not say from ours, and each path is where its own file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.load.config import site_config

OURS = """
site_name: Ours
docs_dir: docs
theme:
  name: material
  custom_dir: templates/theme
  language: zh
nav:
  - index.md
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The folder of another city beside the project, which has a theme and docs."""
    ours, city = tmp_path / "mingge", tmp_path / "city"
    for folder in (ours / "templates" / "theme", ours / "docs", city / "docs"):
        folder.mkdir(parents=True)
    (ours / "mkdocs.yml").write_text(OURS, "utf-8")
    return city


def configured(city: Path, text: str) -> Path:
    (city / "mkdocs.yml").write_text(f"INHERIT: ../mingge/mkdocs.yml\n{text}", "utf-8")
    return city / "mkdocs.yml"


def test_what_a_city_does_not_say_is_ours_with_our_theme(city: Path) -> None:
    found = site_config(configured(city, "site_name: Theirs\ntheme:\n  language: en\n"))

    assert (found.name, found.language, found.nav) == ("Theirs", "en", ("index.md",))
    assert found.theme == city.parent / "mingge" / "templates" / "theme"
    assert found.templates == city.parent / "mingge" / "templates"


def test_the_pages_that_people_write_are_those_of_the_file_that_names_their_folder(city: Path) -> None:
    assert site_config(configured(city, "site_name: Theirs\n")).docs == city.parent / "mingge" / "docs"
    assert site_config(configured(city, "docs_dir: docs\n")).docs == city / "docs"


def test_a_theme_that_a_city_names_is_its_own(city: Path) -> None:
    (city / "look" / "theme").mkdir(parents=True)
    found = site_config(configured(city, "theme:\n  custom_dir: look/theme\n"))

    assert (found.theme, found.templates) == (city / "look" / "theme", city / "look")


def test_both_files_are_what_a_kept_shell_is_made_from(city: Path) -> None:
    path = configured(city, "site_name: Theirs\n")

    assert site_config(path).sources == (path, city.parent / "mingge" / "mkdocs.yml")


@pytest.mark.parametrize("other", ["mkdocs.yml", "../mingge/none.yml"])
def test_a_file_that_inherits_from_itself_or_from_none_is_refused(city: Path, other: str) -> None:
    (city / "mkdocs.yml").write_text(f"INHERIT: {other}\n", "utf-8")

    with pytest.raises(BuilderError):
        site_config(city / "mkdocs.yml")
