"""A log's key is replaced by one that it signs for: who follows, whom the log refuses, what an interruption leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder import log
from builder.errors import BuilderError
from builder.log import LOG, WITNESS, SigningKey, Told, new_key, verify, witness
from tests.log import made
from tests.log.test_commands import run
from tests.log.test_growing import PowerCutError, cut
from tests.log.test_verify import said, wrong

OLD, NEW, NEXT = made.KEY, *(SigningKey(made.ORIGIN, LOG, bytes([number]) * 32) for number in (7, 9))
OTHER = SigningKey(made.ORIGIN, LOG, bytes(32))


def read(folder: Path) -> verify.Log:
    """Return a log as somebody reads it who knows its oldest key."""
    keys = verify.keys_of(verify.handovers(verify.Folder(folder)), "handovers")
    return verify.log_of(verify.Folder(folder), keys)


def signers(folder: Path) -> list[SigningKey]:
    """Return the keys that have signed the checkpoint."""
    note = (folder / "checkpoint").read_bytes()
    found = verify.parsed(note, "it")
    return [key for key in (OLD, NEW, NEXT, OTHER) if verify.signed(found, key.verifier, "it") is not None]


def steps(folder: Path) -> int:
    return len(verify.handovers(verify.Folder(folder)))


# ── the log ──────────────────────────────────────────────────────────────────────────────────────


def test_while_both_keys_are_given_both_sign_and_then_the_new_one_goes_on_alone(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 3)
    log.append(tmp_path, made.leaf(3), OLD, NEW)
    assert (signers(tmp_path), steps(tmp_path)) == ([OLD, NEW], 1)
    assert (tmp_path / "vkey").read_text("utf-8") == f"{NEW.verifier}\n"
    log.append(tmp_path, made.leaf(4), OLD, NEW)
    log.append(tmp_path, made.leaf(5), NEW)

    assert (signers(tmp_path), steps(tmp_path)) == ([NEW], 1)
    assert [leaf.id for leaf in read(tmp_path).leaves] == [made.name(number) for number in range(6)]
    assert log.last(tmp_path, NEW) == made.leaf(5)


def test_a_handover_is_a_checkpoint_with_both_keys_that_both_have_signed(tmp_path: Path) -> None:
    before = made.grown(tmp_path, 0, 3)
    log.append(tmp_path, made.leaf(3), OLD, NEW)
    (note,) = verify.handovers(verify.Folder(tmp_path))

    assert note.splitlines()[:6] == [
        *before.body.splitlines(), f"former-key {OLD.verifier}", f"next-key {NEW.verifier}", "",
    ]  # fmt: skip
    for key in (OLD, NEW):
        assert verify.opened(note.encode(), key.verifier, "it").root == before.root
    stated = (tmp_path / "handovers").read_bytes()
    assert stated == verify.canonical({"mingge": "handovers", "format": 1, "notes": [note]})


def test_programs_that_know_nothing_of_handovers_go_on_as_long_as_their_key_signs(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 3)
    checkpoint = log.append(tmp_path, made.leaf(3), OLD, NEW)
    for key in (OLD, NEW):
        assert verify.opened(checkpoint.note.encode(), key.verifier, "it") == checkpoint


def test_a_key_is_replaced_though_there_is_nothing_new_to_sign(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 3)
    assert log.append(tmp_path, made.leaf(2), OLD, NEW).size == 3
    assert (signers(tmp_path), log.append(tmp_path, made.leaf(2), NEW).size) == ([OLD, NEW], 3)


def test_a_key_that_is_named_twice_signs_once(tmp_path: Path) -> None:
    note = log.append(tmp_path, made.leaf(0), OLD, OLD).note
    assert note.count("\u2014") == 1


def test_a_log_may_begin_with_two_keys(tmp_path: Path) -> None:
    log.append(tmp_path, made.leaf(0), OLD, NEW)
    assert (signers(tmp_path), steps(tmp_path), read(tmp_path).key) == ([OLD, NEW], 1, NEW.verifier)


def test_a_key_that_replaced_another_is_replaced_in_its_turn(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 1)
    for number, keys in enumerate(((OLD, NEW), (NEW,), (NEW, NEXT), (OLD, NEW, NEXT), (NEXT,)), 1):
        log.append(tmp_path, made.leaf(number), *keys)
    assert (steps(tmp_path), read(tmp_path).key) == (2, NEXT.verifier)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ((OLD,), "belongs to another key"),
        ((NEXT,), "belongs to another key"),
        ((OLD, NEXT), "belongs to another key"),
        ((NEW, OLD), "was replaced .* and cannot come back"),
        ((OTHER, NEW), "has never signed the log"),
        ((OTHER, NEW, NEXT), "has never signed the log"),
        ((NEW, SigningKey("other.example/log", LOG, bytes(32))), "is called mingge.example/log"),
    ],
)
def test_a_key_that_is_not_the_log_s_signs_nothing(
    tmp_path: Path, keys: tuple[SigningKey, ...], reason: str
) -> None:
    made.grown(tmp_path, 0, 2)
    log.append(tmp_path, made.leaf(2), OLD, NEW)
    before = made.contents(tmp_path)
    with pytest.raises(BuilderError, match=reason):
        log.append(tmp_path, made.leaf(3), *keys)
    assert made.contents(tmp_path) == before


def test_a_new_key_alone_does_not_take_over(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 2)
    with pytest.raises(BuilderError, match="belongs to another key") as caught:
        log.append(tmp_path, made.leaf(2), NEW)
    assert "name the new one’s after it" in caught.value.message.hint


@pytest.mark.parametrize("keys", [(OLD, NEW), (NEW,)])
@pytest.mark.parametrize("is_half", [True, False])
def test_a_handover_that_was_interrupted_anywhere_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[SigningKey, ...], *, is_half: bool
) -> None:
    refused = set()
    for writes in range(20):
        folder = tmp_path / str(writes)
        made.grown(folder, 0, 2)
        with monkeypatch.context() as patch:
            cut(patch, writes, is_half=is_half)
            try:
                log.append(folder, made.leaf(2), OLD, NEW)
            except PowerCutError:
                is_done = False
            else:
                is_done = True
        key = verify.trusted(verify.Folder(folder), str(OLD.verifier), None, Told(lambda _: None, is_chinese=False))
        seen = verify.log_of(verify.Folder(folder), key).checkpoint  # whoever looks now is told nothing wrong
        is_handed = steps(folder) == 1
        if keys == (NEW,) and not is_handed:
            with pytest.raises(BuilderError, match="belongs to another key"):
                log.append(folder, made.leaf(2), *keys)
            refused.add(writes)
            continue
        log.append(folder, made.leaf(2), *keys)
        found = read(folder)
        verify.grown(found, seen, "seen")
        assert (steps(folder), found.key, found.checkpoint.size) == (1, NEW.verifier, 3)
        assert (folder / "vkey").read_text("utf-8") == f"{NEW.verifier}\n"
        if is_done:
            break
    assert is_done
    assert writes >= 5
    assert refused == (set() if len(keys) == 2 else {0})


def test_what_the_old_key_may_have_signed_is_signed_again_before_it_hands_over(tmp_path: Path) -> None:
    """A checkpoint may have been read that the disk has forgotten since."""
    made.grown(tmp_path, 0, 2)
    before = (tmp_path / "checkpoint").read_bytes()
    forgotten = log.append(tmp_path, made.leaf(2), OLD)
    (tmp_path / "checkpoint").write_bytes(before)

    log.append(tmp_path, made.leaf(3), OLD, NEW)
    found = verify.keys_of(verify.handovers(verify.Folder(tmp_path)), "it")
    assert found.opened(forgotten.note.encode(), "it") == (forgotten, OLD.verifier)


# ── whoever reads ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site with two releases."""
    for day in (29, 30):
        made.published(tmp_path / "target", {"day": str(day).encode()}, f"2026-10-{day}")
    return tmp_path / "target"


def released(target: Path, day: int, *keys: SigningKey) -> None:
    made.published(target, {"day": str(day).encode()}, f"2026-11-{day}", *keys)


def test_readers_who_remember_follow_while_both_keys_sign_and_long_after(target: Path, tmp_path: Path) -> None:
    early, late = tmp_path / "early", tmp_path / "late"
    for known in (early, late):
        assert wrong(target, known=known) == (0, [])
    released(target, 30, OLD, NEW)
    code, lines = said(target, known=early)
    assert code == 0
    assert f"note  the key {OLD.verifier} has signed that {NEW.verifier} takes its place" in lines
    assert json.loads(early.read_text("ascii"))["vkey"] == str(NEW.verifier)
    released(target, 31, NEW)
    code, lines = said(target, known=early)
    assert code == 0
    assert [line for line in lines if "takes its place" in line] == []
    assert "ok  the log has grown from each of 2 older checkpoints" in lines

    # who was away meanwhile goes on as well: what the old key has signed stays there
    assert wrong(target, known=late) == (0, [])
    assert json.loads(late.read_text("ascii"))["vkey"] == str(NEW.verifier)
    assert wrong(target, known=late) == (0, [])


@pytest.mark.parametrize("keys", [(OLD, NEW), (NEW,)])
@pytest.mark.parametrize("paper", [OLD, NEW])
def test_a_key_on_paper_is_right_whether_it_is_the_old_one_or_the_new(
    target: Path, tmp_path: Path, keys: tuple[SigningKey, ...], paper: SigningKey
) -> None:
    released(target, 30, OLD, NEW)
    released(target, 31, *keys)
    for _ in range(2):
        assert wrong(target, vkey=str(paper.verifier), known=tmp_path / "known") == (0, [])


def test_what_others_saw_under_the_old_key_can_still_be_compared(target: Path, tmp_path: Path) -> None:
    (tmp_path / "note").write_bytes(made.checkpoint(target))
    released(target, 30, OLD, NEW)
    released(target, 31, NEW)
    for _ in range(2):
        assert wrong(target, against=[tmp_path / "note"], known=tmp_path / "known") == (0, [])


def test_a_witness_follows(target: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    for keys in ((), (OLD, NEW), (NEW,)):
        if keys:
            released(target, 30 if len(keys) == 2 else 31, *keys)
        told = Told(lines.append, is_chinese=False)
        seen = witness(str(target), tmp_path / "state", "", (made.WITNESSING, 7), told)
        assert verify.signed(verify.parsed(seen.note.encode(), "it"), made.WITNESSING.verifier, "it") == 7
    assert seen.earlier == 2
    assert [line for line in lines if "takes its place" in line] == [
        f"note  the key {OLD.verifier} has signed that {NEW.verifier} takes its place"
    ]


def test_a_file_of_known_checkpoints_from_before_there_were_handovers_is_read(target: Path, tmp_path: Path) -> None:
    note = made.checkpoint(target).decode()
    stated = {"mingge": "known", "format": 1, "vkey": str(OLD.verifier), "checkpoints": [note]}
    (tmp_path / "known").write_text(json.dumps(stated), "ascii")
    released(target, 31, OLD, NEW)
    assert wrong(target, known=tmp_path / "known") == (0, [])


# ── as it is typed ───────────────────────────────────────────────────────────────────────────────


def test_the_commands_take_the_old_key_and_the_new_one(tmp_path: Path) -> None:
    from tests.publish.sites import site

    old, new, target = tmp_path / "old", tmp_path / "new", tmp_path / "target"
    for path in (old, new):
        new_key(path, made.ORIGIN, LOG)
    known = tmp_path / "known"
    for number, keys in enumerate(([old], [old, new], [new])):
        given = [part for key in keys for part in ("--log-key", key)]
        done = run("publish", target, "--site", site(tmp_path / str(number), number), "--no-compress", *given)
        assert done.exit_code == 0, done.output
        assert wrong(target, known=known) == (0, [])
    back = run("rollback", target, min(path.name for path in (target / "releases").iterdir()), "--log-key", old)
    assert (back.exit_code, "另一把密钥" in back.stderr or "belongs to another key" in back.stderr) == (2, True)


def test_a_witness_s_key_takes_no_log_over(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 1)
    with pytest.raises(ValueError, match="4"):
        log.append(tmp_path, made.leaf(1), OLD, SigningKey(made.ORIGIN, WITNESS, bytes(32)))


def test_a_log_that_never_had_another_key_says_so(tmp_path: Path) -> None:
    made.grown(tmp_path, 0, 2)
    assert (tmp_path / "handovers").read_bytes() == b'{"format":1,"mingge":"handovers","notes":[]}'


def test_a_log_from_before_there_were_handovers_is_read_and_goes_on(target: Path, tmp_path: Path) -> None:
    (target / "log" / "handovers").unlink()
    assert wrong(target, known=tmp_path / "known") == (0, [])
    released(target, 1, OLD, NEW)
    assert wrong(target, known=tmp_path / "known") == (0, [])
