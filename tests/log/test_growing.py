"""A log grows by whole leaves, whatever happens meanwhile, and nothing is signed over a log that was tampered with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from builder import log
from builder.errors import BuilderError, ToolError
from builder.log import LOG, Leaf, SigningKey, durable, growing, verify
from tests.log import made


def read(folder: Path) -> verify.Log:
    return verify.log_of(verify.Folder(folder), made.KEYS)


def filled(folder: Path, count: int) -> Path:
    """Write a log of `count` leaves at once."""
    growing.write(folder, [made.leaf(number).entry() for number in range(count)], made.KEY)
    return folder


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, Path], Path]:
    """Returns a function that copies a log of so many leaves to a folder."""
    base = tmp_path_factory.mktemp("logs")

    def copied(count: int, folder: Path) -> Path:
        if count and not (base / str(count)).exists():
            filled(base / str(count), count)
        return Path(shutil.copytree(base / str(count), folder)) if count else folder

    return copied


def test_each_leaf_follows_the_one_before(tmp_path: Path) -> None:
    checkpoints = [log.append(tmp_path / "log", made.leaf(number), made.KEY) for number in range(5)]

    found = read(tmp_path / "log")
    assert [leaf.id for leaf in found.leaves] == [made.name(number) for number in range(5)]
    assert [item.size for item in checkpoints] == [1, 2, 3, 4, 5]
    for item in checkpoints:
        verify.grown(found, item, "older")
    assert log.last(tmp_path / "log", made.KEY) == made.leaf(4)
    assert (tmp_path / "log" / "vkey").read_text("utf-8") == f"{made.KEY.verifier}\n"


def test_whoever_asks_for_the_last_leaf_is_told_of_an_interrupted_append(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.grown(tmp_path, 0, 1)
    with monkeypatch.context() as patch:
        cut(patch, 1, is_half=False)
        with pytest.raises(PowerCutError):
            log.append(tmp_path, made.leaf(1), made.KEY)
    assert log.last(tmp_path, made.KEY) == made.leaf(1)


def test_where_there_is_no_log_there_is_no_last_leaf(tmp_path: Path) -> None:
    assert log.last(tmp_path / "log", made.KEY) is None
    assert not (tmp_path / "log").exists()


def test_the_last_leaf_is_not_added_again(tmp_path: Path) -> None:
    first = log.append(tmp_path, made.leaf(0), made.KEY)
    assert log.append(tmp_path, made.leaf(0), made.KEY) == first
    assert log.append(tmp_path, replace(made.leaf(0), previous=made.name(0)), made.KEY) == first


def test_a_recorder_enters_what_it_is_told(tmp_path: Path) -> None:
    record = log.recorder(made.KEY)
    for number in (0, 1, 1):
        record(tmp_path, made.name(number), made.digest(number), made.leaf(number).previous)
    assert read(tmp_path).leaves == (made.leaf(0), made.leaf(1))


def test_a_release_may_come_back_as_a_leaf_of_its_own(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 2)
    back = made.leaf(0, previous=1)
    assert log.append(tmp_path, Leaf(back.manifest, back.id, made.name(1)), made.KEY).size == 3


def test_a_leaf_that_takes_over_from_nothing_in_the_log_is_refused(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 2)
    before = made.contents(tmp_path)
    with pytest.raises(BuilderError, match="knows no release"):
        log.append(tmp_path, made.leaf(5, previous=4), made.KEY)
    assert made.contents(tmp_path) == before


@pytest.mark.parametrize("size", [254, 255, 256, 511, 512])
def test_tiles_are_filled_and_partial_ones_go_with_the_full_one(
    logs: Callable[[int, Path], Path], tmp_path: Path, size: int
) -> None:
    folder = logs(size, tmp_path / "log")
    for number in (size, size + 1):
        log.append(folder, made.leaf(number), made.KEY)

    assert len(read(folder).leaves) == size + 2
    entries = {path.relative_to(folder / "tile" / "entries").as_posix()
               for path in (folder / "tile" / "entries").rglob("*") if path.is_file()}  # fmt: skip
    full = {f"{number:03}" for number in range((size + 2) // 256)}
    assert full == {name for name in entries if "/" not in name}
    assert {name.partition(".")[0] for name in entries - full} <= {f"{(size + 2) // 256:03}"}


def test_a_reader_of_a_partial_tile_that_went_finds_it_in_the_full_one(
    logs: Callable[[int, Path], Path], tmp_path: Path
) -> None:
    folder = logs(255, tmp_path / "log")
    old = (folder / "checkpoint").read_bytes()
    log.append(folder, made.leaf(255), made.KEY)
    (folder / "checkpoint").write_bytes(old)

    assert not (folder / "tile" / "0" / "000.p").exists()
    assert len(read(folder).leaves) == 255


# ── interrupted ──────────────────────────────────────────────────────────────────────────────────


class PowerCutError(Exception):
    """What ends an append at some write."""


def cut(monkeypatch: pytest.MonkeyPatch, writes: int, *, is_half: bool) -> None:
    """Let so many writes happen and cut the power at the next; `is_half`: with part of it on the disk."""
    left = [writes]
    whole = durable.put

    def put(root: Path, path: str, content: bytes) -> None:
        if not left[0]:
            if is_half:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).with_name(f"{Path(path).name}{durable.PART}").write_bytes(content[:5])
            raise PowerCutError
        left[0] -= 1
        whole(root, path, content)

    monkeypatch.setattr(durable, "put", put)


@pytest.mark.parametrize("is_same", [True, False])
@pytest.mark.parametrize("is_half", [True, False])
@pytest.mark.parametrize("size", [0, 1, 255, 256])
def test_an_append_that_was_interrupted_anywhere_is_repaired_without_a_fork(
    logs: Callable[[int, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, *, is_half: bool,
    is_same: bool,
) -> None:  # fmt: skip
    for writes in range(20):
        folder = logs(size, tmp_path / str(writes))
        seen = [(folder / "checkpoint").read_bytes()] if size else []
        with monkeypatch.context() as patch:
            cut(patch, writes, is_half=is_half)
            try:
                log.append(folder, made.leaf(size), made.KEY)
            except PowerCutError:
                is_done = False
            else:
                is_done = True
        if (folder / "checkpoint").is_file():
            seen.append((folder / "checkpoint").read_bytes())
        other = made.leaf(size + 9, previous=size - 1)
        following = made.leaf(size) if is_same else replace(other, previous=other.previous if size else "")
        log.append(folder, following, made.KEY)

        found = read(folder)
        assert found.leaves[-1] == following
        assert len(found.leaves) <= size + 2
        for note in seen:
            verify.grown(found, verify.opened(note, made.KEY.verifier, "seen"), "seen")
        assert not [path for path in folder.rglob("*") if path.name.endswith(durable.PART)]
        if is_done:
            break
    assert is_done
    assert writes >= 3


def test_a_checkpoint_that_the_disk_forgot_is_signed_again_before_anything_else(tmp_path: Path) -> None:
    """It may have been read before the power failed, though the rename was never on the disk."""
    made.grown(tmp_path, 0, 2)
    before = (tmp_path / "checkpoint").read_bytes()
    forgotten = log.append(tmp_path, made.leaf(2), made.KEY)
    (tmp_path / "checkpoint").write_bytes(before)

    log.append(tmp_path, made.leaf(7, previous=1), made.KEY)
    found = read(tmp_path)
    verify.grown(found, forgotten, "forgotten")
    assert [leaf.id for leaf in found.leaves] == [made.name(number) for number in (0, 1, 2, 7)]


def test_appends_at_once_wait_for_each_other(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 1)
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda number: log.append(tmp_path, made.leaf(number, previous=0), made.KEY), range(1, 13)))
    assert len(read(tmp_path).leaves) == 13


PROGRAM = """import sys
from pathlib import Path
from builder import log
from tests.log import made
for number in range(int(sys.argv[2]), 400):
    log.append(Path(sys.argv[1]), made.leaf(number, previous=0), made.KEY)
"""


@pytest.mark.nightly
def test_a_log_survives_being_killed_at_random_moments(tmp_path: Path) -> None:
    made.grown(tmp_path / "log", 0, 1)
    random, seen = Random(11), list[bytes]()  # noqa: S311 - moments, not secrets
    for turn in range(25):
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / "log"), str(turn * 10 + 1)]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as process:
            time.sleep(0.6 + random.random())
            seen.append((tmp_path / "log" / "checkpoint").read_bytes())
            process.kill()
    log.append(tmp_path / "log", made.leaf(999, previous=0), made.KEY)
    found = read(tmp_path / "log")
    assert len(found.leaves) > 25
    for note in seen:
        verify.grown(found, verify.opened(note, made.KEY.verifier, "seen"), "seen")


# ── tampered with ────────────────────────────────────────────────────────────────────────────────


def changed(path: str) -> Callable[[Path], object]:
    """Returns what changes the last byte of a file."""

    def change(folder: Path) -> None:
        content = (folder / path).read_bytes()
        (folder / path).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    return change


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (changed("tile/0/000.p/3"), "does not belong to the tree"),
        (changed("tile/entries/000.p/3"), "is not what it should be|does not belong to the tree"),
        (lambda folder: (folder / "tile/0/000.p/3").unlink(), "is missing"),
        (lambda folder: (folder / "tile/entries/000.p/3").unlink(), "is missing"),
        (lambda folder: (folder / "checkpoint").write_text("x", "utf-8"), "is no signed note"),
        (lambda folder: (folder / "checkpoint").write_text(
            SigningKey("other.example/log", LOG, bytes(32)).signed("other.example/log\n0\n" + "A" * 43 + "=\n"), "utf-8"
        ), "is of another log"),
        (lambda folder: (folder / "vkey").write_text(str(SigningKey("a", LOG, bytes(32)).verifier), "utf-8"),
         "belongs to another key"),
        (lambda folder: (folder / "tile/entries/000.p/4").write_bytes(b"\x00\x02{}"), "does not belong to the tree"),
    ],
)  # fmt: skip
def test_nothing_is_signed_over_a_log_that_is_not_what_was_signed(
    tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    made.grown(tmp_path, 0, 3)
    spoil(tmp_path)
    before = made.contents(tmp_path)

    with pytest.raises(BuilderError, match=reason):
        log.append(tmp_path, made.leaf(3), made.KEY)
    assert made.contents(tmp_path) == before


def test_a_tile_that_nobody_of_ours_wrote_is_not_signed_over(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 3)
    (tmp_path / "tile/0/000.p/4").write_bytes(bytes(128))
    for _ in range(2):
        with pytest.raises(BuilderError, match="does not belong to the tree"):
            log.append(tmp_path, made.leaf(3), made.KEY)
    assert len(read(tmp_path).leaves) == 3


def test_another_key_may_not_go_on(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 3)
    with pytest.raises(BuilderError, match="belongs to another key"):
        log.append(tmp_path, made.leaf(3), SigningKey(made.ORIGIN, LOG, bytes(32)))
    with pytest.raises(BuilderError, match="belongs to another key"):
        log.last(tmp_path, SigningKey(made.ORIGIN, LOG, bytes(32)))


def test_a_disk_that_fails_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file", "utf-8")
    with pytest.raises(ToolError, match="cannot be written"):
        log.append(tmp_path / "log", made.leaf(0), made.KEY)
