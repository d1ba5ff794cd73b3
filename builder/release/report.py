"""A report goes to a new file or in the place of an earlier report, never in the place of anything else.

The first bytes of each form tell it from data: JSON is an object whose first member is `"mingge": "report"`, CSV has a
first header that says it, HTML, XML and Markdown a comment. A workbook carries a sum over its own parts: one that
somebody has edited is not a report any more, but work of theirs.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from secrets import token_hex

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.release.stamp import is_stamped

__all__ = ["FORMS", "write_report"]

COMMENT = rb"<!-- mingge: report -->\s"
BEGINNINGS = {
    "json": re.compile(rb'\s*\{\s*"mingge"\s*:\s*"report"\s*[,}]'),
    "csv": re.compile(rb"\xef\xbb\xbfmingge report,"),
    "html": re.compile(rb"<!doctype html>\s*" + COMMENT),
    "xml": re.compile(rb"<\?xml [^>]*\?>\s*" + COMMENT),
    "md": re.compile(COMMENT),
    "xlsx": re.compile(rb"PK\x03\x04"),
}
FORMS = frozenset(BEGINNINGS)
"""What a report may be, as the end of its name."""

LONGEST_BEGINNING = 1 << 10


def write_report(
    path: Path, content: str | bytes | Iterable[str], form: str = "json", *, may_be_empty: bool = False
) -> None:
    """Write the report, beside and then replaced. `form`: one of FORMS; `may_be_empty`: a file of no bytes is replaced.

    Raises BuilderError when `path` is there and no earlier report, ToolError when the disk fails, and ValueError (a
    bug) when `content` would not be recognised as a report by the next run.
    """
    chunks = encoded(content)
    first = next(chunks, b"")
    if not BEGINNINGS[form].match(first) or (isinstance(content, bytes) and form == "xlsx" and not is_stamped(content)):
        raise ValueError(first[:100])
    try:
        if os.path.lexists(path) and not is_report(path, form, may_be_empty):
            raise BuilderError(
                mark("{path} is there already and is not a report"),
                mark("name a new file with --report"),
                path=path,
            )
        put(path, chain([first], chunks))
    except OSError as error:
        raise ToolError(
            mark("the report {path} cannot be written: {error}"),
            mark("name a file in a folder that exists"),
            path=path,
            error=error.strerror or error,
        ) from error


def encoded(content: str | bytes | Iterable[str]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    for text in [content] if isinstance(content, str) else content:
        yield text.encode("utf-8", "backslashreplace")  # a file name that is no UTF-8 is a valid JSON escape then


def is_report(path: Path, form: str, may_be_empty: bool = False) -> bool:
    # a link may lead to data, and opening a FIFO would wait for its other end
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode):
        return False
    if not state.st_size:
        return may_be_empty
    if form == "xlsx":
        return is_stamped(path)
    with path.open("rb") as source:
        return BEGINNINGS[form].match(source.read(LONGEST_BEGINNING)) is not None


def put(path: Path, chunks: Iterable[bytes]) -> None:
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    with beside.open("xb") as target:
        try:
            for chunk in chunks:
                target.write(chunk)
            target.close()  # a full disk may show only now
            os.replace(beside, path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
