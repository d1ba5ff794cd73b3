"""A witness: an outside party who remembers what a log said, and signs that it has only grown since."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from builder.log import durable
from builder.log.keys import SigningKey
from builder.log.verify import Checkpoint, Known, Told, grown, log_of, places, trusted

__all__ = ["Seen", "witness"]

KNOWN, CHECKPOINT = "known.json", "checkpoint"


class Seen(NamedTuple):
    """What a witness saw: the checkpoint, how many there were before, and its text with the witness's signature."""

    checkpoint: Checkpoint
    earlier: int
    note: str


def witness(site: str, state: Path, vkey: str, signing: tuple[SigningKey, int] | None, told: Told) -> Seen:
    """Look at the log of a site, remember it in `state`, and return it; cosigned when a key and the time are given.

    Nothing is remembered and nothing signed of a log that is not the continuation of all that was seen of it; then
    verify.Wrong is raised. Raises OSError when `state` cannot be written.
    """
    state.mkdir(parents=True, exist_ok=True)
    with durable.alone(state):
        durable.swept(state)
        known = Known.read(state / KNOWN)
        where = places(site)[1]
        keys = trusted(where, vkey, known, told)
        log = log_of(where, keys)
        for note in known.notes:
            grown(log, keys.opened(note.encode(), str(known.path))[0], str(known.path))
        # remembered before it is signed: whoever has the signature may count on it
        known.add(log, keys)
        durable.settle(state)
        note = signing[0].cosigned(log.checkpoint, signing[1]) if signing else log.checkpoint.note
        durable.put(state, CHECKPOINT, note.encode())
    return Seen(log.checkpoint, len(known.notes), note)
