"""The commands: what they say, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.publish.sites import number, site


def invoked(*arguments: object) -> tuple[int, list[str]]:
    done = CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"])
    return done.exit_code, done.output.splitlines()


def test_publish_list_and_roll_back(tmp_path: Path) -> None:
    target, sites = tmp_path / "target", [site(tmp_path / f"{n}", n) for n in range(3)]
    code, lines = invoked("publish", target, "--site", sites[0])
    first = lines[0].split()[0]
    assert (code, lines) == (0, [f"{first} is served now, in the place of -."])
    _, lines = invoked("publish", target, "--site", sites[1], "--dry-run")
    second = lines[0].split()[0]
    assert lines == [f"{second} would be served, in the place of {first}. Nothing was changed."]
    invoked("publish", target, "--site", sites[1])
    assert invoked("publish", target, "--site", sites[1]) == (0, [f"{second} is served already: nothing to publish."])
    code, lines = invoked("releases", target)
    assert [line[:25] for line in lines] == [f"* {second}", f"  {first}"]
    assert invoked("rollback", target, first, "--dry-run")[1] == [
        f"{first} would be served, in the place of {second}. Nothing was changed."
    ]
    assert number(target) == 1
    assert invoked("rollback", target, first) == (0, [f"{first} is served now, in the place of {second}."])
    assert number(target) == 0
    _, lines = invoked("publish", target, "--site", sites[2], "--keep", 2)
    assert lines[1:] == [f"Removed: {second}"]


def test_mistakes_are_one_line_and_a_hint(tmp_path: Path) -> None:
    made, target = site(tmp_path / "site", 1), tmp_path / "target"
    for arguments in (
        ["publish", target, "--site", tmp_path / "nowhere"],
        ["publish", made / "target", "--site", made],
        ["publish", target, "--site", made, "--keep", 1],
        ["publish", "", "--site", made],
        ["releases", tmp_path / "nowhere"],
        ["rollback", target, "../x"],
        ["rollback", target, "2026-10-31-0123456789ab"],
    ):  # fmt: skip
        code, lines = invoked(*arguments)
        assert (code, len(lines)) == (2, 2), lines
    assert not target.exists()


def test_pages_are_written_by_the_same_command(tmp_path: Path) -> None:
    code, _ = invoked("publish", tmp_path / "public", "--pages", "--site", site(tmp_path / "site", 1))
    assert code == 0
    assert (tmp_path / "public" / "release.json").is_file()


def test_what_was_left_out_is_named(tmp_path: Path) -> None:
    made = site(tmp_path / "site", 1)
    (made / "CNAME").write_text("grid.example", encoding="utf-8")
    _, lines = invoked("publish", tmp_path / "target", "--site", made)
    assert lines[1] == f"1 files of {made} were not published, because no build wrote them: CNAME"


@pytest.mark.parametrize("name", ["publish", "releases", "rollback"])
def test_each_command_has_help(name: str) -> None:
    code, lines = invoked(name, "--help")
    assert code == 0
    assert any("TARGET" in line for line in lines)
