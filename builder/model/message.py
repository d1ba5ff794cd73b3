"""A sentence for people, before it is translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Message"]


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong and what to do about it, as message ids with `{named}` places for `values`.

    `hint` may be empty, or a sentence from a schema, which is used as it stands.
    """

    text: str
    hint: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """What is wrong, in English."""
        return self.text.format(**self.values) if self.values else self.text
