"""Signed texts: those of others are read, ours are read by others, and what is not quite one is refused."""

from __future__ import annotations

import base64

import pytest
import rfc8785

from builder.log import LOG, WITNESS, Leaf, SigningKey, Wrong, verify
from tests.log import made

# the key and the note of the documentation of Go's golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_OWN = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
QUOTED = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)

BODY = f"{made.ORIGIN}\n7\n{base64.b64encode(bytes(32)).decode()}\n"
NOTE = made.KEY.signed(BODY)


def test_a_note_is_signed_as_go_signs_it() -> None:
    key = SigningKey("PeterNeumann", LOG, base64.b64decode(PETERS_OWN)[1:])

    assert str(key.verifier) == PETER
    assert key.signed(QUOTED) == f"{QUOTED}\n\u2014 PeterNeumann {SIGNATURE}\n"
    assert str(verify.verifier(PETER)) == PETER


def test_a_checkpoint_is_read_back_as_it_was_signed() -> None:
    found = verify.opened(NOTE.encode(), made.KEY.verifier, "it")
    assert (found.origin, found.size, found.root, found.body, found.note) == (made.ORIGIN, 7, bytes(32), BODY, NOTE)


def test_signatures_of_others_are_passed_over() -> None:
    other = SigningKey("other.example", LOG, bytes(32))
    namesake = SigningKey(made.ORIGIN, LOG, bytes(32))
    lines = [key.signed(BODY).rpartition("\n\n")[2] for key in (other, namesake)]
    assert verify.opened(f"{BODY}\n{''.join(lines)}{NOTE.rpartition(chr(10) * 2)[2]}".encode(), made.KEY.verifier, "it")


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (NOTE.replace("\n7\n", "\n8\n"), "has a false signature"),
        (NOTE.replace("\n7\n", "\n07\n"), "is no signed note"),
        (NOTE.replace("\n7\n", "\n-7\n"), "is no signed note"),
        (NOTE.replace("\n7\n", "\n7\n\n"), "is no signed note"),
        (NOTE.replace(made.ORIGIN, "other.example/log"), "is of another log"),
        (NOTE.replace("\u2014", "-"), "is not signed by"),
        (NOTE.replace("AAAA", "AA=A"), "is no signed note"),
        (NOTE.replace("\n", "\r\n"), "is no signed note"),
        (BODY, "is no signed note"),
        ("", "is no signed note"),
        (SigningKey(made.ORIGIN, LOG, bytes(32)).signed(BODY), "is not signed by"),
    ],
)
def test_what_is_not_quite_a_signed_checkpoint_is_refused(note: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        verify.opened(note.encode(), made.KEY.verifier, "it")


def test_bytes_that_are_no_text_are_no_note() -> None:
    with pytest.raises(Wrong, match="is no signed note"):
        verify.opened(b"\xff" + NOTE.encode(), made.KEY.verifier, "it")


def test_a_cosignature_says_when_and_the_log_s_signature_stays() -> None:
    seen = verify.opened(NOTE.encode(), made.KEY.verifier, "it")
    both = verify.opened(made.WITNESSING.cosigned(seen, 1_679_315_147).encode(), made.KEY.verifier, "it")

    assert verify.signed(both, made.WITNESSING.verifier, "it") == 1_679_315_147
    assert verify.signed(seen, made.WITNESSING.verifier, "it") is None
    assert both.body == seen.body


def test_the_same_secret_is_another_key_where_its_purpose_is_another() -> None:
    log, witness = (SigningKey("one.example", kind, bytes(32)) for kind in (LOG, WITNESS))
    assert log.verifier.number != witness.verifier.number
    seen = verify.opened(NOTE.encode(), made.KEY.verifier, "it")
    with pytest.raises(ValueError, match="1"):
        log.cosigned(seen, 1)
    with pytest.raises(ValueError, match="4"):
        witness.signed(BODY)


@pytest.mark.parametrize("text", ["", "x", "a+b+c", PETER[:-4], PETER.replace("c74f20a3", "c74f20a4"), f"+{PETER}"])
def test_what_is_not_quite_a_key_is_refused(text: str) -> None:
    with pytest.raises(Wrong, match="is no key"):
        verify.verifier(text)


def test_an_entry_is_canonical_json() -> None:
    leaf = Leaf("ab" * 32, "2026-10-31-abababababab", '"\u2028\\\n\x7f\x1f村😀')
    assert leaf.entry() == rfc8785.dumps({"id": leaf.id, "manifest": leaf.manifest, "previous": leaf.previous})


def test_a_secret_is_in_no_representation() -> None:
    assert "seed" not in repr(made.KEY)
