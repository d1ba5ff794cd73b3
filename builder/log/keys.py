"""Keys that sign: the log's, and a witness's. A file outside of every repository and every site.

Its first line is that of Go's signed notes: PRIVATE+KEY+name+id+base64(kind, seed). Lines with # may follow: one says
the day on which the key was made. One key has one purpose: a log's key
signs checkpoints, a witness's cosigns them, and neither is taken for the other.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from builder.errors import BuilderError
from builder.keyfile import put_key
from builder.language import mark
from builder.log.verify import LOG, WITNESS, Checkpoint, Verifier

__all__ = ["SigningKey", "made_on", "new_key", "read_key"]

PREFIX, PARTS = "PRIVATE+KEY+", 3
SEED_BYTES = 32
COMMENT, MADE = "#", "# made "


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key with the name it signs in; `kind`: LOG or WITNESS. The name of a log's key is the log's origin."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> Verifier:
        """Return the public key, to be made known."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return Verifier(self.name, self.kind, public)

    def signed(self, body: str) -> str:
        """Return a checkpoint's text with the log's signature."""
        return f"{body}\n{self.signature(body)}"

    def signature(self, body: str) -> str:
        """Return the line that signs a checkpoint."""
        if self.kind != LOG:
            raise ValueError(self.kind)
        return self.line(self.made(body.encode()))

    def cosigned(self, checkpoint: Checkpoint, time: int) -> str:
        """Return a checkpoint's text with one more signature: a witness's, at `time` in seconds since 1970."""
        if self.kind != WITNESS:
            raise ValueError(self.kind)
        message = f"cosignature/v1\ntime {time}\n{checkpoint.body}".encode()
        return checkpoint.note + self.line(time.to_bytes(8, "big") + self.made(message))

    def made(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def line(self, signature: bytes) -> str:
        """Return a signature as a line of a note."""
        return f"\u2014 {self.name} {base64.b64encode(self.verifier.number + signature).decode()}\n"


def new_key(path: Path, name: str, kind: int, day: date | None = None) -> Verifier:
    """Write a new key, for its owner alone to read; return its public part. Raises BuilderError and ToolError.

    It may not lie where something is published from, and never replaces a file. `day`: today, to be kept beside it.
    """
    if not name or "+" in name or any(letter.isspace() or not letter.isprintable() for letter in name):
        raise BuilderError(
            mark("“{name}” cannot be the name of a key"),
            mark("write an address without https:// and without spaces, such as example.com/log"), name=name,
        )  # fmt: skip
    key = SigningKey(name, kind, secrets.token_bytes(SEED_BYTES))
    coded = base64.b64encode(bytes([kind]) + key.seed).decode()
    lines = [f"{PREFIX}{name}+{key.verifier.number.hex()}+{coded}", *([f"{MADE}{day.isoformat()}"] if day else [])]
    put_key(path, "\n".join(lines) + "\n", mark("name a new file: without its key a log cannot go on"))
    return key.verifier


def made_on(path: Path) -> date | None:
    """Return the day on which the key in a file was made, None where the file does not say. Raises BuilderError."""
    said = next((line.removeprefix(MADE) for line in lines_of(path) if line.startswith(MADE)), "")
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def read_key(path: Path, kind: int) -> SigningKey:
    """Return the key in a file. Raises BuilderError, which never tells what stands there."""
    text, *rest = lines_of(path) or [""]
    try:
        name, number, coded = text.removeprefix(PREFIX).split("+", PARTS - 1)
        found = base64.b64decode(coded, validate=True)
        key = SigningKey(name, found[0], found[1:])
        is_right = text.startswith(PREFIX) and len(key.seed) == SEED_BYTES and key.verifier.number.hex() == number
    except (ValueError, IndexError):
        is_right = False
    if not is_right or key.kind != kind or not all(line.startswith(COMMENT) for line in rest):
        command = "mingge key signing FILE" if kind == LOG else "mingge key witness FILE"
        raise BuilderError(
            mark("{path} is not a key for this purpose"), mark("make one with `{command}`, and keep it safe"),
            path=path, command=command,
        )  # fmt: skip
    return key


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file that are not empty. Raises BuilderError."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=path, error=error.strerror or "",
        ) from None  # fmt: skip
    return [line.strip() for line in text.split("\n") if line.strip()]
