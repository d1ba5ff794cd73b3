"""Whoever runs the log, or stands between it and its readers, rewrites it: who notices, and who does not.

What is said here of each attack stands in docs/adr/0043 as well. Nobody who comes for the first time and knows nothing
can notice a history that was signed anew as a whole; that is what --known, --vkey, --against and witnesses are for.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.log import LOG, WITNESS, Leaf, SigningKey, Told, Wrong, growing, verify, witness
from tests.log import made
from tests.log.test_verify import wrong

REWRITTEN, DROPPED, SHOWN = "history was rewritten", "some were dropped", "a release is under way, or an old one is"
TREE, KEY, ORIGIN = "does not belong to the tree", "the key has changed", "is of another log"


def entries(target: Path) -> list[bytes]:
    return [leaf.entry() for leaf in verify.log_of(verify.Folder(target / "log"), made.KEYS).leaves]


def signed_anew(target: Path, leaves: list[bytes], key: SigningKey = made.KEY) -> None:
    """Write another log in the place of the one that there was, as only who has a key can."""
    shutil.rmtree(target / "log")
    growing.write(target / "log", leaves, key)


def one_old_byte(target: Path) -> None:
    """Change a byte of the first release, state and sign everything anew."""
    old = min((target / "releases").iterdir())
    files = {**made.FILES, "day": b"28"}
    made.release(old, files, "2026-10-29")
    manifest = made.stated(old, files, "2026-10-29")
    changed = Leaf(manifest, f"2026-10-29-{manifest[:12]}", "")
    old.rename(old.with_name(changed.id))
    second, third = (Leaf(**made.loaded(entry)) for entry in entries(target)[1:])
    signed_anew(target, [changed.entry(), Leaf(second.manifest, second.id, changed.id).entry(), third.entry()])


def last_dropped(target: Path) -> None:
    """Take back the last release, and its leaf with it."""
    leaves = entries(target)[:-1]
    signed_anew(target, leaves)
    (target / "current").unlink()
    (target / "current").symlink_to(Path("releases") / Leaf(**made.loaded(leaves[-1])).id)


def last_hidden(target: Path) -> None:
    """Show the release before the last; the log stays."""
    leaves = entries(target)
    (target / "current").unlink()
    (target / "current").symlink_to(Path("releases") / Leaf(**made.loaded(leaves[-2])).id)


def reordered(target: Path) -> None:
    """Let the second release have come first, and sign that."""
    first, second, third = (Leaf(**made.loaded(entry)) for entry in entries(target))
    swapped = [Leaf(second.manifest, second.id, ""), Leaf(first.manifest, first.id, second.id), third]
    signed_anew(target, [leaf.entry() for leaf in swapped])


def reordered_unsigned(target: Path) -> None:
    """Swap two leaves in the bundle, without the key."""
    first, second, third = entries(target)
    path = target / "log" / "tile/entries/000.p/3"
    path.write_bytes(b"".join(len(entry).to_bytes(2, "big") + entry for entry in (second, first, third)))


def rewritten_unsigned(target: Path) -> None:
    """Put tiles and entries of another history in the place of these, all fitting each other, without the key."""
    note = made.checkpoint(target)
    signed_anew(target, [made.leaf(0).entry(), made.leaf(1).entry(), made.leaf(2).entry()])
    (target / "log" / "checkpoint").write_bytes(note)


def moved(target: Path) -> None:
    """Begin another log, with another name and key, that holds the last release alone."""
    signed_anew(target, [entries(target)[-1]], SigningKey("other.example/log", LOG, bytes(32)))


def other_key(target: Path) -> None:
    """Sign the same log with another key of the same name."""
    signed_anew(target, entries(target), SigningKey(made.ORIGIN, LOG, bytes(32)))


def other_checkpoint(target: Path) -> None:
    """Put the checkpoint of another log in the place of this one's; whoever does it has none of this log's keys."""
    other = SigningKey("other.example/log", LOG, bytes(32))
    growing.write(target / "elsewhere", [entries(target)[-1]], other)
    shutil.copy(target / "elsewhere" / "checkpoint", target / "log" / "checkpoint")


NOBODY = ""
"""It is not noticed."""

# attack → what is told to somebody who comes for the first time, who knows the key, who remembers, who is a witness or
# asks one
ATTACKS: list[tuple[Callable[[Path], object], str, str, str, str]] = [
    (one_old_byte, NOBODY, NOBODY, REWRITTEN, REWRITTEN),
    (last_dropped, NOBODY, NOBODY, DROPPED, DROPPED),
    (last_hidden, SHOWN, SHOWN, SHOWN, NOBODY),
    (reordered, NOBODY, NOBODY, REWRITTEN, REWRITTEN),
    (reordered_unsigned, TREE, TREE, TREE, TREE),
    (rewritten_unsigned, TREE, TREE, TREE, TREE),
    (moved, NOBODY, KEY, KEY, KEY),
    (other_key, NOBODY, KEY, KEY, KEY),
    (other_checkpoint, ORIGIN, ORIGIN, ORIGIN, ORIGIN),
]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Three releases of a site."""
    for day in (29, 30, 31):
        made.published(tmp_path / "target", {**made.FILES, "day": str(day).encode()}, f"2026-10-{day}")
    return tmp_path / "target"


def told(found: tuple[int, list[str]], reason: str) -> None:
    """Assert that this reason was told, or nothing where there is none."""
    code, lines = found
    if reason == NOBODY:
        assert (code, lines) == (0, [])
    else:
        assert code == 1
        assert any(reason in line for line in lines), lines


def observed(target: Path, state: Path, time: int) -> str:
    """Return the checkpoint of a target as a witness cosigns it. Raises Wrong."""
    quiet = Told(lambda _: None, is_chinese=False)
    return witness(str(target), state, "", (made.WITNESSING, time), quiet).note


@pytest.mark.parametrize(("attack", "first", "keyed", "known", "witnessed"), ATTACKS)
def test_an_attack_is_noticed_by_whoever_can_notice_it(
    target: Path, tmp_path: Path, attack: Callable[[Path], object], first: str, keyed: str, known: str, witnessed: str
) -> None:
    remembered, state, note = tmp_path / "known.json", tmp_path / "state", tmp_path / "note"
    assert wrong(target, known=remembered) == (0, [])
    note.write_text(observed(target, state, 1), "utf-8")
    attack(target)

    told(wrong(target), first)
    told(wrong(target, vkey=str(made.KEY.verifier)), keyed)
    told(wrong(target, known=remembered), known)
    if witnessed == NOBODY:
        observed(target, state, 2)
    else:
        with pytest.raises(Wrong, match=witnessed):
            observed(target, state, 2)
        if witnessed not in (KEY, ORIGIN):
            told(wrong(target, against=[note]), witnessed)


def test_two_histories_shown_to_two_readers_are_noticed_when_they_compare(target: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(target, tmp_path / "other", symlinks=True))
    made.published(target, {"day": b"1"}, "2026-11-01")
    made.published(other, {"day": b"one"}, "2026-11-01")
    one, two = tmp_path / "one", tmp_path / "two"

    # each alone sees nothing, however long
    for _ in range(2):
        assert wrong(target, known=one) == (0, [])
        assert wrong(other, known=two) == (0, [])
    # each has what the other needs: one text
    told(wrong(target, against=[other / "log" / "checkpoint"]), REWRITTEN)
    told(wrong(other, against=[target / "log" / "checkpoint"]), REWRITTEN)


def test_two_histories_cannot_both_be_cosigned(target: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(target, tmp_path / "other", symlinks=True))
    made.published(target, {"day": b"1"}, "2026-11-01")
    made.published(other, {"day": b"one"}, "2026-11-01")
    note, key = tmp_path / "note", str(made.WITNESSING.verifier)
    note.write_text(observed(target, tmp_path / "state", 7), "utf-8")

    with pytest.raises(Wrong, match=REWRITTEN):
        observed(other, tmp_path / "state", 8)
    assert wrong(target, against=[note], witnesses=[key]) == (0, [])
    told(wrong(other, against=[note], witnesses=[key]), REWRITTEN)
    told(wrong(other, witnesses=[key]), "no checkpoint is cosigned by witness.example/w1")


def test_a_witness_is_not_impersonated(target: Path, tmp_path: Path) -> None:
    note, key = tmp_path / "note", str(made.WITNESSING.verifier)
    genuine = observed(target, tmp_path / "state", 7)
    namesake = SigningKey(made.WITNESSING.name, WITNESS, bytes(32))
    seen = verify.opened(made.checkpoint(target), made.KEY.verifier, "it")
    head, _, line = genuine.rstrip("\n").rpartition(" ")
    forged = {
        namesake.cosigned(seen, 7): "no checkpoint is cosigned",
        f"{head} {line[:-8]}{line[-8:].swapcase()}\n": "has a false signature|is no signed note",
    }
    for text, reason in forged.items():
        note.write_text(text, "utf-8")
        code, lines = wrong(target, against=[note], witnesses=[key])
        assert code == 1
        assert any(part in line for line in lines for part in reason.split("|")), lines


def test_a_checkpoint_that_somebody_else_saw_may_be_of_today(target: Path) -> None:
    assert wrong(target, against=[target / "log" / "checkpoint"]) == (0, [])


def test_an_attack_in_another_release_changes_nothing_for_this_one(target: Path, tmp_path: Path) -> None:
    """A file of an old release that nobody states anew: its hashes are in the log, whoever signs."""
    old = min((target / "releases").iterdir())
    (old / "day").write_bytes(b"28")
    assert wrong(target) == (0, [])
    assert wrong(old, log=str(target / "log")) == (1, ["has another SHA-256 than stated: day"])
