"""Where a public package is put: file by file into a folder that may hold other things too."""

from __future__ import annotations

import os
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.model.attachment import FOLDER

__all__ = ["keep_apart", "put"]

PART = ".mingge-part"


def keep_apart(private: Path, public: Path) -> None:
    """Raise BuilderError when what is private lies where what is public does, or in the same repository."""
    inner, outer = Path(os.path.realpath(private)), Path(os.path.realpath(public))
    if inner == outer or inner.is_relative_to(outer) or outer.is_relative_to(inner):
        raise BuilderError(
            mark("{private} and {public} lie in each other"),
            mark("keep private data in a folder of its own, outside of everything that is published"),
            private=private, public=public,
        )  # fmt: skip
    repository = next((folder for folder in (outer, *outer.parents) if (folder / ".git").exists()), None)
    if repository and inner.is_relative_to(repository):
        raise BuilderError(
            mark("{private} lies in the repository of {public}: what is private would be committed with it"),
            mark("move the folder out of the repository"),
            private=private, public=public,
        )  # fmt: skip


def put(made: Path, target: Path) -> tuple[str, ...]:
    """Move every file of `made` into `target` where it differs. Returns the files that changed, by path.

    Each file is whole at every moment; the descriptor comes last. A file of attachments that no row names any more
    goes. Whatever else lies in `target` stays. After an interruption the same command finishes the work.
    """
    names = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    names.sort(key=lambda name: name.name == "datapackage.json")
    changed = []
    try:
        for name in names:
            new, old = made / name, target / name
            if old.is_file() and not old.is_symlink() and old.read_bytes() == new.read_bytes():
                continue
            old.parent.mkdir(parents=True, exist_ok=True)
            part = old.with_name(f".{old.name}{PART}")
            part.write_bytes(new.read_bytes())
            part.replace(old)
            changed.append(name.as_posix())
        kept = {name.name for name in names if name.parent == Path(FOLDER)}
        for file in sorted((target / FOLDER).iterdir()) if (target / FOLDER).is_dir() else ():
            if file.name not in kept and not file.name.startswith("."):
                file.unlink()
                changed.append(f"{FOLDER}/{file.name}")
    except OSError as error:
        raise ToolError(
            mark("{path} cannot be written ({error})"),
            mark("what was written is whole; run the command again to write the rest"),
            path=error.filename or target, error=error.strerror or error,
        ) from error  # fmt: skip
    return tuple(changed)
