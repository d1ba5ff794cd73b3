"""Checks a site that Mingge published: its files against its release, its release against its public log.

    python3 verify.py https://example.com/ --known known.json

Needs Python 3.11 and `cryptography`, and nothing of Mingge: this one file is all there is to read, and `mingge verify`
runs it as it is. The log is C2SP's: tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature (c2sp.org); its tree is
that of RFC 6962, section 2.1.

Exit codes: 0 all is as it should be · 1 something is not · 2 it could not be looked at.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import gzip
import hashlib
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = [
    "HANDOVERS", "LOG", "SAID", "WIDTH", "WITNESS", "Asked", "Checkpoint", "Folder", "Keys", "Known", "Leaf", "Log",
    "Missing", "Place", "Told", "Unreachable", "Verifier", "Web", "Wrong", "canonical", "grown", "handovers",
    "keys_of", "leaf_hash", "leaves", "log_of", "main", "opened", "places", "read", "root", "run", "spans", "tile",
    "tiled", "tiles", "trusted", "unpacked", "verifier",
]  # fmt: skip

T = TypeVar("T")

LOG, WITNESS = 1, 4  # signature types of signed-note: Ed25519, and cosignature/v1
WIDTH = 256  # hashes in a full tile
NOTE_BYTES, RELEASE_BYTES, BLOCK = 1 << 16, 1 << 29, 1 << 17
SHOWN = 20  # files named one by one
HANDS = 8  # files fetched at once
WAIT = 30  # seconds for an answer
LAST_SECOND = 253_402_300_799  # of the year 9999, the last that has a name
OWN = ("release.json", ".mingge-site")  # files of a release that it does not state
HANDOVERS = "handovers"  # of the log: how its keys followed each other
FORMER, NEXT = "former-key ", "next-key "  # how the two lines of a handover begin
COPIES = (".gz", ".zst")  # copies of a file, for servers that send them as they are
EARLIER = re.compile(r"assets/[0-9a-f]{12}/")  # what pages of the release before may still load

SAID = {  # what is said → the same in Chinese
    "ok": "通过",
    "WRONG": "不符",
    "note": "说明",
    "the checkpoint of {origin} ({size} entries) is signed by {key}":
        "检查点 {origin}（{size} 条记录）的签名有效，公钥 {key}",
    "all {size} entries and tiles give the root that was signed":
        "用全部 {size} 条记录重新计算，得到的树根与签名的一致",
    "the log has grown from each of {count} older checkpoints": "与 {count} 个旧检查点比对：日志只增加，没有改写",
    "{path}: the log has grown from it": "{path}：日志是由它增加而来的",
    "{path} ({size} entries): cosigned by {name} at {time}": "{path}（{size} 条记录）：见证人 {name} 于 {time} 会签",
    "no checkpoint is cosigned by {name}": "没有见证人 {name} 会签的检查点",
    "{count} files are looked at": "正在逐个核对 {count} 个文件",
    "release {id} is entry {number} of {size}": "本次发布 {id} 是日志 {size} 条中的第 {number} 条",
    "{count} files ({bytes} bytes) have the size and SHA-256 that the release states":
        "{count} 个文件（{bytes} 字节）的大小和 SHA-256 都与发布清单一致",
    "the key was taken from the site itself; compare it with one that you got in another way":
        "公钥取自网站本身，请与从别处得到的公钥核对",
    "files that the release does not state can be seen in its folder alone, not from here":
        "从网上看不出有没有清单以外的文件，要到发布文件夹里查",
    "nothing is known of earlier days: name a file to remember them in with --known":
        "没有以前的检查点可比。请加 --known 文件名，以后每次都会记住并比对",
    "{count} checkpoints are remembered in {path}": "{path} 里已记住 {count} 个检查点",
    "this does not prove that the data are true": "核验通过不等于数据真实",
    "cannot be reached: {path} ({error})": "打不开 {path}（{error}）",
    "is neither a folder nor an address: {path}": "{path} 既不是文件夹，也不是网址",
    "is missing: {path}": "缺少 {path}",
    "is not stated by the release: {path}": "清单里没有 {path}",
    "has {found} bytes instead of {stated}: {path}": "{path} 是 {found} 字节，应为 {stated} 字节",
    "has another SHA-256 than stated: {path}": "{path} 的 SHA-256 与清单不符",
    "{count} copies (.gz, .zst) hold what the files beside them hold": "{count} 个压缩副本（.gz、.zst）与原文件一致",
    "is no copy of the file beside it: {path}": "{path} 与它旁边的原文件不一致",
    "{count} copies (.zst) were not looked into: install zstandard": "{count} 个 .zst 副本没有核对：请先安装 zstandard",
    "{count} files below assets/ are none of this release and were not looked at":
        "assets/ 下有 {count} 个文件不属于本次发布，没有核对",
    "{count} more files are wrong": "另有 {count} 个文件不符",
    "is no release of this format: {path}": "{path} 不是这种格式的发布清单",
    "is no key: {key}": "{key} 不是公钥",
    "is no signed note: {path}": "{path} 不是签名文本",
    "{path} is not signed by {name}": "{path} 没有 {name} 的签名",
    "{path} has a false signature of {name}": "{path} 上 {name} 的签名是假的",
    "{path} is of another log: {found} instead of {stated}": "{path} 属于另一个日志：{found}，应为 {stated}",
    "the key has changed: {found} instead of {stated}, which has not signed for it; compare it with the key that was "
    "published elsewhere, such as on paper; if it is that one, begin anew with --vkey and another file for --known":
        "公钥变了：现在是 {found}，原来是 {stated}，而且原公钥没有签名确认更换。请与纸质公告等别处公布的公钥核对；"
        "核对一致的，用 --vkey 写上新公钥、--known 换一个新文件，重新开始",
    "the key {former} has signed that {key} takes its place": "公钥已更换：原公钥 {former} 签名确认由 {key} 接替",
    "is no list of replaced keys: {path}": "{path} 不是公钥更换记录",
    "{path} does not begin with the replaced keys that are known; keep both, they are the proof":
        "{path} 与以前记住的公钥更换记录对不上。请保存两份记录，它们就是证据",
    "{path} was signed with the key {key} after that one had been replaced":
        "{path} 是用已经更换掉的公钥 {key} 签名的",
    "{path} does not belong to the tree that was signed": "{path} 与签名的树不符",
    "entry {number} of the log is not what it should be": "日志第 {number} 条不合规定",
    "the release {id} is not in the log": "日志里没有本次发布 {id}",
    "release {id} is shown, but the last entry of the log is {last}: a release is under way, or an old one is shown":
        "网站显示的是 {id}，日志最后一条却是 {last}：要么正在发布，要么给你看的是旧内容",
    "the log has {size} entries, but {older} when {path} was signed: some were dropped, or an old log is shown":
        "日志现有 {size} 条，{path} 签名时已有 {older} 条：有记录被删掉，或者给你看的是旧日志",
    "history was rewritten since {path}: its {older} entries are not the log’s first; keep both, they are the proof":
        "历史被改写：{path} 的 {older} 条记录不是现在日志的开头。请保存两份检查点，它们就是证据",
    "is not a file of known checkpoints: {path}": "{path} 不是记住检查点的文件",
}  # fmt: skip


class Wrong(Exception):  # noqa: N818 - it is what was found, not an error of the program
    """Something is not what it should be. `text` is a sentence of SAID."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values))
        self.text, self.values = text, values


class Missing(Wrong):
    """A file is not there."""


class Unreachable(Wrong):
    """Something could not be looked at."""


# ── the tree: RFC 6962, section 2.1 ──────────────────────────────────────────────────────────────


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash over the hashes of leaves."""
    row = list(hashes) or [hashlib.sha256(b"").digest()]
    while len(row) > 1:
        above = [hashlib.sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row) - 1, 2)]
        row = above + row[len(above) * 2 :]
    return row[0]


def tile(kind: int | str, number: int, width: int) -> str:
    """Return the path of a tile: `kind` is its level or "entries". See tlog-tiles."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    return f"tile/{kind}/{'/'.join(parts)}" + (f".p/{width}" if width < WIDTH else "")


def spans(size: int) -> Iterator[tuple[int, int]]:
    """Yield number and width of the tiles that hold `size` hashes."""
    yield from ((number, min(WIDTH, size - number * WIDTH)) for number in range(-(-size // WIDTH)))


def tiles(hashes: Sequence[bytes]) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield level, number, width and content of every tile of the tree over `hashes`."""
    level, row = 0, list(hashes)
    while row:
        for number, width in spans(len(row)):
            yield level, number, width, b"".join(row[number * WIDTH : number * WIDTH + width])
        level, row = level + 1, [root(row[i : i + WIDTH]) for i in range(0, len(row) - WIDTH + 1, WIDTH)]


# ── signatures: signed-note, tlog-checkpoint, tlog-cosignature ───────────────────────────────────


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name: `kind` is LOG or WITNESS."""

    name: str
    kind: int
    public: bytes

    @property
    def number(self) -> bytes:
        """Return the id of the key, four bytes."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.number.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"


def verifier(text: str) -> Verifier:
    """Return the key that a vkey is. Raises Wrong."""
    try:
        name, number, coded = text.strip().split("+", 2)
        key = base64.b64decode(coded, validate=True)
        found = Verifier(name, key[0], key[1:])
        is_right = name and len(found.public) == 32 and found.kind in (LOG, WITNESS) and found.number.hex() == number
    except (ValueError, IndexError):
        is_right = False
    if not is_right:
        raise Wrong("is no key: {key}", key=text.strip()[:200])
    return found


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log signed: its first `size` entries have this `root`. `note`: the whole text, with signatures."""

    origin: str
    size: int
    root: bytes
    note: str

    @property
    def body(self) -> str:
        """Return what was signed."""
        return self.note.rpartition("\n\n")[0] + "\n"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a log in the order in which they followed each other; `steps[i]` hands over from `every[i]`."""

    every: tuple[Verifier, ...]
    steps: tuple[Checkpoint, ...] = ()

    def opened(self, note: bytes, path: str) -> tuple[Checkpoint, Verifier]:
        """Return a checkpoint and the last of the keys that has signed it. Raises Wrong. `path`: where it was found.

        A key that was replaced has signed nothing beyond the checkpoint with which it handed over.
        """
        found, name = parsed(note, path), self.every[-1].name
        if found.origin != name:
            raise Wrong("{path} is of another log: {found} instead of {stated}", path=path, found=found.origin,
                        stated=name)  # fmt: skip
        signers = [at for at, key in enumerate(self.every) if signed(found, key, path) is not None]
        if not signers:
            raise Wrong("{path} is not signed by {name}", path=path, name=name)
        last = signers[-1]
        if last < len(self.steps) and found.size > self.steps[last].size:
            text = "{path} was signed with the key {key} after that one had been replaced"
            raise Wrong(text, path=path, key=self.every[last])
        return found, self.every[last]


def opened(note: bytes, key: Verifier, path: str) -> Checkpoint:
    """Return a checkpoint that `key`, a log's, has signed. Raises Wrong. `path`: where it was found."""
    return Keys((key,)).opened(note, path)[0]


def keys_of(notes: Iterable[str], path: str) -> Keys:
    """Return the keys that handovers tell of, the first of which is the oldest. Raises Wrong.

    A handover is a checkpoint with two more lines, the key that was in use and the next one, and signed by both: that
    somebody added a signature to a checkpoint says nothing, because no signature covers another.
    """
    every: list[Verifier] = []
    steps: list[Checkpoint] = []
    for note in notes:
        step = parsed(note.encode(), path)
        lines = step.body.split("\n")[3:-1]
        if len(lines) != len((FORMER, NEXT)) or not lines[0].startswith(FORMER) or not lines[1].startswith(NEXT):
            raise Wrong("is no list of replaced keys: {path}", path=path)
        former, key = verifier(lines[0].removeprefix(FORMER)), verifier(lines[1].removeprefix(NEXT))
        every = every or [former]
        if former != every[-1] or key in every:  # a key that was replaced does not come back
            raise Wrong("is no list of replaced keys: {path}", path=path)
        for signer in (former, key):
            if (signer.name, signer.kind) != (step.origin, LOG) or signed(step, signer, path) is None:
                raise Wrong("{path} is not signed by {name}", path=path, name=signer)
        every.append(key)
        steps.append(step)
    return Keys(tuple(every), tuple(steps))


def parsed(note: bytes, path: str) -> Checkpoint:
    """Return a checkpoint of which no signature has been looked at. Raises Wrong."""
    try:
        text = note.decode()
        body, gap, signatures = text.rpartition("\n\n")
        origin, size, tree, *rest = body.split("\n")
        found = Checkpoint(origin, int(size), base64.b64decode(tree, validate=True), text)
        is_right = gap and signatures and origin and str(found.size) == size and found.size >= 0 and all(rest) and (
            len(found.root) == 32 and min(text.replace("\n", " ")) >= " "
        )  # fmt: skip
    except ValueError:
        is_right = False
    if not is_right:
        raise Wrong("is no signed note: {path}", path=path)
    return found


def signed(found: Checkpoint, key: Verifier, path: str) -> int | None:
    """Return when a witness signed (seconds since 1970; 0 for a log), None when `key` has not. Raises Wrong."""
    for line in found.note.rpartition("\n\n")[2].splitlines():
        dash, _, rest = line.partition(" ")
        name, _, coded = rest.partition(" ")
        try:
            signature = base64.b64decode(coded, validate=True)
        except binascii.Error:
            raise Wrong("is no signed note: {path}", path=path) from None
        if dash != "\u2014" or name != key.name or signature[:4] != key.number:
            continue
        signature, time, message = signature[4:], 0, found.body.encode()
        if key.kind == WITNESS:
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {time}\n".encode() + message
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        except InvalidSignature:
            raise Wrong("{path} has a false signature of {name}", path=path, name=key.name) from None
        return time
    return None


# ── where files come from ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Folder:
    """Files in a folder."""

    root: Path

    def open(self, path: str) -> IO[bytes]:
        """Return a file, to be read. Raises Missing and Unreachable."""
        try:
            return (self.root / path).open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise Missing("is missing: {path}", path=self.root / path) from None
        except OSError as error:
            raise Unreachable("cannot be reached: {path} ({error})", path=self.root / path, error=error) from None

    def names(self) -> Iterator[str]:
        """Yield the path of every file and of every link to a folder, but of what is not the release's."""
        for place, folders, files in os.walk(self.root):
            below = Path(place).relative_to(self.root)
            folders[:] = [name for name in folders if (below / name).as_posix() != "log"]
            links = [name for name in folders if Path(place, name).is_symlink()]
            yield from ((below / name).as_posix() for name in (*files, *links))


@dataclass(frozen=True)
class Web:
    """Files below an address, which ends in a slash."""

    root: str

    def open(self, path: str) -> IO[bytes]:
        """Return a file, to be read. Raises Missing and Unreachable."""
        address = self.root + quote(path)
        request = Request(address, headers={"Accept-Encoding": "identity", "Cache-Control": "no-cache"})  # noqa: S310
        try:
            return urlopen(request, timeout=WAIT)  # type: ignore[no-any-return]  # noqa: S310 - http(s): see `place`
        except HTTPError as error:
            error.close()
            if error.code in (404, 410):
                raise Missing("is missing: {path}", path=address) from None
            raise Unreachable("cannot be reached: {path} ({error})", path=address, error=error) from None
        except (OSError, HTTPException) as error:
            raise Unreachable("cannot be reached: {path} ({error})", path=address, error=error) from None


Place = Folder | Web


def place(text: str) -> Place:
    """Return where an address or the path of a folder leads. Raises Unreachable."""
    if urlsplit(text).scheme in ("http", "https"):
        return Web(text if text.endswith("/") else f"{text}/")
    if not Path(text).is_dir():
        raise Unreachable("is neither a folder nor an address: {path}", path=text)
    return Folder(Path(text))


def fetched(where: Place, path: str, limit: int) -> bytes:
    """Return a file of at most `limit` bytes. Raises Wrong."""
    found = b"".join(blocks(where, path, limit))
    if len(found) > limit:
        raise Wrong("has {found} bytes instead of {stated}: {path}", found=len(found), stated=limit, path=path)
    return found


def blocks(where: Place, path: str, limit: int) -> Iterator[bytes]:
    """Yield a file piece by piece, a little more than `limit` bytes at most. Raises Wrong."""
    with where.open(path) as file:
        got = 0
        while got <= limit:
            try:
                block = file.read(BLOCK)
            except (OSError, HTTPException) as error:
                raise Unreachable("cannot be reached: {path} ({error})", path=path, error=error) from None
            if not block:
                return
            got += len(block)
            yield block


# ── the log ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Leaf:
    """A release in the log: the SHA-256 of its release.json, its id, and that of the release it took over from."""

    manifest: str
    id: str
    previous: str

    def entry(self) -> bytes:
        """Return its bytes: canonical JSON (RFC 8785), which of three plain texts is what Python writes."""
        return canonical({"id": self.id, "manifest": self.manifest, "previous": self.previous})


@dataclass(frozen=True, slots=True)
class Log:
    """A log whose signature and tree have been checked. `key`: the newest of its keys that has signed."""

    checkpoint: Checkpoint
    key: Verifier
    hashes: Sequence[bytes]
    leaves: Sequence[Leaf]


def canonical(value: object) -> bytes:
    """Return canonical JSON; it is that of RFC 8785 as long as there are no fractions and keys are ordinary."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def log_of(where: Place, keys: Keys) -> Log:
    """Read a whole log and compute it anew. Raises Wrong."""
    checkpoint, key = keys.opened(fetched(where, "checkpoint", NOTE_BYTES), "log/checkpoint")
    entries: list[bytes] = []
    for number, width in spans(checkpoint.size):
        bundle = tiled(where, "entries", number, width)
        entries += unpacked(bundle, width, tile("entries", number, width))
    hashes = [leaf_hash(entry) for entry in entries]
    for level, number, width, content in tiles(hashes):
        if tiled(where, level, number, width)[: width * 32] != content:
            raise Wrong("{path} does not belong to the tree that was signed", path=tile(level, number, width))
    if root(hashes) != checkpoint.root:
        raise Wrong("{path} does not belong to the tree that was signed", path="log/checkpoint")
    log = Log(checkpoint, key, hashes, tuple(leaves(entries)))
    for step in keys.steps:
        grown(log, step, f"log/{HANDOVERS}")
    return log


def handovers(where: Place) -> tuple[str, ...]:
    """Return what a log says of how its keys followed each other, unchecked; older logs say nothing. Raises Wrong."""
    try:
        stated = json.loads(fetched(where, HANDOVERS, NOTE_BYTES))
        notes = listed(stated["notes"])
        is_right = (stated["mingge"], stated["format"]) == ("handovers", 1)
    except Missing:
        return ()
    except (ValueError, TypeError, KeyError):
        is_right = False
    if not is_right:
        raise Wrong("is no list of replaced keys: {path}", path=f"log/{HANDOVERS}")
    return notes


def listed(texts: object) -> tuple[str, ...]:
    """Return a list of texts as it is. Raises TypeError for anything else."""
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TypeError(texts)
    return tuple(texts)


def tiled(where: Place, kind: int | str, number: int, width: int) -> bytes:
    """Return a tile; a partial one may have been replaced by the full one that begins with it. Raises Wrong."""
    limit = WIDTH * (1 << 16) if kind == "entries" else WIDTH * 32
    try:
        return fetched(where, tile(kind, number, width), limit)
    except Missing:
        if width == WIDTH:
            raise
        return fetched(where, tile(kind, number, WIDTH), limit)


def unpacked(bundle: bytes, count: int, path: str) -> Iterator[bytes]:
    """Yield the first `count` entries of a bundle: each is preceded by its length, two bytes. Raises Wrong."""
    at = 0
    for _ in range(count):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 > len(bundle) or end > len(bundle):
            raise Wrong("{path} does not belong to the tree that was signed", path=path)
        yield bundle[at + 2 : end]
        at = end


def leaves(entries: Iterable[bytes]) -> Iterator[Leaf]:
    """Yield what entries say. Raises Wrong when one is no leaf, or names a predecessor that no earlier one is."""
    earlier: set[str] = set()
    for number, entry in enumerate(entries, 1):
        try:
            leaf = Leaf(**json.loads(entry))
            is_right = leaf.entry() == entry and leaf.id.endswith(f"-{leaf.manifest[:12]}") and (
                len(bytes.fromhex(leaf.manifest)) == 32 and isinstance(leaf.previous, str)
            )  # fmt: skip
        except (ValueError, TypeError, AttributeError):
            is_right = False
        if not is_right or (earlier and leaf.previous and leaf.previous not in earlier):
            raise Wrong("entry {number} of the log is not what it should be", number=number)
        earlier.add(leaf.id)
        yield leaf


def grown(log: Log, older: Checkpoint, path: str) -> None:
    """Raise Wrong unless the log begins with what it was when `older` was signed."""
    if older.size > log.checkpoint.size:
        raise Wrong(
            "the log has {size} entries, but {older} when {path} was signed: some were dropped, or an old log is shown",
            size=log.checkpoint.size, older=older.size, path=path,
        )  # fmt: skip
    if root(log.hashes[: older.size]) != older.root:
        raise Wrong(
            "history was rewritten since {path}: its {older} entries are not the log’s first; "
            "keep both, they are the proof",
            path=path, older=older.size,
        )  # fmt: skip


# ── the release ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Release:
    """What a release states of itself. `files`: path → size in bytes, SHA-256 in hexadecimal."""

    id: str
    manifest: str
    files: dict[str, tuple[int, str]]


def release_of(where: Place) -> Release:
    """Return what release.json states. Raises Wrong."""
    text = fetched(where, "release.json", RELEASE_BYTES)
    try:
        stated = json.loads(text)
        files = {file["path"]: (int(file["size"]), str(file["sha256"])) for file in stated["files"]}
        kind, day = (stated["mingge"], stated["format"]), str(stated["as_of"])
        is_right = kind == ("release", 1) and canonical(stated) == text and len(files) == len(stated["files"])
    except (ValueError, TypeError, KeyError, RecursionError):
        is_right = False
    if not is_right or not all(map(plain, files)):
        raise Wrong("is no release of this format: {path}", path="release.json")
    manifest = hashlib.sha256(text).hexdigest()
    return Release(f"{day}-{manifest[:12]}", manifest, files)


def plain(path: object) -> bool:
    """Return whether a path stays below its folder."""
    return isinstance(path, str) and path not in ("", ".", *OWN) and not path.startswith(("/", "log/")) and (
        min(path) >= " " and "\\" not in path and path == PurePosixPath(path).as_posix() and ".." not in path.split("/")
    )  # fmt: skip


def differing(where: Place, files: dict[str, tuple[int, str]]) -> Iterator[Wrong]:
    """Yield what is wrong with the files that a release states, in the order of their paths."""
    with ThreadPoolExecutor(HANDS) as hands:
        yield from filter(None, hands.map(lambda item: different(where, item[0], *item[1]), sorted(files.items())))


def different(where: Place, path: str, size: int, sha256: str) -> Wrong | None:
    """Return what is wrong with a file, None when it is what the release states."""
    found, length = hashlib.sha256(), 0
    try:
        for block in blocks(where, path, size):
            found.update(block)
            length += len(block)
    except Wrong as wrong:
        return wrong
    if length != size:
        return Wrong("has {found} bytes instead of {stated}: {path}", found=length, stated=size, path=path)
    return None if found.hexdigest() == sha256 else Wrong("has another SHA-256 than stated: {path}", path=path)


def beside(where: Folder, files: dict[str, tuple[int, str]], told: Told) -> Iterator[Wrong]:
    """Yield what is wrong with files that the release does not state; say what else there is of them."""
    every = sorted(set(where.names()) - files.keys() - set(OWN))
    copies = [path for path in every if path.endswith(COPIES) and path.rpartition(".")[0] in files]
    earlier = [path for path in every if EARLIER.match(path) and path not in copies]
    yield from (Wrong("is not stated by the release: {path}", path=path)
                for path in every if path not in {*copies, *earlier})  # fmt: skip
    alike = {path: copied(where, path, *files[path.rpartition(".")[0]]) for path in copies}
    for path, is_alike in alike.items():
        if is_alike is False:
            yield Wrong("is no copy of the file beside it: {path}", path=path)
    for found, text in (
        (True, "{count} copies (.gz, .zst) hold what the files beside them hold"),
        (None, "{count} copies (.zst) were not looked into: install zstandard"),
    ):
        if count := list(alike.values()).count(found):
            told.tell("ok" if found else "note", text, count=count)
    if earlier:
        text = "{count} files below assets/ are none of this release and were not looked at"
        told.tell("note", text, count=len(earlier))


def copied(where: Folder, path: str, size: int, sha256: str) -> bool | None:
    """Return whether a compressed copy holds the file with this size and SHA-256; None: that cannot be seen here."""
    try:
        with where.open(path) as file:
            if path.endswith(".zst"):
                import zstandard  # only where it is installed: the standard library has none before Python 3.14

                content = zstandard.ZstdDecompressor().stream_reader(file).read(size + 1)
            else:
                content = gzip.GzipFile(fileobj=file).read(size + 1)
    except ImportError:
        return None
    except (OSError, EOFError, zlib.error, Wrong, ValueError):
        return False
    except Exception as error:  # zstandard.ZstdError has no other base, and may not be imported
        if type(error).__name__ != "ZstdError":
            raise
        return False
    return len(content) == size and hashlib.sha256(content).hexdigest() == sha256


# ── what is remembered ───────────────────────────────────────────────────────────────────────────


@dataclass
class Known:
    """The key of one log, the checkpoints that were seen of it, and how its keys followed each other.

    In a file; one that is absent knows nothing.
    """

    path: Path
    vkey: str = ""
    notes: tuple[str, ...] = ()
    handovers: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Known:
        """Return what a file knows. Raises Wrong and Unreachable."""
        try:
            found = json.loads(path.read_bytes())
            notes, handed = listed(found["checkpoints"]), listed(found.get("handovers", []))
            known = cls(path, str(found["vkey"]), notes, handed)
            is_right = (found["mingge"], found["format"]) == ("known", 1)
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            raise Unreachable("cannot be reached: {path} ({error})", path=path, error=error) from None
        except (ValueError, TypeError, KeyError, AttributeError):
            is_right = False
        if not is_right:
            raise Wrong("is not a file of known checkpoints: {path}", path=path)
        return known

    def add(self, log: Log, keys: Keys, notes: Iterable[str] = ()) -> int:
        """Remember a log’s key, its checkpoint and more of them. Returns how many there are."""
        every = list(dict.fromkeys((*self.notes, log.checkpoint.note, *notes)))
        steps = [step.note for step in keys.steps]
        stated = {"mingge": "known", "format": 1, "vkey": str(log.key), "checkpoints": every, "handovers": steps}
        text = json.dumps(stated, indent=1)
        part = self.path.with_name(f".{self.path.name}.part")
        try:
            with part.open("w", encoding="ascii") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            raise Unreachable("cannot be reached: {path} ({error})", path=self.path, error=error) from None
        return len(every)


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked, and against what. `site`, `log`: address or folder; `log` "": below the site.

    `against`: files with checkpoints that others saw; `witnesses`: keys of those who must have cosigned these.
    """

    site: str
    log: str = ""
    vkey: str = ""
    known: Path | None = None
    against: Sequence[Path] = ()
    witnesses: Sequence[str] = ()
    is_chinese: bool = True


class Told:
    """Says what was checked, and keeps the worst of it as exit code."""

    def __init__(self, say: Callable[[str], object], *, is_chinese: bool) -> None:
        self.say, self.is_chinese, self.code = say, is_chinese, 0

    def tell(self, kind: str, text: str, **values: Any) -> None:
        """Say a sentence of SAID."""
        self.say(f"{self.words(kind)}  {self.words(text).format(**values)}")

    def words(self, text: str) -> str:
        """Return a sentence of SAID in the language that is spoken."""
        return SAID[text] if self.is_chinese else text

    def fail(self, wrong: Wrong) -> None:
        """Say what is wrong."""
        self.tell("WRONG", wrong.text, **wrong.values)
        # what is wrong counts more than what could not be looked at
        self.code = 1 if self.code == 1 or not isinstance(wrong, Unreachable) else 2


def run(asked: Asked, say: Callable[[str], object]) -> int:
    """Check a site and say so line by line. Returns the exit code."""
    told = Told(say, is_chinese=asked.is_chinese)
    found = attempt(told, lambda: places(asked.site, asked.log))
    if found is None:
        return told.code
    site, beside = found
    release = attempt(told, lambda: release_of(site))
    log = attempt(told, lambda: looked(beside, asked, told))
    if release and log:
        attempt(told, lambda: recorded(release, log, told, is_last=not asked.log))
    if release:
        compare(site, release, told)
    if told.code == 0:
        told.tell("note", "this does not prove that the data are true")
    return told.code


def places(site: str, log: str = "") -> tuple[Place, Place]:
    """Return where a site and its log lie; the log lies below the site, or beside the link `current` to its release."""
    where = place(site)
    if isinstance(where, Web):
        return where, place(log) if log else Web(f"{where.root}log/")
    current = where.root / "current"
    return Folder(current) if current.is_dir() else where, place(log) if log else Folder(where.root / "log")


def attempt(told: Told, step: Callable[[], T]) -> T | None:
    """Return what a step returns, None when it found something wrong, which is said."""
    try:
        return step()
    except Wrong as wrong:
        told.fail(wrong)
        return None


def looked(where: Place, asked: Asked, told: Told) -> Log:
    """Return the log, checked against its key, itself, and every checkpoint that is known. Raises Wrong."""
    known = Known.read(asked.known) if asked.known else None
    keys = trusted(where, asked.vkey, known, told)
    log = log_of(where, keys)
    size = log.checkpoint.size
    told.tell("ok", "the checkpoint of {origin} ({size} entries) is signed by {key}", origin=log.key.name, size=size,
              key=log.key)  # fmt: skip
    told.tell("ok", "all {size} entries and tiles give the root that was signed", size=size)
    for note in known.notes if known else ():
        grown(log, keys.opened(note.encode(), str(asked.known))[0], str(asked.known))
    others = {str(path): keys.opened(read(path), str(path))[0] for path in asked.against}
    for path, other in others.items():
        grown(log, other, path)
        told.tell("ok", "{path}: the log has grown from it", path=path)
    for witness in map(verifier, asked.witnesses):
        cosigned({**others, "log/checkpoint": log.checkpoint}, witness, told)
    if known and known.notes:
        told.tell("ok", "the log has grown from each of {count} older checkpoints", count=len(known.notes))
    if known:
        count = known.add(log, keys, (other.note for other in others.values()))
        told.tell("note", "{count} checkpoints are remembered in {path}", count=count, path=known.path)
    elif not others:
        told.tell("note", "nothing is known of earlier days: name a file to remember them in with --known")
    return log


def trusted(where: Place, named: str, known: Known | None, told: Told) -> Keys:
    """Return the keys of a log: one of them is the one that was `named`, and the `known` one, and the log’s own.

    A key that nobody named is taken from the log, or because one that is trusted has signed for it.
    """
    try:
        served = fetched(where, "vkey", NOTE_BYTES).decode("utf-8", "replace").strip()
    except Missing:
        if not (named or (known and known.vkey)):
            raise
        served = ""
    notes, before = handovers(where), known.handovers if known else ()
    if notes[: len(before)] != before:
        text = "{path} does not begin with the replaced keys that are known; keep both, they are the proof"
        raise Wrong(text, path=f"log/{HANDOVERS}")
    pins = [verifier(text) for text in (named, known.vkey if known else "") if text]
    every = [*pins, *([verifier(served)] if served else [])]
    keys = keys_of(notes, f"log/{HANDOVERS}") if notes else Keys((every[0],))
    if odd := next((key for key in every if key not in keys.every), None):
        found, stated = (keys.every[-1], odd) if odd in pins else (odd, keys.every[-1])
        raise Wrong(
            "the key has changed: {found} instead of {stated}, which has not signed for it; compare it with the key "
            "that was published elsewhere, such as on paper; if it is that one, begin anew with --vkey and another "
            "file for --known",
            found=found, stated=stated,
        )  # fmt: skip
    if not pins:
        told.tell("note", "the key was taken from the site itself; compare it with one that you got in another way")
    for former, key in pairwise(keys.every[min(map(keys.every.index, pins)) :] if pins else ()):
        told.tell("note", "the key {former} has signed that {key} takes its place", former=former, key=key)
    return keys


def cosigned(notes: dict[str, Checkpoint], witness: Verifier, told: Told) -> None:
    """Say which of `notes` a witness has cosigned. Raises Wrong when it is none."""
    times = {path: signed(note, witness, path) for path, note in notes.items()}
    for path, time in times.items():
        if time is not None:
            moment = datetime.fromtimestamp(min(time, LAST_SECOND), UTC).isoformat()
            told.tell("ok", "{path} ({size} entries): cosigned by {name} at {time}", path=path, name=witness.name,
                      time=moment, size=notes[path].size)  # fmt: skip
    if set(times.values()) == {None}:
        raise Wrong("no checkpoint is cosigned by {name}", name=witness.name)


def read(path: Path) -> bytes:
    """Return what a file of the reader's own holds. Raises Unreachable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreachable("cannot be reached: {path} ({error})", path=path, error=error) from None


def recorded(release: Release, log: Log, told: Told, *, is_last: bool) -> None:
    """Say which entry a release is; `is_last`: it must be the last. Raises Wrong."""
    size = len(log.leaves)
    found = [number for number, leaf in enumerate(log.leaves, 1) if leaf.manifest == release.manifest]
    if not found or log.leaves[found[-1] - 1].id != release.id:
        raise Wrong("the release {id} is not in the log", id=release.id)
    if is_last and found[-1] != size:
        raise Wrong(
            "release {id} is shown, but the last entry of the log is {last}: a release is under way, "
            "or an old one is shown",
            id=release.id, last=log.leaves[-1].id,
        )  # fmt: skip
    told.tell("ok", "release {id} is entry {number} of {size}", id=release.id, number=found[-1], size=size)


def compare(where: Place, release: Release, told: Told) -> None:
    """Say whether the files are those that the release states."""
    told.tell("note", "{count} files are looked at", count=len(release.files))
    found = list(differing(where, release.files))
    if isinstance(where, Folder):
        found += beside(where, release.files, told)
    for wrong in found[:SHOWN]:
        told.fail(wrong)
    if len(found) > SHOWN:
        told.tell("WRONG", "{count} more files are wrong", count=len(found) - SHOWN)
    if not found:
        total = sum(size for size, _ in release.files.values())
        told.tell("ok", "{count} files ({bytes} bytes) have the size and SHA-256 that the release states",
                  count=len(release.files), bytes=total)  # fmt: skip
    if isinstance(where, Web):
        told.tell("note", "files that the release does not state can be seen in its folder alone, not from here")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", help="address or folder of the site")
    parser.add_argument("--log", default="", help="address or folder of its log, when it is not below the site")
    parser.add_argument("--vkey", default="", help="the log's key, as you got it in another way")
    parser.add_argument("--known", type=Path, help="a file of this site's, in which checkpoints are remembered")
    parser.add_argument("--against", type=Path, action="append", default=[], help="a checkpoint that somebody else saw")
    parser.add_argument("--witness", action="append", default=[], help="the key of a witness who must have cosigned")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    found = parser.parse_args(arguments)
    asked = Asked(found.site, found.log, found.vkey, found.known, found.against, found.witness, found.lang == "zh")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return run(asked, print)


if __name__ == "__main__":
    raise SystemExit(main())
