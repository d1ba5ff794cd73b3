"""Whatever a key is for, its file is made one way: for its owner alone, never replaced, never where it is published."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import intake, log
from builder.errors import BuilderError, ToolError
from builder.keyfile import PLACES, put_key
from tests.console import run

MAKERS: list[Callable[[Path], object]] = [
    intake.new_key,
    lambda path: log.new_key(path, "mingge.example/log", log.LOG),
    lambda path: log.new_key(path, "witness.example/w1", log.WITNESS),
]


@pytest.mark.parametrize("make", MAKERS, ids=["identifiers", "signing", "witness"])
def test_each_key_is_for_its_owner_alone_and_never_lies_where_something_is_published(
    make: Callable[[Path], object], tmp_path: Path
) -> None:
    make(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "datapackage.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BuilderError, match="may be published one day"):
        make(tmp_path / "package" / "key")
    assert not (tmp_path / "package" / "key").exists()


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("below", ["", "deep/er"])
def test_no_place_is_taken_that_may_be_published_one_day(tmp_path: Path, name: str, below: str) -> None:
    (tmp_path / name).write_text("", "utf-8")
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    (tmp_path / "link").symlink_to(tmp_path / below)
    for folder in (below, "link"):
        with pytest.raises(BuilderError) as caught:
            put_key(tmp_path / folder / "key", "secret", "")
        assert f"which has a {name}" in str(caught.value)
    assert not list(tmp_path.rglob("key"))


def test_a_file_stays_and_the_hint_says_why(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("mine", "utf-8")
    with pytest.raises(BuilderError) as caught:
        put_key(tmp_path / "key", "secret", "another would change everything")
    assert (str(caught.value), caught.value.message.hint) == (
        f"{tmp_path / 'key'} exists", "another would change everything",
    )  # fmt: skip
    assert (tmp_path / "key").read_text("utf-8") == "mine"


def test_a_folder_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="cannot be written") as caught:
        put_key(tmp_path / "no" / "key", "secret", "")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("command", ["identifiers", "signing"])
def test_the_commands_refuse_a_place_in_a_package_in_two_lines(command: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    options = ["--origin", "a.example/log"] if command == "signing" else []
    done = run("key", command, tmp_path / "key", "--lang", "en", *options)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)
    assert "outside of every repository, every site and every package" in done.stderr
    assert not (tmp_path / "key").exists()
