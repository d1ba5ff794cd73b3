"""policy.lock: what a reviewer has agreed to publish. Whatever is more open than that is an error until it is renewed.

Always holds: a lock that was not written by `written` says nothing. It is sealed, not signed: the seal tells a slip
of the hand, or two changes merged into one, from a renewal; against bad faith stands the review of its lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from builder.model import LEVELS, PUBLISHED, REPOSITORIES, Record

__all__ = ["read", "written"]

PARTS: Mapping[str, tuple[str, ...]] = {"levels": LEVELS, "fields": PUBLISHED, "headers": PUBLISHED}
"""The parts that hold words, and their words."""


def written(record: Record) -> str:
    """Return the lock's text: JSON, one line a field, in the order of the alphabet."""
    parts = asdict(record)
    body = {"mingge": "policy", "repository": parts.pop("repository")}
    sealed = body | {name: dict(sorted(part.items())) for name, part in sorted(parts.items())}
    return dumped(sealed | {"seal": hashlib.sha256(dumped(sealed).encode()).hexdigest()})


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Record | None:
    """Return what a lock says, None when it is not as `written` writes it."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(isinstance(value.get(name), dict) for name in (*PARTS, "minimums")):
        return None
    record = Record(value.get("repository", ""), *(value[name] for name in ("minimums", "levels", "fields", "headers")))
    return record if is_sound(record) and written(record) == text.replace("\r\n", "\n") else None


def is_sound(record: Record) -> bool:
    """Return whether each word is one that there is."""
    parts: Mapping[str, Mapping[str, Any]] = {name: getattr(record, name) for name in PARTS}
    return (
        record.repository in REPOSITORIES
        and all(value in PARTS[name] for name, part in parts.items() for value in part.values())
        and all(type(value) is int for value in record.minimums.values())
    )
