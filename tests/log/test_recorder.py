"""What remembers the log follows a key that the old one has signed for, and no other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from builder import log
from builder.errors import BuilderError
from builder.log import LOG, SigningKey
from builder.log.verify import Known
from tests.log import made

OLD = made.KEY
NEW, OTHER = (SigningKey(made.ORIGIN, LOG, bytes([number]) * 32) for number in (7, 8))


def entered(folder: Path, number: int, *keys: SigningKey) -> None:
    """Enter a release in the log of a folder, and remember it there."""
    record = log.recorder(*keys, known=folder / "known.json")
    leaf = made.leaf(number)
    record(folder / "log", leaf.id, leaf.manifest, leaf.previous)
    record.remember(leaf.id)


def remembered(folder: Path) -> tuple[str, int, int]:
    known = Known.read(folder / "known.json")
    return known.vkey, len(known.notes), len(known.handovers)


def test_a_key_that_the_old_one_signed_for_is_remembered_as_the_logs(tmp_path: Path) -> None:
    found = []
    for number, keys in enumerate([(OLD,), (OLD, NEW), (OLD, NEW), (NEW,)]):
        entered(tmp_path, number, *keys)
        found.append(remembered(tmp_path))

    assert found == [(str(OLD.verifier), 1, 0), *((str(NEW.verifier), count, 1) for count in (2, 3, 4))]


def test_a_key_that_was_replaced_signs_nothing_any_more(tmp_path: Path) -> None:
    for number, keys in enumerate([(OLD,), (OLD, NEW)]):
        entered(tmp_path, number, *keys)
    before = (tmp_path / "log" / "checkpoint").read_bytes()
    with pytest.raises(BuilderError):
        entered(tmp_path, 2, OLD)

    assert (tmp_path / "log" / "checkpoint").read_bytes() == before


@pytest.mark.parametrize("keys", [(OLD,), (OTHER,), (OLD, OTHER)], ids=["the old key", "a new one", "both"])
def test_a_log_put_back_from_before_the_key_was_replaced_is_not_signed(
    keys: tuple[SigningKey, ...], tmp_path: Path
) -> None:
    entered(tmp_path, 0, OLD)
    shutil.copytree(tmp_path / "log", tmp_path / "copy")
    entered(tmp_path, 1, OLD, NEW)
    known = (tmp_path / "known.json").read_bytes()
    shutil.rmtree(tmp_path / "log")
    shutil.copytree(tmp_path / "copy", tmp_path / "log")
    with pytest.raises(BuilderError, match="does not go on from what"):
        entered(tmp_path, 1, *keys)

    assert ((tmp_path / "known.json").read_bytes(), len(json.loads(known)["handovers"])) == (known, 1)
    assert (tmp_path / "log" / "checkpoint").read_bytes() == (tmp_path / "copy" / "checkpoint").read_bytes()
