"""A report goes to a new file or in the place of an earlier report, never in the place of anything else.

A report is a JSON object whose first member is `"mingge": "report"`, so that its first bytes tell it from data.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from secrets import token_hex

from builder.errors import BuilderError, ToolError
from builder.language import mark

__all__ = ["write_report"]

BEGINNING = re.compile(rb'\s*\{\s*"mingge"\s*:\s*"report"\s*[,}]')
LONGEST_BEGINNING = 1 << 10


def write_report(path: Path, text: str) -> None:
    """Write the report, beside and then replaced.

    Raises BuilderError when `path` is there and no earlier report, ToolError when the disk fails, and ValueError (a
    bug) when `text` would not be recognised as a report by the next run.
    """
    content = text.encode("utf-8", "backslashreplace")  # a file name that is no UTF-8 is a valid JSON escape then
    if not BEGINNING.match(content):
        raise ValueError(text[:100])
    try:
        if os.path.lexists(path) and not is_report(path):
            raise BuilderError(
                mark("{path} is there already and is not a report"),
                mark("name a new file with --report"),
                path=path,
            )
        put(path, content)
    except OSError as error:
        raise ToolError(
            mark("the report {path} cannot be written: {error}"),
            mark("name a file in a folder that exists"),
            path=path,
            error=error.strerror or error,
        ) from error


def is_report(path: Path) -> bool:
    # a link may lead to data, and opening a FIFO would wait for its other end
    if not stat.S_ISREG(path.lstat().st_mode):
        return False
    with path.open("rb") as source:
        return BEGINNING.match(source.read(LONGEST_BEGINNING)) is not None


def put(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    with beside.open("xb") as target:
        try:
            target.write(content)
            target.close()  # a full disk may show only now
            os.replace(beside, path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
