"""A log grows: one leaf a release, tiles first, the checkpoint last.

Always holds: no two checkpoints are signed of which one is not the beginning of the other. What an interrupted append
has written is finished by the next one before it adds anything, because its checkpoint may have been read by somebody
before the power failed; Ed25519 signs the same text the same way. Nothing is signed over a log that is not what its own
checkpoint says.
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
    LOG,
    WIDTH,
    Checkpoint,
    Folder,
    Leaf,
    Missing,
    Wrong,
    leaf_hash,
    leaves,
    log_of,
    opened,
    root,
    spans,
    tile,
    tiled,
    tiles,
    unpacked,
)

__all__ = ["append", "last"]

CHECKPOINT, VKEY = "checkpoint", "vkey"
LENGTH_BYTES = 2


def append(folder: Path, leaf: Leaf, key: SigningKey) -> Checkpoint:
    """Add a leaf to the log in `folder`, which may be new, and return the checkpoint. Raises BuilderError, ToolError.

    A release that is the last one already is not added again: an append may be repeated. `previous` is "" or the id of
    a release in the log; the first leaf may name one from before there was a log.
    """
    if key.kind != LOG:
        raise ValueError(key.kind)
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with durable.alone(folder):
            durable.swept(folder)
            entries = finished(folder, key)
            if not entries or is_other(entries[-1], leaf):
                entries = [*entries, leaf.entry()]
                fitting(entries, folder, leaf)
                write(folder, entries, key)
            return opened((folder / CHECKPOINT).read_bytes(), key.verifier, str(folder / CHECKPOINT))


def last(folder: Path, key: SigningKey) -> Leaf | None:
    """Return the last leaf of a log, None where there is none yet. An interrupted append is finished before.

    Raises BuilderError, ToolError.
    """
    with told(folder):
        if not folder.is_dir():
            return None
        with durable.alone(folder):
            durable.swept(folder)
            found = list(leaves(finished(folder, key)))
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


def signed(folder: Path, key: SigningKey) -> list[bytes]:
    """Return the entries that the checkpoint signs, checked against it; none where there is no checkpoint."""
    own, theirs = f"{key.verifier}\n".encode(), folder / VKEY
    if theirs.is_file() and theirs.read_bytes() != own:
        raise BuilderError(
            mark("the log in {folder} belongs to another key: {found}"),
            mark("name that key’s file with --log-key; where it is lost, begin a new log under a new name"),
            folder=folder, found=theirs.read_text("utf-8", "replace").strip(),
        )  # fmt: skip
    if not (folder / CHECKPOINT).is_file():
        return []
    return [leaf.entry() for leaf in log_of(Folder(folder), key.verifier).leaves]


def finished(folder: Path, key: SigningKey) -> list[bytes]:
    """Return the entries of a log; appends that were interrupted before their checkpoint are finished before."""
    entries = signed(folder, key)
    while (more := begun(folder, entries)) is not None:
        entries = more
        write(folder, entries, key)
    return entries


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


def write(folder: Path, entries: Sequence[bytes], key: SigningKey) -> None:
    """Write what a log of these entries does not have yet: bundles, tiles, the key, and last of all the checkpoint."""
    for number, width in spans(len(entries)):
        mine = entries[number * WIDTH : number * WIDTH + width]
        bundle = b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in mine)
        put(folder, tile("entries", number, width), bundle)
    hashes = [leaf_hash(entry) for entry in entries]
    for level, place, size, content in tiles(hashes):
        put(folder, tile(level, place, size), content)
    put(folder, VKEY, f"{key.verifier}\n".encode())
    body = f"{key.name}\n{len(entries)}\n{base64.b64encode(root(hashes)).decode()}\n"
    durable.put(folder, CHECKPOINT, key.signed(body).encode())
    for partial in sorted((folder / "tile").rglob("*.p")):
        if partial.with_suffix("").is_file():  # the full tile begins with all that the partial ones say
            shutil.rmtree(partial)


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file that never changes. Raises Wrong when it is there and says something else."""
    if not (folder / path).is_file():
        durable.put(folder, path, content)
    elif (folder / path).read_bytes() != content:
        raise Wrong("{path} does not belong to the tree that was signed", path=path)
