"""A public log of releases that nobody can rewrite in secret: C2SP's tiles as plain files beside the site.

One leaf a release, a tree of hashes over them (RFC 6962), a checkpoint signed with Ed25519. `verify.py` is published as
it stands: it imports nothing of this package, and this package computes with what is in there (docs/adr/0043).
"""

from pathlib import Path

from builder.log.growing import append, last
from builder.log.keys import SigningKey, made_on, new_key, read_key
from builder.log.recorder import Recorder, recorder
from builder.log.verify import LOG, WITNESS, Asked, Checkpoint, Leaf, Told, Wrong, run
from builder.log.witnessing import Seen, witness

__all__ = [
    "LOG", "WITNESS", "Asked", "Checkpoint", "Leaf", "Recorder", "Seen", "SigningKey", "Told", "Wrong", "append",
    "last", "made_on", "new_key", "published", "read_key", "recorder", "run", "witness",
]  # fmt: skip


def published() -> dict[str, bytes]:
    """Return what the site offers for checking it: path in the site → contents."""
    folder = Path(__file__).parent
    files = [folder / "verify.py", *sorted((folder / "browser").glob("[!.]*"))]
    return {f"verify/{path.name}": path.read_bytes() for path in files}
