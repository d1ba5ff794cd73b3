"""What TARGET means: a folder of this machine, or one of a host."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.publish.folder import Folder
from builder.publish.host import Host
from builder.publish.layout import State, Target
from builder.publish.steps import failing

__all__ = ["reading", "target"]

REMOTE = re.compile(r"(?P<host>[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9_][A-Za-z0-9_.-]*):(?P<folder>.*)", re.DOTALL)
FOLDER = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9_./-]*")
"""What needs no escape in any shell and is no option."""


def target(text: str, ssh: str = "") -> Target:
    """Return the target that `text` names, `user@host:folder` or a folder. `ssh`: the command, with its options.

    Raises BuilderError when it names none.
    """
    found = REMOTE.fullmatch(text)
    if not found:
        if not text.strip() or "\0" in text:
            raise BuilderError(mark("the target has no name"), mark("name a folder, or user@host:folder"))
        return Folder(Path(text))
    folder = found["folder"].rstrip("/")
    if not FOLDER.fullmatch(folder) or ".." in folder.split("/"):
        raise BuilderError(
            mark("{path} cannot be the folder of a target on another machine"),
            mark("use letters, digits and / . _ - only, and a path from the root or from the home folder"),
            path=found["folder"],
        )  # fmt: skip
    return Host(found["host"], folder, tuple(shlex.split(ssh)) or ("ssh",))


def reading(text: str, ssh: str = "") -> State:
    """Return what lies in a target that must be there. Raises BuilderError, ToolError."""
    found = target(text, ssh)
    if isinstance(found, Folder) and not found.root.exists():
        raise BuilderError(mark("there is no folder {path}"), mark("check the name"), path=found.root)
    with failing():
        return found.state()
