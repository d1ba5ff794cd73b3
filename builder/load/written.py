"""The hand-written pages: looked through before the engine publishes the folder as it is.

Always holds: below the folder is nothing but files of known kinds, regular, of bounded size, inside it whatever links
lead to them, and nothing in them runs in a reader's browser.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from builder.errors import BuilderError
from builder.language import mark
from builder.load.files import NotAFileError, TooLargeError, content
from builder.load.names import shown
from builder.model.legible import reserved
from builder.model.written import KINDS, LARGEST, NAMED

__all__ = ["refuse_odd"]

MOST = 5_000
"""Files and folders: a link that leads upwards makes them endless."""

RUNS = re.compile(
    r"<\s*(?:script|iframe|object|embed|base|meta|link|form|style)\b|[\s\"'/{]on[a-z]{3,}\s*="
    r"|(?:javascript|vbscript)\s*:|data\s*:\s*text/html|<!ENTITY|<foreignObject\b",
    re.IGNORECASE,
)
"""What a browser runs or loads. Code between backticks is not looked at."""

CODE = re.compile(r"^(```+|~~~+).*?^\1|(`+)(?!`).*?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)


def refuse_odd(folder: Path) -> None:
    """Raise BuilderError for the first thing below the folder of pages that may not be published."""
    root = os.path.realpath(folder)
    for number, path in enumerate(found(folder)):
        where = f"{folder.name}/{shown(path.relative_to(folder).as_posix())}"
        if number >= MOST:
            raise BuilderError(
                mark("{path}: more than {most} files"), mark("a link may lead to a folder that it lies in"),
                path=shown(folder), most=MOST,
            )  # fmt: skip
        if not Path(os.path.realpath(path)).is_relative_to(root):
            raise BuilderError(
                mark("{path} is a link out of the folder of pages"), mark("replace the link by a copy of the file"),
                path=where,
            )  # fmt: skip
        if not NAMED.fullmatch(path.name) or reserved(path.name):
            raise BuilderError(
                mark("{path}: this name cannot be part of an address"),
                mark("use letters, digits, dot, _ and -, at most 100 of them"), path=where,
            )  # fmt: skip
        if not path.is_dir():
            refuse_file(path, where)


def found(folder: Path) -> Iterator[Path]:
    """Yield all that lies below a folder and is not hidden, through links to folders too."""
    for item in sorted(folder.iterdir()):
        if item.name.startswith("."):
            continue
        yield item
        if item.is_dir():
            yield from found(item)


def refuse_file(path: Path, where: str) -> None:
    if path.suffix.lower() not in KINDS:
        raise BuilderError(
            mark("{path}: a file of this kind would be published as it is"),
            mark("move it out of the folder of pages; it may hold {kinds}"), path=where, kinds=", ".join(KINDS),
        )  # fmt: skip
    try:
        data = content(path, LARGEST)
    except (NotAFileError, FileNotFoundError):
        raise BuilderError(
            mark("{path}: a link to nothing, a pipe or a device stands where a file is expected"), mark("delete it"),
            path=where,
        ) from None  # fmt: skip
    except TooLargeError:
        raise BuilderError(
            mark("{path} is larger than {largest} MB"), mark("make it smaller; who opens it has a telephone"),
            path=where, largest=LARGEST // 10**6,
        ) from None  # fmt: skip
    except OSError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("check the name and its permissions"),
            path=where, error=error.strerror,
        ) from None  # fmt: skip
    if path.suffix.lower() in (".md", ".svg"):
        refuse_text(path, data, where)


def refuse_text(path: Path, data: bytes, where: str) -> None:
    """Raise BuilderError for what would run in a reader's browser, and for words that only the build may write."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuilderError(
            mark("{path}: cannot be read ({error})"), mark("it must be a UTF-8 text file"), path=where, error=error
        ) from None
    if word := reserved(text):
        raise BuilderError(
            mark("{path}: row {row} holds {word}, which only the build may write"), mark("write it otherwise"),
            path=where, row=row_of(text, text.lower().index(word.lower())), word=word,
        )  # fmt: skip
    plain = text if path.suffix.lower() == ".svg" else CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    if runs := RUNS.search(plain):
        raise BuilderError(
            mark("{path}: row {row} holds {found}, which a browser would run"),
            mark("take it out, or write it as `code` if readers shall see it"),
            path=where, row=row_of(plain, runs.start()), found=shown(runs[0].strip()),
        )  # fmt: skip


def row_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
