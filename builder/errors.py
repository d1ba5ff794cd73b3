"""The exception tree. Defects in the data are never exceptions: they are `model.Finding` values.

    Exception
    └── BuilderError      the project is wrong (descriptor, template, configuration): a maintainer mends it, exit 2
        └── ToolError     a program or the disk failed (mkdocs, pagefind, no space left): exit 3

Anything else that escapes is our own bug and keeps its traceback (exit 70).
"""

from __future__ import annotations

from builder.model.message import Message

__all__ = ["BuilderError", "ToolError"]


class BuilderError(Exception):
    """A mistake in the project: one line saying what is wrong and a hint saying what to do.

    `text` and `hint` are message ids (English) with `{named}` places for `values`; `cli` translates them.
    """

    exit_code = 2

    def __init__(self, text: str, hint: str = "", /, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.message = Message(text, hint, values)


class ToolError(BuilderError):
    """A program or the operating system failed; the hint says what to do, `values["output"]` its last lines."""

    exit_code = 3
