"""A log grows: one leaf a release, tiles first, the checkpoint last.

Always holds: no two checkpoints are signed of which one is not the beginning of the other. What an interrupted append
has written is finished by the next one before it adds anything, because its checkpoint may have been read by somebody
before the power failed; Ed25519 signs the same text the same way. Nothing is signed over a log that is not what its own
checkpoint says.

A key is replaced by one that it signs for: while both are given, the last of them is the log's, and the others sign
beside it for readers who know them alone. `handovers` is written before the new key signs anything, `vkey` after that.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.log import durable
from builder.log.keys import SigningKey
from builder.log.verify import (
    FORMER,
    HANDOVERS,
    LOG,
    NEXT,
    WIDTH,
    Checkpoint,
    Folder,
    Keys,
    Leaf,
    Missing,
    Verifier,
    Wrong,
    canonical,
    handovers,
    keys_of,
    leaf_hash,
    leaves,
    log_of,
    root,
    spans,
    tile,
    tiled,
    tiles,
    unpacked,
    verifier,
)

__all__ = ["append", "last"]

CHECKPOINT, VKEY = "checkpoint", "vkey"
LENGTH_BYTES = 2


def append(folder: Path, leaf: Leaf, *keys: SigningKey) -> Checkpoint:
    """Add a leaf to the log in `folder`, which may be new, and return the checkpoint. Raises BuilderError, ToolError.

    A release that is the last one already is not added again: an append may be repeated. `previous` is "" or the id of
    a release in the log; the first leaf may name one from before there was a log. The last of `keys` is the log's from
    now on: where it was another of them until now, that one signs for it.
    """
    if not keys or any(key.kind != LOG for key in keys):
        raise ValueError([key.kind for key in keys])
    keys = tuple(dict.fromkeys(keys))
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with durable.alone(folder):
            durable.swept(folder)
            entries = finished(folder, keys)
            hand_over(folder, entries, keys)
            if not entries or is_other(entries[-1], leaf):
                entries = [*entries, leaf.entry()]
                fitting(entries, folder, leaf)
                write(folder, entries, *keys)
            elif stated(folder) != keys[-1].verifier:
                write(folder, entries, *keys)
            return owners(folder, keys).opened((folder / CHECKPOINT).read_bytes(), str(folder / CHECKPOINT))[0]


def last(folder: Path, *keys: SigningKey) -> Leaf | None:
    """Return the last leaf of a log, None where there is none yet. An interrupted append is finished before.

    Raises BuilderError, ToolError.
    """
    with told(folder):
        if not folder.is_dir():
            return None
        with durable.alone(folder):
            durable.swept(folder)
            found = list(leaves(finished(folder, keys)))
    return found[-1] if found else None


def is_other(entry: bytes, leaf: Leaf) -> bool:
    """Return whether an entry is about another release than `leaf`."""
    found = Leaf(**json.loads(entry))
    return (found.id, found.manifest) != (leaf.id, leaf.manifest)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what is wrong with a log, and a disk that fails, into errors that say what to do."""
    try:
        yield
    except Wrong as wrong:
        raise BuilderError(
            mark("the log in {folder} is not what was signed ({reason})"),
            mark("nothing was signed; put the log back as it was published last, tiles and checkpoint, and try again"),
            folder=folder, reason=str(wrong),
        ) from wrong  # fmt: skip
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"),
            mark("the log is as it was, or is finished by the next attempt; free the disk and try again"),
            path=error.filename or folder, error=error.strerror or error,
        ) from error  # fmt: skip


def stated(folder: Path) -> Verifier | None:
    """Return the key that a log calls its own, None where it has none yet. Raises Wrong."""
    return verifier((folder / VKEY).read_text("utf-8", "replace")) if (folder / VKEY).is_file() else None


def owners(folder: Path, keys: Sequence[SigningKey]) -> Keys:
    """Return the keys of a log up to now, of a new one the first of `keys`. Raises BuilderError when it has others."""
    given = [key.verifier for key in keys]
    notes = handovers(Folder(folder))
    found = keys_of(notes, HANDOVERS) if notes else Keys((stated(folder) or given[0],))
    owner = found.every[-1]
    if owner not in given:
        raise BuilderError(
            mark("the log in {folder} belongs to another key: {found}"),
            mark(
                "name that key’s file with --log-key; to replace that key, name the new one’s after it, with a second "
                "--log-key; where it is lost, begin a new log under a new name"
            ),
            folder=folder, found=owner,
        )  # fmt: skip
    if strange := [key for key in given[:-1] if key not in found.every]:
        raise BuilderError(
            mark("the key {found} has never signed the log in {folder}"),
            mark("name the keys from the oldest to the newest, each with --log-key; the last is the one from now on"),
            folder=folder, found=strange[0],
        )  # fmt: skip
    if given[-1] in found.every[:-1]:
        raise BuilderError(
            mark("the key {found} was replaced in the log in {folder} and cannot come back"),
            mark("name the newest key last; to replace that one, make another with `mingge key signing FILE`"),
            folder=folder, found=given[-1],
        )  # fmt: skip
    if given[-1].name != owner.name:
        raise BuilderError(
            mark("the log in {folder} is called {found}, and the new key {name}"),
            mark("make one of the same name: `mingge key signing FILE --origin {found}`"),
            folder=folder, found=owner.name, name=given[-1].name,
        )  # fmt: skip
    return found


def finished(folder: Path, keys: Sequence[SigningKey]) -> list[bytes]:
    """Return the entries of a log, checked; appends that were interrupted before their checkpoint are finished before.

    They are signed with the keys that were the log's then: no other one is named by it yet.
    """
    known = owners(folder, keys)
    signers = [key for owner in known.every for key in keys if key.verifier == owner]
    entries: list[bytes] = []
    if (folder / CHECKPOINT).is_file():
        entries = [leaf.entry() for leaf in log_of(Folder(folder), known).leaves]
    while (more := begun(folder, entries)) is not None:
        entries = more
        write(folder, entries, *signers)
    return entries


def hand_over(folder: Path, entries: Sequence[bytes], keys: Sequence[SigningKey]) -> None:
    """Let the key that was the log's until now sign for the last of `keys`, unless that is the one."""
    owner, key = owners(folder, keys).every[-1], keys[-1]
    if owner == key.verifier:
        return
    former = next(one for one in keys if one.verifier == owner)
    body = f"{size_and_root(key.name, entries)}{FORMER}{owner}\n{NEXT}{key.verifier}\n"
    notes = [*handovers(Folder(folder)), former.signed(body) + key.signature(body)]
    durable.put(folder, HANDOVERS, listed(notes))


def listed(notes: Sequence[str]) -> bytes:
    """Return the file of handovers."""
    return canonical({"mingge": "handovers", "format": 1, "notes": notes})


def begun(folder: Path, entries: Sequence[bytes]) -> list[bytes] | None:
    """Return the entries with the one that an interrupted append has written; None when there is none."""
    number, width = divmod(len(entries), WIDTH)
    try:
        bundle = tiled(Folder(folder), "entries", number, width + 1)
    except Missing:
        return None
    found = [*entries[: number * WIDTH], *unpacked(bundle, width + 1, tile("entries", number, width + 1))]
    if found[:-1] != list(entries):
        raise Wrong("{path} does not belong to the tree that was signed", path=tile("entries", number, width + 1))
    list(leaves(found))
    return found


def fitting(entries: Sequence[bytes], folder: Path, leaf: Leaf) -> None:
    """Raise BuilderError when a new leaf does not belong at the end of a log."""
    try:
        list(leaves(entries))
    except Wrong as wrong:
        raise BuilderError(
            mark("the log in {folder} knows no release {previous} that {id} could take over from"),
            mark("publish into the folder that the log belongs to; nothing was signed"),
            folder=folder, previous=leaf.previous, id=leaf.id,
        ) from wrong  # fmt: skip


def write(folder: Path, entries: Sequence[bytes], *keys: SigningKey) -> None:
    """Write what a log of these entries does not have yet: bundles, tiles, the checkpoint, and last of all the key.

    All of `keys` sign; the last one is the log's.
    """
    if not (folder / HANDOVERS).is_file():  # readers ask for it, and some hosts answer oddly where there is nothing
        durable.put(folder, HANDOVERS, listed(()))
    for number, width in spans(len(entries)):
        mine = entries[number * WIDTH : number * WIDTH + width]
        bundle = b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in mine)
        put(folder, tile("entries", number, width), bundle)
    for level, place, size, content in tiles([leaf_hash(entry) for entry in entries]):
        put(folder, tile(level, place, size), content)
    body, key = size_and_root(keys[-1].name, entries), keys[-1]
    note = key.signed(body) + "".join(other.signature(body) for other in keys[:-1])
    durable.put(folder, CHECKPOINT, note.encode())
    durable.put(folder, VKEY, f"{key.verifier}\n".encode())
    for partial in sorted((folder / "tile").rglob("*.p")):
        if partial.with_suffix("").is_file():  # the full tile begins with all that the partial ones say
            shutil.rmtree(partial)


def size_and_root(origin: str, entries: Sequence[bytes]) -> str:
    """Return the body of a checkpoint."""
    top = base64.b64encode(root([leaf_hash(entry) for entry in entries])).decode()
    return f"{origin}\n{len(entries)}\n{top}\n"


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file that never changes. Raises Wrong when it is there and says something else."""
    if not (folder / path).is_file():
        durable.put(folder, path, content)
    elif (folder / path).read_bytes() != content:
        raise Wrong("{path} does not belong to the tree that was signed", path=path)
