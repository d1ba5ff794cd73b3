"""A key is replaced by somebody who may not, or a replaced one comes back: who notices, and who does not.

What is said here of each attack stands in docs/adr/0043 as well. `late` last came before the key was replaced, `again`
came since; `paper` has the new key from elsewhere.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.log import Leaf, SigningKey, Wrong, growing, verify
from tests.log import made
from tests.log.test_attacks import KEY, NOBODY, REWRITTEN, observed, told
from tests.log.test_handovers import NEW, NEXT, OLD, OTHER, released
from tests.log.test_verify import wrong

UNSIGNED, REPLACED, UNLIKE = "is not signed by", "after that one had been replaced", "does not begin with the replaced"
NO_LIST = "is no list of replaced keys"


def notes(target: Path) -> list[str]:
    return list(verify.handovers(verify.Folder(target / "log")))


def put(target: Path, texts: list[str], key: SigningKey) -> None:
    """Write another list of handovers, and the key that the log is said to have."""
    stated = {"mingge": "handovers", "format": 1, "notes": texts}
    (target / "log" / "handovers").write_bytes(verify.canonical(stated))
    (target / "log" / "vkey").write_text(f"{key.verifier}\n", "utf-8")


def leaves(target: Path) -> list[bytes]:
    keys = verify.keys_of(notes(target), "it") if notes(target) else made.KEYS
    return [leaf.entry() for leaf in verify.log_of(verify.Folder(target / "log"), keys).leaves]


def stated(target: Path, former: SigningKey, key: SigningKey, *signers: SigningKey) -> str:
    """Return a handover as whoever has the keys of `signers` can make it."""
    body = growing.size_and_root(key.name, leaves(target))
    body += f"{verify.FORMER}{former.verifier}\n{verify.NEXT}{key.verifier}\n"
    return f"{body}\n" + "".join(signer.signature(body) for signer in signers)


def gone_on(target: Path, *keys: SigningKey) -> None:
    """Add a release and sign with `keys` alone; whatever handovers say stays."""
    handed, vkey = target / "log" / "handovers", (target / "log" / "vkey").read_bytes()
    kept = handed.read_bytes() if handed.is_file() else b""
    manifest = made.release(target / "releases" / "new", {"day": b"99"}, "2026-12-01")
    entry = Leaf(manifest, f"2026-12-01-{manifest[:12]}", "")
    (target / "releases" / "new").rename(target / "releases" / entry.id)
    growing.write(target / "log", [*leaves(target), entry.entry()], *keys)
    if kept:
        handed.write_bytes(kept)
    (target / "log" / "vkey").write_bytes(vkey)
    (target / "current").unlink()
    (target / "current").symlink_to(Path("releases") / entry.id)


def without_the_old_key(target: Path) -> None:
    """Go on with another key that nobody signed for."""
    gone_on(target, OTHER)
    (target / "log" / "vkey").write_text(f"{OTHER.verifier}\n", "utf-8")
    (target / "log" / "handovers").unlink(missing_ok=True)


def signature_added(target: Path) -> None:
    """Add a signature to the true checkpoint, as any server on the way can, and call that key the log's."""
    note = made.checkpoint(target).decode()
    (target / "log" / "checkpoint").write_text(note + OTHER.signature(note.rpartition("\n\n")[0] + "\n"), "utf-8")
    (target / "log" / "vkey").write_text(f"{OTHER.verifier}\n", "utf-8")


def handover_forged(target: Path) -> None:
    """Let another key say that the log's handed over to it."""
    forged = stated(target, NEW, OTHER, OTHER)
    gone_on(target, OTHER)
    put(target, [*notes(target), forged], OTHER)


def signature_moved(target: Path) -> None:
    """Put the signature of a true handover below one that names another key."""
    line = notes(target)[0].split("\n")[6]
    forged = f"{stated(target, OLD, OTHER, OTHER)}{line}\n"
    gone_on(target, OTHER)
    put(target, [forged], OTHER)


def old_key_alone(target: Path) -> None:
    """Go on with the key that was replaced, as if it never had been."""
    gone_on(target, OLD)
    (target / "log" / "handovers").unlink()
    (target / "log" / "vkey").write_text(f"{OLD.verifier}\n", "utf-8")


def old_key_in_secret(target: Path) -> None:
    """Go on with the key that was replaced; all else says what it said."""
    gone_on(target, OLD)


def old_key_again(target: Path) -> None:
    """Let the new key hand over to the old one, with both at hand."""
    back = stated(target, NEW, OLD, NEW, OLD)
    gone_on(target, OLD)
    put(target, [*notes(target), back], OLD)


def old_key_elsewhere(target: Path) -> None:
    """Let the key that was replaced hand over to another one, once more."""
    other = stated(target, OLD, OTHER, OLD, OTHER)
    gone_on(target, OTHER)
    put(target, [other], OTHER)


def handovers_hidden(target: Path) -> None:
    """Show the log as it is, and not how its keys followed each other."""
    put(target, [], NEW)


def rewritten_on_the_way(target: Path) -> None:
    """Let both keys sign that the key was replaced in another history."""
    entries = [made.leaf(number).entry() for number in range(2)]
    body = f"{growing.size_and_root(NEW.name, entries)}{verify.FORMER}{OLD.verifier}\n{verify.NEXT}{NEW.verifier}\n"
    put(target, [f"{body}\n{OLD.signature(body)}{NEW.signature(body)}"], NEW)


# attack → what is told to somebody who came before the key was replaced, since then, who has the new key, to a witness
ATTACKS: list[tuple[Callable[[Path], object], str, str, str]] = [
    (without_the_old_key, KEY, UNLIKE, KEY),
    (signature_added, KEY, KEY, KEY),
    (handover_forged, UNSIGNED, UNSIGNED, UNSIGNED),
    (signature_moved, "false signature", UNLIKE, "false signature"),
    (old_key_alone, NOBODY, UNLIKE, KEY),  # whoever knows nothing of the new key trusts the old one
    (old_key_in_secret, REPLACED, REPLACED, REPLACED),
    (old_key_again, NO_LIST, NO_LIST, NO_LIST),
    (old_key_elsewhere, NOBODY, UNLIKE, KEY),  # as above
    (handovers_hidden, KEY, UNLIKE, NOBODY),
    (rewritten_on_the_way, REWRITTEN, UNLIKE, REWRITTEN),
]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site with two releases."""
    for day in (29, 30):
        made.published(tmp_path / "target", {"day": str(day).encode()}, f"2026-10-{day}")
    return tmp_path / "target"


@pytest.mark.parametrize(("attack", "late", "again", "paper"), ATTACKS)
def test_an_attack_with_keys_is_noticed_by_whoever_can_notice_it(
    target: Path, tmp_path: Path, attack: Callable[[Path], object], late: str, again: str, paper: str
) -> None:
    before, since = tmp_path / "before", tmp_path / "since"
    for known in (before, since):
        assert wrong(target, known=known) == (0, [])
    observed(target, tmp_path / "late", 1)
    observed(target, tmp_path / "state", 1)
    released(target, 1, OLD, NEW)
    released(target, 2, NEW)
    assert wrong(target, known=since) == (0, [])
    observed(target, tmp_path / "state", 2)
    kept = since.read_bytes()
    attack(target)

    told(wrong(target, vkey=str(NEW.verifier)), paper)
    told(wrong(target, known=since), again)
    assert since.read_bytes() == kept, "nothing is learned from what is wrong"
    for state, reason in (("state", again), ("late", late)):
        if reason == NOBODY:
            observed(target, tmp_path / state, 3)
        else:
            with pytest.raises(Wrong, match=reason):
                observed(target, tmp_path / state, 3)
    told(wrong(target, known=before), late)


@pytest.mark.parametrize("attack", [without_the_old_key, signature_added])
def test_a_key_that_the_known_one_never_signed_is_an_alarm_that_says_what_to_do(
    target: Path, tmp_path: Path, attack: Callable[[Path], object]
) -> None:
    assert wrong(target, known=tmp_path / "known") == (0, [])
    attack(target)
    for options in ({"known": tmp_path / "known"}, {"vkey": str(OLD.verifier)}):
        code, (line, *_) = wrong(target, **options)
        assert code == 1
        assert line.startswith(f"the key has changed: {OTHER.verifier} instead of {OLD.verifier}, which has not signed")
        assert "compare it with the key that was published elsewhere" in line


def test_two_handovers_of_one_key_are_noticed_by_whoever_sees_both(target: Path, tmp_path: Path) -> None:
    released(target, 1, OLD, NEW)
    assert wrong(target, known=tmp_path / "known") == (0, [])
    other = stated(target, OLD, NEXT, OLD, NEXT)
    gone_on(target, NEXT)
    put(target, [other], NEXT)
    told(wrong(target, known=tmp_path / "known"), UNLIKE)


def test_a_checkpoint_that_the_replaced_key_signed_later_accuses_nobody(target: Path, tmp_path: Path) -> None:
    """Whoever has the old key could otherwise invent proofs of a history that was rewritten."""
    released(target, 1, OLD, NEW)
    invented = growing.size_and_root(OLD.name, [made.leaf(number).entry() for number in range(3)])
    (tmp_path / "note").write_text(OLD.signed(invented), "utf-8")
    told(wrong(target, against=[tmp_path / "note"]), REPLACED)


SPOILT: list[object] = [
    [], {}, {"mingge": "handovers", "format": 2, "notes": []}, {"mingge": "handovers", "format": 1},
    {"mingge": "handovers", "format": 1, "notes": "x"}, {"mingge": "handovers", "format": 1, "notes": [7]},
]  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_is_no_list_of_handovers_is_said_to_be_none(target: Path, spoilt: object) -> None:
    (target / "log" / "handovers").write_text(json.dumps(spoilt), "utf-8")
    told(wrong(target), NO_LIST)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda body: body, ""),
        (lambda body: body.replace("next-key ", "next-key  x"), "is no key"),
        (lambda body: "".join(body.splitlines(keepends=True)[:4]), NO_LIST),
        (lambda body: body.replace(verify.NEXT, verify.FORMER), NO_LIST),
        (lambda body: body + "more\n", NO_LIST),
        (lambda body: body.replace(str(NEW.verifier), str(OLD.verifier)), NO_LIST),
        (lambda body: body.replace(made.ORIGIN, "other.example/log", 1), UNSIGNED),
        (lambda body: body.replace(str(NEW.verifier), str(made.WITNESSING.verifier)), UNSIGNED),
    ],
)
def test_a_handover_says_nothing_but_two_keys_of_its_log(
    target: Path, change: Callable[[str], str], reason: str
) -> None:
    whole = stated(target, OLD, NEW)
    body = change(whole.rpartition("\n\n")[0] + "\n")
    note = f"{body}\n{OLD.signature(body)}{NEW.signature(body)}"
    if reason:
        with pytest.raises(Wrong, match=reason):
            verify.keys_of([note], "it")
    else:
        assert verify.keys_of([note], "it").every == (OLD.verifier, NEW.verifier)


def test_a_handover_must_be_signed_by_both(target: Path) -> None:
    for signers in ((), (OLD,), (NEW,), (OTHER, NEW)):
        with pytest.raises(Wrong, match=r"is not signed by|is no signed note"):
            verify.keys_of([stated(target, OLD, NEW, *signers)], "it")
    note = stated(target, OLD, NEW, OLD, NEW)
    signature = note.split()[-1]
    spoilt = base64.b64encode(base64.b64decode(signature)[:-1] + b"\x00").decode()
    with pytest.raises(Wrong, match="has a false signature"):
        verify.keys_of([note.replace(signature, spoilt)], "it")


def test_handovers_follow_each_other(target: Path) -> None:
    first, second = stated(target, OLD, NEW, OLD, NEW), stated(target, NEW, NEXT, NEW, NEXT)
    assert verify.keys_of([first, second], "it").every == (OLD.verifier, NEW.verifier, NEXT.verifier)
    for texts in ([second, first], [first, first], [first, stated(target, OLD, NEXT, OLD, NEXT)]):
        with pytest.raises(Wrong, match=NO_LIST):
            verify.keys_of(texts, "it")
