"""The wheel holds everything that the program needs, and a district begins with nothing but that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from tests import console
from tests.browser.plain_server import served
from tests.district.distributions import sdist, tree, wheel
from tests.district.written import files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = re.compile(
    r"mkdocs\.yml|requirements\.txt|templates/.+|deploy/.+|docs/[^/]+\.md|docs/images/staff-.+\.png"
    r"|datasets/(datapackage\.json|schemas/.+|(area|case_category|grade|indicator)\.csv)"
)
"""Files at the top of the repository that an installed program has in builder/share."""


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the source distribution and the wheel."""
    folder = tmp_path_factory.mktemp("distributions")
    source = sdist(folder)
    return source, wheel(source, folder)


def test_the_wheel_holds_the_program_and_what_it_needs_and_nothing_else(distributions: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(distributions[1]) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    program = {name for name in tree() if name.startswith("builder/")}
    assert held == program | {f"builder/share/{name}" for name in tree() if SHARED.fullmatch(name)}


def test_the_source_distribution_holds_what_the_wheel_is_made_of(distributions: tuple[Path, Path]) -> None:
    with tarfile.open(distributions[0]) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}

    assert {name for name in tree() if name.startswith("builder/") or SHARED.fullmatch(name)} <= held
    assert {"README.md", "CHANGELOG.md", "Makefile", "pyproject.toml", "setup.py", "requirements-test.txt"} <= held


# ── in an environment of its own ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def installed(distributions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `bin` of a new environment that has the wheel, and sees other packages but not the project.

    Its dependencies are those that this environment has, which the lock has chosen: named in a .pth, their folder is
    searched, but the .pth in it by which this project is installed for editing is not read. Nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(folder, with_pip=False)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    others = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    (own / "dependencies.pth").write_text("\n".join(sorted(others)) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--quiet",
               "--no-index", "--no-deps", "--ignore-installed", str(distributions[1])]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "bin"


@pytest.fixture(scope="module")
def home(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new district, checked and built where it lies by the installed program."""
    folder = tmp_path_factory.mktemp("home")
    areas = folder / "areas.csv"
    areas.write_text("code,name,level,parent_code\n990001,演示区,district,\n990001001,东街道,street,990001\n"
                     "990001001001,柴米居委会,community,990001001\n", encoding="utf-8")  # fmt: skip
    run(installed, folder, "init", "district", "--areas", "areas.csv", "--url", "https://grid.example.cn/")
    run(installed, folder / "district", "check")
    run(installed, folder / "district", "build")
    return folder / "district"


def run(installed: Path, folder: Path, *arguments: str) -> str:
    environment = {"PATH": f"{installed}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
    command = [str(installed / "mingge"), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.nightly
def test_the_installed_program_is_the_one_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import builder, mkdocs; from builder.shipped import shipped; print(builder.__file__, shipped('docs'))"
    done = subprocess.run([str(installed / "python"), "-c", code], cwd=tmp_path, capture_output=True, text=True,
                          check=True)  # fmt: skip

    own = installed.parent.resolve()
    assert [Path(name).resolve().is_relative_to(own) for name in done.stdout.split()] == [True, True]


@pytest.mark.nightly
def test_the_other_commands_find_what_they_need(installed: Path, home: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "demo", "package", "--grids", "130", "--cases", "200")
    run(installed, home, "template", "网格", "--output", str(tmp_path / "form.xlsx"))
    run(installed, home, "check", "--report", str(tmp_path / "report.html"), "--report", str(tmp_path / "report.json"))
    run(installed, home, "headers", "site", "nginx")
    run(installed, home, "policy")
    run(installed, home, "sbom", str(tmp_path / "bill"))

    assert (tmp_path / "package" / "datapackage.json").is_file()


@pytest.mark.nightly
def test_the_site_of_a_new_district_opens_with_all_that_its_pages_name(home: Path) -> None:
    with served(home / "site") as host:
        seen = {"": page(host)}
        for address in ("grid/990001001001001/", "about/", "reading/", "metrics/", "staff/", "policy/"):
            seen[address] = page(urljoin(host, address))
        named = {urljoin(urljoin(host, at), link) for at, text in seen.items() for link in links(text)}
        assert len(named) > 20
        for address in sorted(named):
            with urlopen(address) as answer:  # noqa: S310 - of this machine
                assert answer.status == 200


def page(address: str) -> str:
    with urlopen(address) as answer:  # noqa: S310 - of this machine
        return str(answer.read().decode())


def links(text: str) -> Iterator[str]:
    """Yield what a page names on its own site."""
    for link in re.findall(r'(?:href|src)="([^"#?]+)', text):
        if not re.match(r"[a-z]+:|//", link):
            yield link


@pytest.mark.browser
@pytest.mark.nightly
def test_a_browser_has_nothing_to_complain_of(home: Path, browser: Browser) -> None:
    with served(home / "site") as host:
        view = browser.new_page()
        said: list[str] = []
        view.on("console", lambda message: said.append(message.text))
        view.on("requestfailed", lambda request: said.append(request.url))
        for address in ("", "grid/990001001001001/", "staff/"):
            view.goto(urljoin(host, address), wait_until="networkidle")
            assert "演示数据" in view.inner_text("body")
        view.close()
    assert said == []


@pytest.mark.nightly
def test_where_the_program_lies_changes_no_byte(home: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = console.run("build", home / "datasets", "--config", home / "mkdocs.yml", "--output", site, "--no-cache")
    assert done.returncode == 0, done.stderr
    assert files(site) == files(home / "site")
