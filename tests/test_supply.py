"""What the program is made of is stated whole, alike on every machine; and nothing of it is fetched while it runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from typer.testing import CliRunner

from builder import supply
from builder.cli import app
from builder.errors import BuilderError
from tests.architecture.source import BUILDER, imports, is_or_below
from tests.log.test_verify import NOBLE
from tests.packages import ROOT

LOCK = ROOT / "requirements.txt"
THEME = ROOT / "templates"

NETWORK = (
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "ssl", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "xmlrpc",
)  # fmt: skip
CALLS = ("log/verify.py", "cli/notice.py")
"""Asks the site that somebody checks or witnesses, by its address; posts to the robot that staff have named how a night
ended. A build never does either."""


@pytest.fixture(scope="module")
def parts() -> tuple[supply.Part, ...]:
    return supply.parts(LOCK)


def test_every_locked_package_is_in_the_bill_with_the_hashes_of_the_lock_file(parts: tuple[supply.Part, ...]) -> None:
    bill = json.loads(supply.bill(parts))
    found = {
        f"{one['name']}=={one['version']}": sorted(item["content"] for item in one["externalReferences"][0]["hashes"])
        for one in bill["components"]
    }
    locked: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8")):
        if name := re.match(r"[^\s;]+==[^\s;]+", block):
            locked[re.sub(r"[-_.]+", "-", name[0].split("==")[0]).lower() + "==" + name[0].split("==")[1]] = sorted(
                re.findall("sha256:([0-9a-f]+)", block)
            )
    assert len(locked) > 60
    assert found == locked
    assert bill["specVersion"] == "1.6"


def test_the_bill_is_valid_and_says_what_runs_in_browsers(parts: tuple[supply.Part, ...]) -> None:
    text = supply.bill(parts)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    browsers = {one["name"] for one in json.loads(text)["components"] if one.get("properties")}
    assert browsers == {"mkdocs-material", "pagefind", "pagefind-bin-extended"}


def test_the_same_lock_file_gives_the_same_bytes_without_a_time_or_a_number_of_chance(
    parts: tuple[supply.Part, ...],
) -> None:
    texts = {supply.bill(given) for given in (parts, supply.parts(LOCK), tuple(reversed(parts)))}
    assert len(texts) == 1
    assert not re.search("timestamp|serialNumber|urn:uuid", texts.pop())


def test_what_a_part_needs_is_in_the_bill(parts: tuple[supply.Part, ...]) -> None:
    needs = {one["ref"]: one.get("dependsOn", []) for one in json.loads(supply.bill(parts))["dependencies"]}
    (jinja,) = [needs[ref] for ref in needs if ref.startswith("jinja2==")]
    assert [ref.split("==")[0] for ref in jinja] == ["markupsafe"]
    assert len(needs["mingge"]) == len(parts)


def test_every_part_that_is_installed_has_a_licence_and_almost_every_one_its_text(
    parts: tuple[supply.Part, ...],
) -> None:
    text = supply.licences(parts)
    installed = [item for item in parts if item.licence or item.texts]
    assert [item.name for item in installed if not item.licence] == []
    assert len([item for item in installed if item.texts]) > 0.8 * len(installed) > 50
    assert "mkdocs-material" in text.splitlines()[[item.name for item in parts].index("mkdocs-material")]


def test_the_command_writes_both(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["sbom", str(tmp_path / "new"), "--lock", str(LOCK)])
    assert (result.exit_code, sorted(path.name for path in (tmp_path / "new").iterdir())) == (
        0, ["bom.json", "licences.txt"],
    )  # fmt: skip


def test_what_of_npm_is_a_file_of_the_site_is_in_the_bill_as_it_is_shipped(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["sbom", str(tmp_path), "--lock", str(LOCK)])
    text = (tmp_path / "bom.json").read_text(encoding="utf-8")
    found = [one for one in json.loads(text)["components"] if not one["purl"].startswith("pkg:pypi/")]

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert found == [{
        "type": "library", "group": "@noble", "name": "ed25519", "version": "3.2.0", "bom-ref": "@noble/ed25519==3.2.0",
        "purl": "pkg:npm/%40noble/ed25519@3.2.0", "licenses": [{"license": {"id": "MIT"}}],
        "properties": [{"name": "mingge:runs-in", "value": "browser"}],
        "externalReferences": [{
            "type": "distribution", "url": "https://www.npmjs.com/package/@noble/ed25519/v/3.2.0",
            "hashes": [{"alg": "SHA-256", "content": NOBLE["verify/noble-ed25519.js"]}],
        }],
    }]  # fmt: skip
    licences = (tmp_path / "licences.txt").read_text(encoding="utf-8")
    assert "@noble/ed25519 3.2.0: MIT [also in the browser]\n" in licences
    assert "Copyright (c) 2019 Paul Miller" in licences


def test_every_file_of_others_that_a_site_is_given_is_named() -> None:
    """A licence that lies beside our files belongs to something that is not ours."""
    beside = {path.name for path in BUILDER.rglob("*LICENSE*")} | {path.name for path in THEME.rglob("*LICENSE*")}
    assert {name for part in supply.vendored() for name, _ in part.texts} == beside


@pytest.mark.parametrize("text", ["", "jinja2==3.1.6\n", "jinja2>=3 --hash=sha256:00\n"])
def test_a_file_that_locks_nothing_is_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(text, encoding="utf-8")
    with pytest.raises(BuilderError, match="locks no package"):
        supply.parts(tmp_path / "lock")
    with pytest.raises(BuilderError, match="cannot be read"):
        supply.parts(tmp_path / "none")


LISTENS = {
    ("desk/server.py", "socket"),  # binds to this machine alone
    ("desk/guard.py", "http"),  # reads and writes cookies
    ("cli/desk.py", "webbrowser"),  # shows the desk to the person who started it
}
"""What the desk needs to be spoken to; it calls nobody."""


def test_nothing_of_the_builder_imports_what_talks_to_a_network() -> None:
    found = {
        (path, library) for path, modules in imports().items() for name in modules
        for library in NETWORK if is_or_below(name, library) and path not in CALLS
    }  # fmt: skip
    assert found == LISTENS
