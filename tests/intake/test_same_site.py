"""A private package that is built as it is, and what intake makes of it, give the same site, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.intake.making import files


@pytest.mark.nightly
@pytest.mark.parametrize(
    "has_key", [pytest.param(True, marks=pytest.mark.nightly), False], ids=["with a key", "without"]
)
def test_both_ways_to_a_site_give_the_same_bytes(has_key: bool, small_package: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("0123456789abcdef" * 4 + "\n", encoding="ascii")
    key = ("--key", tmp_path / "key") if has_key else ()
    options = ("--no-cache", "--workers", "1")
    commands = [
        ("build", small_package, "--output", tmp_path / "direct", *options, *key),
        ("intake", small_package, "--output", tmp_path / "public", "--workers", "1", *key),
        ("policy", tmp_path / "public", "--renew"),
        ("build", tmp_path / "public", "--output", tmp_path / "taken-in", *options),
    ]
    done = [CliRunner().invoke(app, list(map(str, command))) for command in commands]
    direct, taken_in = files(tmp_path / "direct"), files(tmp_path / "taken-in")

    assert [item.exit_code for item in done] == [0, 0, 0, 0], [item.stderr for item in done]
    assert len(direct) > 100
    assert direct.keys() == taken_in.keys()
    assert [name for name in direct if direct[name] != taken_in[name]] == []
