"""The exception tree. Defects in the data are never exceptions: they are `model.Finding` values.

    Exception
    └── BuilderError      the project is wrong (descriptor, template, configuration): a maintainer mends it, exit 2
        ├── BuilderErrors   several such mistakes, told at once
        └── ToolError     a program or the disk failed (mkdocs, pagefind, no space left): exit 3
            └── ServedError   it did so when the new release was served already

Anything else that escapes is our own bug and keeps its traceback (exit 70).
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.model.message import Message

__all__ = ["BuilderError", "BuilderErrors", "ServedError", "ToolError", "gathered"]


class BuilderError(Exception):
    """A mistake in the project: one line saying what is wrong and a hint saying what to do.

    `text` and `hint` are message ids (English) with `{named}` places for `values`; `cli` translates them.
    """

    exit_code = 2

    def __init__(self, text: str, hint: str = "", /, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.message = Message(text, hint, values)

    @property
    def each(self) -> tuple[BuilderError, ...]:
        """Every mistake that is told, in order."""
        return (self,)


class BuilderErrors(BuilderError):  # noqa: N818 - they are several
    """Several mistakes; `message` is the first one's, for whoever tells but one."""

    def __init__(self, errors: Sequence[BuilderError]) -> None:
        first = errors[0].message
        super().__init__(first.text, first.hint, **first.values)
        self.errors = tuple(errors)

    @property
    def each(self) -> tuple[BuilderError, ...]:
        """Every mistake that is told, in order."""
        return self.errors


class ToolError(BuilderError):
    """A program or the operating system failed; the hint says what to do, `values["output"]` its last lines."""

    exit_code = 3


class ServedError(ToolError):
    """Something failed, but a new release is served already: `values["id"]`."""


def gathered(errors: Sequence[BuilderError]) -> BuilderError:
    """Return one error that tells all of `errors`, which are not none."""
    return errors[0] if len(errors) == 1 else BuilderErrors(errors)
