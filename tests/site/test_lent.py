"""Pages that a district has not written are the program's; those in which it answers for itself never are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder.load import site_config
from builder.model import SiteConfig
from builder.shipped import shipped
from builder.site.lent import lent

PROGRAMS = {"reading.md", "metrics.md", "personal-data.md", "staff.md"}
PICTURES = {"images/staff-check.png", "images/staff-form.png"}


@pytest.fixture
def config(tmp_path: Path) -> SiteConfig:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("INHERIT: mingge\nsite_name: a\ndocs_dir: docs\n", encoding="utf-8")
    return site_config(tmp_path / "mkdocs.yml")


def test_pages_of_the_navigation_are_lent_with_what_they_show(config: SiteConfig) -> None:
    assert set(lent(config)) == PROGRAMS | PICTURES
    assert {path.parent for path in lent(config).values()} == {shipped("docs"), shipped("docs/images")}


def test_a_page_that_the_district_has_written_is_its_own(config: SiteConfig) -> None:
    (config.docs / "staff.md").write_text("# Ours\n", encoding="utf-8")

    assert set(lent(config)) == PROGRAMS - {"staff.md"}


def test_a_page_that_the_navigation_does_not_name_is_not_lent(config: SiteConfig) -> None:
    assert set(lent(replace(config, nav=({"a": "reading.md"}, "about.md", "nothing.md")))) == {"reading.md"}
    assert lent(replace(config, nav=None)) == {}


def test_a_site_that_inherits_nothing_of_the_program_is_lent_nothing(config: SiteConfig) -> None:
    assert lent(replace(config, lender=None)) == {}


def test_the_programs_own_site_is_lent_nothing() -> None:
    assert lent(site_config(shipped("mkdocs.yml"))) == {}
