"""What was found out about a damaged value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Diagnosis"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What happened to a value: `code`, and what it was.

    `value` is the mended text, "" where it cannot be told, or where the cell should be empty; `is_sure`: to write it
    takes no judgement (an empty `value` that is sure is an empty cell). `facts`: what the sentence about it names.
    """

    code: str
    value: str = ""
    is_sure: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
