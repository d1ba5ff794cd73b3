"""The files that published rows name, byte by byte as they were checked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from builder.errors import ToolError
from builder.language import mark
from builder.model import Attachment

__all__ = ["attach"]


def attach(files: Sequence[tuple[str, Attachment]], target: Path) -> None:
    """Copy `files` to their paths below the folder `target`. ToolError when one is no longer what was checked."""
    for path, file in files:
        try:
            data = file.path.read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise ToolError(
                mark("the file {name} was changed while the site was built"), mark("build once more"), name=file.name
            )
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
