"""Keys: made once, for their owner alone, never where something is published from, and for one purpose each."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.log import LOG, WITNESS, new_key, read_key
from tests.log import made


def test_a_key_is_read_back_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    key = new_key(tmp_path / "key", made.ORIGIN, LOG)

    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert read_key(tmp_path / "key", LOG).verifier == key
    assert (tmp_path / "key").read_text("utf-8").startswith(f"PRIVATE+KEY+{made.ORIGIN}+")


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    assert new_key(tmp_path / "one", "a", LOG) != new_key(tmp_path / "two", "a", LOG)


def test_a_key_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("mine", "utf-8")
    with pytest.raises(BuilderError, match="exists"):
        new_key(tmp_path / "key", made.ORIGIN, LOG)
    assert (tmp_path / "key").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", [".git", ".mingge-site", "release.json", "datapackage.json", "mkdocs.yml"])
@pytest.mark.parametrize("below", ["", "deep/er"])
def test_a_key_may_not_lie_where_something_is_published_from(tmp_path: Path, name: str, below: str) -> None:
    (tmp_path / name).write_text("", "utf-8")
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    (tmp_path / "link").symlink_to(tmp_path / below)
    for folder in (below, "link"):
        with pytest.raises(BuilderError, match="may be published one day"):
            new_key(tmp_path / folder / "key", made.ORIGIN, LOG)
    assert not list(tmp_path.rglob("key"))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u3000b", "a\x07"])
def test_a_name_that_a_note_could_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BuilderError, match="cannot be the name of a key"):
        new_key(tmp_path / "key", name, LOG)


def test_a_folder_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="cannot be written"):
        new_key(tmp_path / "no" / "key", made.ORIGIN, LOG)


@pytest.mark.parametrize("spoilt", ["", "x", "PRIVATE+KEY+a+b+c", "secret words", "PRIVATE+KEY+a+00000000+AQ=="])
def test_what_is_no_key_is_refused_without_telling_what_it_is(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "key").write_text(spoilt, "utf-8")
    with pytest.raises(BuilderError, match="is not a key for this purpose") as caught:
        read_key(tmp_path / "key", LOG)
    assert not spoilt or spoilt not in str(caught.value)


def test_a_witness_s_key_does_not_sign_a_log(tmp_path: Path) -> None:
    new_key(tmp_path / "key", "witness.example/w1", WITNESS)
    with pytest.raises(BuilderError, match="is not a key for this purpose"):
        read_key(tmp_path / "key", LOG)


def test_a_file_that_cannot_be_read_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(BuilderError, match="cannot be read"):
        read_key(tmp_path / "key", LOG)
