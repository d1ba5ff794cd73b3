"""The key of opaque identifiers: read by its owner alone, never replaced, and never told."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.intake import new_key, read_key
from tests.console import run

SECRET = "0123456789abcdef" * 3
WRONG = {
    "too short": SECRET + "\n",
    "no hexadecimal": "geheim" * 11,
    "empty": "",
    "not ASCII": "钥匙" * 16,
    "two of them": SECRET + SECRET + "\n",
}


def test_a_new_key_is_for_its_owner_alone_and_can_be_read_again(tmp_path: Path) -> None:
    new_key(tmp_path / "one")
    new_key(tmp_path / "two")

    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600
    assert len(read_key(tmp_path / "one")) == 32
    assert read_key(tmp_path / "one") != read_key(tmp_path / "two")


@pytest.mark.parametrize("there", ["a file", "a link to nowhere", "a folder"])
def test_what_is_there_is_never_overwritten(there: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    if there == "a file":
        path.write_text("mine")
    elif there == "a folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BuilderError) as caught:
        new_key(path)

    assert str(caught.value) == f"{path} exists"
    assert not (tmp_path / "elsewhere").exists()
    assert there != "a file" or path.read_text() == "mine"


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_key_is_one_sentence_that_does_not_tell_it(text: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BuilderError) as caught:
        read_key(path)

    assert str(caught.value) == f"{path} is not a key"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_commands_make_a_key_and_refuse_a_wrong_one_without_repeating_it(
    small_raw: Path, tmp_path: Path
) -> None:
    made, again = (run("key", "identifiers", tmp_path / "key") for _ in range(2))
    assert (made.returncode, again.returncode) == (0, 2)
    assert (tmp_path / "key").read_text().strip() not in made.stdout + made.stderr + again.stderr
    (tmp_path / "wrong").write_text(SECRET)
    done = run("intake", small_raw, "--output", tmp_path / "public", "--key", tmp_path / "wrong")

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)
    assert SECRET not in done.stderr + done.stdout
    assert not (tmp_path / "public").exists()
