"""Keys: made once, for their owner alone, never where something is published from, and for one purpose each."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.log import LOG, WITNESS, made_on, new_key, read_key
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


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u3000b", "a\x07"])
def test_a_name_that_a_note_could_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BuilderError, match="cannot be the name of a key"):
        new_key(tmp_path / "key", name, LOG)


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


# ── the day on which a key was made ──────────────────────────────────────────────────────────────


def test_a_key_s_file_says_when_it_was_made(tmp_path: Path) -> None:
    key = new_key(tmp_path / "key", made.ORIGIN, LOG, date(2026, 11, 30))

    lines = (tmp_path / "key").read_text("utf-8").splitlines()
    assert (len(lines), lines[1]) == (2, "# made 2026-11-30")
    assert (read_key(tmp_path / "key", LOG).verifier, made_on(tmp_path / "key")) == (key, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("rest", "day"),
    [
        ("", None),
        ("\n", None),
        ("# the key of the district\n", None),
        ("# made by hand\n", None),
        ("# made 2026-13-30\n", None),
        ("# made 2026-11-30\r\n", date(2026, 11, 30)),
        ("\n  # made 2026-11-30\n\n", date(2026, 11, 30)),
        ("# the key of the district\n# made 2026-11-30", date(2026, 11, 30)),
    ],
)
def test_a_file_from_before_keys_had_a_day_or_that_was_copied_by_hand_is_read(
    tmp_path: Path, rest: str, day: date | None
) -> None:
    key = new_key(tmp_path / "key", made.ORIGIN, LOG)
    with (tmp_path / "key").open("a", encoding="utf-8", newline="") as file:
        file.write(rest)
    assert (read_key(tmp_path / "key", LOG).verifier, made_on(tmp_path / "key")) == (key, day)


def test_a_second_line_that_is_no_remark_makes_a_file_no_key(tmp_path: Path) -> None:
    for name in ("one", "two"):
        new_key(tmp_path / name, made.ORIGIN, LOG)
    (tmp_path / "both").write_text("".join((tmp_path / name).read_text("utf-8") for name in ("one", "two")), "utf-8")
    with pytest.raises(BuilderError, match="is not a key for this purpose"):
        read_key(tmp_path / "both", LOG)


def test_the_day_of_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(BuilderError, match="cannot be read"):
        made_on(tmp_path / "key")
