"""The same build gives the same bytes; another engine and a package with fewer tables give a whole site too."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import packages
from tests.site.addresses import LISTS, URL, WRITTEN, files, implied, timeless, urls
from tests.site.links import Page, broken, pages


def test_the_same_package_gives_the_same_bytes_in_another_process(site: Path, package: Path, tmp_path: Path) -> None:
    # sets are walked in another order there
    options = ("--output", str(tmp_path / "again"), "--no-cache", "--workers", "1")
    command = [sys.executable, "-m", "builder", "build", str(package), *options]
    environment = {**os.environ, "PYTHONHASHSEED": "20261031", "TZ": "America/Los_Angeles", "LC_ALL": "C"}
    done = subprocess.run(command, cwd=packages.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second = files(site), files(tmp_path / "again")

    assert set(first) == set(second)
    assert [path for path in first if first[path].read_bytes() != second[path].read_bytes()] == []


def config(folder: Path, **changes: Any) -> Path:
    """Write a copy of mkdocs.yml with other values, and with absolute paths."""
    text = (packages.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)
    settings["docs_dir"] = str(packages.ROOT / settings["docs_dir"])
    settings["theme"]["custom_dir"] = str(packages.ROOT / settings["theme"]["custom_dir"])
    (folder / "mkdocs.yml").write_text(
        yaml.safe_dump(settings | changes, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return folder / "mkdocs.yml"


@pytest.mark.nightly
def test_another_engine_builds_the_same_addresses(site: Path, package: Path, tmp_path: Path) -> None:
    pytest.importorskip("properdocs")
    extra = yaml.safe_load((packages.ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["extra"]
    extra["mingge"]["engine"] = "properdocs"
    packages.build(package, tmp_path / "site", config(tmp_path, extra=extra))
    found = pages(tmp_path / "site")

    assert urls(tmp_path / "site") == urls(site)
    assert broken(found, set(files(tmp_path / "site")), URL) == []


@pytest.fixture(scope="module")
def bare(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a package that has areas, grids, categories and cases, and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    tables = {
        name: (package / f"{name}.csv").read_text(encoding="utf-8")
        for name in ("area", "grid", "case_category", "case")
    }
    packages.write_package(folder / "package", tables)
    packages.build(folder / "package", folder / "site")
    return folder / "site"


def test_the_navigation_as_shipped_leaves_out_what_a_package_does_not_have(bare: Path, site: Path) -> None:
    def tabs(built: Path) -> list[str]:
        page = (built / "about" / "index.html").read_text(encoding="utf-8")
        return re.findall(r'href="\.\./(\w+)/" class="md-tabs__link"', page)

    assert tabs(site) == ["catalogue", "overdue", "coverage", "assessment", "changes", "data", "quality"]
    assert tabs(bare) == ["overdue", "coverage", "changes", "data", "quality"]


def test_a_package_without_the_optional_tables_has_no_pages_of_them(bare: Path, package: Path) -> None:
    expected = {
        path
        for path in implied(package)
        if not path.startswith(("branch/", "assessment/", "disclosure/", "overdue/by-branch/"))
        and not path.endswith(("/by-duty/", "/by-disclosure/"))
    }
    cases = {path for path in expected if path.endswith("records/")}
    found = timeless(urls(bare))

    assert {path for path in found if path.startswith(("branch/", "assessment/", "disclosure/"))} == set()
    assert found - cases == (expected - cases) | (LISTS - {"assessment/", "catalogue/"}) | WRITTEN
    assert broken(pages(bare), set(files(bare)), URL) == []


def test_a_package_without_the_optional_tables_has_no_sections_and_no_figures_of_them(
    bare: Path, html: dict[str, Page]
) -> None:
    sections = {"duty", "assessment"}
    with_all = {
        path: page.anchors & sections for path, page in html.items() if re.fullmatch(r"grid/\d+/index.html", path)
    }

    assert set(map(frozenset, with_all.values())) == {frozenset(sections)}
    for path, page in pages(bare).items():
        if path.startswith(("grid/", "area/")):
            assert page.anchors & sections == set()
    for file in sorted(bare.glob("grid/*/data.json")):
        assert sections & set(json.loads(file.read_text(encoding="utf-8"))) == set()
    assert {path.name for path in (bare / "data").glob("*.csv")} == {
        "area.csv",
        "grid.csv",
        "case_category.csv",
        "case.csv",
    }
